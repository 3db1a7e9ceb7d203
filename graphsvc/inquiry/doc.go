// Package inquiry says when an incident is investigated by rule, what is asked about
// it then, and what the answer is about. It is pure: the questions are asked and
// answered elsewhere, so that the same incident at the same version is asked the same.
package inquiry
