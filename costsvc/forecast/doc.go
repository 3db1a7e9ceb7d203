// Package forecast says what a calendar month will have cost by its end, and how
// sure that is. It is pure: the measured hours go in, the month comes out, by
// medians of what was measured and nothing else, so that the same hours always
// give the same forecast. docs/adr/0062 says why no model is fitted.
package forecast
