// Package conntrack tells where a connection really goes when the kernel
// translates its addresses: a client dials a Service's address, and a DNAT rule
// in some network namespace of the node sends it to a backend.
//
// It holds the translations of one namespace, from a dump per window plus the
// kernel's events in between, so that a connection which comes and goes within
// a window is known too.
package conntrack
