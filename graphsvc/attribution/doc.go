// Package attribution answers "who was that" for the flows of one minute: every
// row that an agent reported becomes transfers between two identities, each
// with the rollout revision, the place and the path. It is a pure function of
// facts, coverage and rows: no clock, no I/O, no order.
//
// The function is total. What cannot be identified becomes an Unknown identity
// with a reason, so that no byte is dropped on the way: the bytes on flows, those
// of the reports that only confirm another, and those known twice through
// masquerading add up to the bytes of all reports.
//
// The local end of a row is what the kernel said (cgroup), the far end what held
// the address in the row's window: an address belongs to somebody for an
// interval, never "now". Two owners in one window are contested, unless the far
// end's own agent says which bytes were whose.
//
// Where both ends reported a transfer, one report is the truth and the other the
// check: see pair.choose. Reports are paired by address, port and minute, never
// by identity, so that two views of one end cannot count its bytes twice.
package attribution
