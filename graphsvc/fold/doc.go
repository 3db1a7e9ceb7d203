// Package fold turns the attributed flows of one minute into the minute's
// graph: one EdgeMinute per edge, the nodes, the totals, and digests that do
// not depend on the order, the batching or the repetition of the input. It is
// pure.
package fold
