package model

import "time"

// AgentID names one agent: one node of one cluster.
type AgentID struct {
	Cluster, Node string
}

// String is "cluster/node".
func (a AgentID) String() string { return a.Cluster + "/" + a.Node }

// CaptureMode is how an agent counts TCP.
type CaptureMode string

// Capture modes.
const (
	CaptureSockets CaptureMode = "sockets" // per-socket kernel counters, nothing per packet
	CapturePackets CaptureMode = "packets" // a cgroup_skb program per packet
	CaptureImport  CaptureMode = "import"  // read from a file by `egressor import` or a scenario
)

// BatchKey identifies one batch for ever: the same key always carries the same
// content, however often it is sent.
type BatchKey struct {
	Agent AgentID
	// Boot is new for every start of an agent: kernel boot id plus a nonce.
	Boot string
	// Sequence starts at 1 and rises by one per batch of a boot.
	Sequence uint64
}

// Batch is the unit that an agent spools, sends and gets acknowledged.
type Batch struct {
	BatchKey
	Mode CaptureMode
	// CoveredFrom and CoveredThrough bound the time that this batch reports on:
	// every byte the node's counters saw in it is in Flows or in Losses. Batches
	// of one boot tile time without a gap. An idle agent sends empty batches.
	CoveredFrom, CoveredThrough time.Time
	Flows                       []FlowRow
	Losses                      []Loss
	Facts                       []Fact
}
