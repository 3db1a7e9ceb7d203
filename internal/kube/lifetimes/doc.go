// Package lifetimes turns what a watch shows of objects into facts with validity
// intervals. It is pure: the same sightings, at the same times, give the same
// facts; no clock, no I/O, no client library.
//
// An object is its UID, never its name. What is known of its times is known to
// the second, by the clock of its node or of the API server, while an address
// may have a new owner within that second. So the two bounds of a beginning are
// kept apart: from From on it may have held its addresses, from Sure on it has.
// In between, the fact of the owner before it still holds too: two facts of one
// watch that overlap on an address say "one of the two", and attribution calls
// the bytes contested instead of guessing.
//
// An interval ends at the earliest of what proves its end: no container runs any
// more, the object was deleted, its address surely has another owner, or a new
// list does not have it (then at the last instant at which the watch was known
// to be complete, because whoever came after it was not seen either).
package lifetimes
