// Package attribution answers "who was that" for the flows of one minute: every
// row that an agent reported becomes transfers between two identities, each
// with the rollout revision, the place and the path. It is a pure function of
// facts, coverage and rows: no clock, no I/O, no order.
//
// The function is total. What cannot be identified becomes an Unknown identity
// with a reason, so that no byte is dropped on the way.
package attribution
