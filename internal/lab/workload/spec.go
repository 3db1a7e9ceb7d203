// Package workload is the program that runs in the lab's pods and in its cloud
// stand-ins: servers that answer with as many bytes as they are asked for, and
// callers that ask at a steady rate. It is reached by a hidden subcommand of
// the binary that starts the lab, so nothing else need be installed.
package workload

import (
	"net/netip"
	"time"
)

// Protocol is what a server speaks and a caller uses.
type Protocol string

// Protocols.
const (
	HTTP Protocol = "http" // HTTP/1.1: GET or POST /bytes?n=N
	RPC  Protocol = "rpc"  // length-prefixed questions and answers on one TCP connection, as databases have
	Bulk Protocol = "bulk" // a TCP connection per call, one direction only
	UDP  Protocol = "udp"  // one datagram there, one back, from a new port, as DNS
)

// Spec is what one process does.
type Spec struct {
	Name   string
	Listen []Listener
	Calls  []Call
}

// Listener is one server, on all addresses of its network namespace.
type Listener struct {
	Protocol Protocol
	Port     uint16
}

// Call is one kind of question, asked again and again.
type Call struct {
	Protocol Protocol
	To       netip.AddrPort
	// RequestBytes and ResponseBytes are payload; headers of the protocol come
	// on top.
	RequestBytes, ResponseBytes int64
	// Times is after how many calls that worked it ends, 0 for never.
	Times int
	// Every is the time from the start of one call to the start of the next.
	Every time.Duration
	// PerConnection is how many calls share a connection, 0 for all of them.
	// Bulk and UDP have one per call.
	PerConnection int
}
