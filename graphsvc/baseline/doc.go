// Package baseline knows what is normal for each transfer and says when one is
// not. It is pure and deterministic: minutes go in, in order, and deviations and
// incidents come out; the same minutes give the same answer.
//
// A series (one flow, workload, path class, endpoint or charge code) is compared
// with its own past: the median of the same hour of the week where there are at
// least two weeks, of the same hour of the day where there are two days, else the
// recent level; which of them was used is said with each deviation. Statistics
// are robust (medians, quartiles) and taken on logarithms, since traffic
// multiplies. A minute without a version is missing, not zero: it teaches
// nothing and alarms nobody.
//
// Floats appear here as statistics. Money that is reported is exact: what was
// paid is a sum of charge lines, and what was expected is stated as an estimate.
package baseline
