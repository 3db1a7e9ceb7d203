// Package proof makes answers in words provable. It gives every figure of a
// tool's result a reference, puts the digits where an answer names one, computes
// derived figures exactly, and looks for every figure, name, time and cause that
// an answer writes by hand in what the tools said.
//
// All of it is arithmetic on texts: the same answer to the same results is always
// judged the same. What cannot be proven is a span of its own, for the reader to
// see it where it stands.
package proof
