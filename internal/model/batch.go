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
	// Build is the version of the program that made the batch, "" where it is older
	// than this field. It is no part of the batch's digest: what was counted does not
	// depend on who tells it.
	Build string
	// CoveredFrom and CoveredThrough bound the time that this batch reports on:
	// every byte the node's counters saw in it is in Flows or in Losses. Batches
	// of one boot tile time without a gap. An idle agent sends empty batches.
	CoveredFrom, CoveredThrough time.Time
	Flows                       []FlowRow
	Losses                      []Loss
	Facts                       []Fact
}

// BatchHead is what the ledger keeps of a durable batch: which batch, what time
// it covers and which minutes it touches.
type BatchHead struct {
	BatchKey
	Mode                        CaptureMode
	CoveredFrom, CoveredThrough time.Time
	// MinuteFrom and MinuteTo bound, half open, the minutes that the covered time
	// and the rows lie in.
	MinuteFrom, MinuteTo Minute
	// ReceivedAt is when the service took it.
	ReceivedAt time.Time
	Losses     []Loss
}

// Head returns the batch's head as received at a moment.
func (b Batch) Head(receivedAt time.Time) BatchHead {
	head := BatchHead{
		BatchKey: b.BatchKey, Mode: b.Mode,
		CoveredFrom: b.CoveredFrom, CoveredThrough: b.CoveredThrough,
		ReceivedAt: receivedAt, Losses: b.Losses,
	}
	head.MinuteFrom, head.MinuteTo = b.minutes()
	return head
}

// minutes bounds the minutes that the batch speaks of, half open.
func (b Batch) minutes() (from, to Minute) {
	from = MinuteOf(b.CoveredFrom)
	to = from + 1
	if b.CoveredThrough.After(b.CoveredFrom) {
		to = max(to, MinuteOf(b.CoveredThrough.Add(-1))+1)
	}
	for i := range b.Flows {
		minute := b.Flows[i].Minute()
		from, to = min(from, minute), max(to, minute+1)
	}
	return from, to
}

// BatchRun is consecutive durable batches of one agent start that speak of the
// same minutes.
type BatchRun struct {
	Agent AgentID
	Boot  string
	// First and Last are sequences, both included.
	First, Last uint64
	// MinuteFrom and MinuteTo bound the minutes that they speak of, half open.
	MinuteFrom, MinuteTo Minute
	// CoveredThrough and ReceivedAt are the newest of them.
	CoveredThrough, ReceivedAt time.Time
}

// Run is the run of one batch.
func (h BatchHead) Run() BatchRun {
	return BatchRun{
		Agent: h.Agent, Boot: h.Boot, First: h.Sequence, Last: h.Sequence,
		MinuteFrom: h.MinuteFrom, MinuteTo: h.MinuteTo, CoveredThrough: h.CoveredThrough, ReceivedAt: h.ReceivedAt,
	}
}
