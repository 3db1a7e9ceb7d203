// Package query holds the use cases behind the API: it resolves which version
// and which window a question is about, asks the stores, ranks, cuts and sums.
// It knows no GraphQL and sees the stores only through small interfaces.
package query

import (
	"net/netip"
	"time"

	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// Transfer is one edge summed over a window.
type Transfer struct {
	ID          model.EdgeID
	Key         model.EdgeKey
	Sent        model.Counts
	Connections uint64
	// RTTMicros is the highest in the window, 0 where unknown.
	RTTMicros uint32
	// CheckBytes is valid only when Checked.
	CheckBytes uint64
	Checked    bool
	Cost       money.Amount
}

// Sum adds transfers up.
type Sum struct {
	Transfers int
	Bytes     uint64
	Cost      money.Amount
}

// Node is one end, summed over a window.
type Node struct {
	Identity model.Identity
	// Regions and Zones are those in which it was seen, in order.
	Regions, Zones    []string
	BytesOut, BytesIn uint64
	Cost              money.Amount
	X, Y              float64
}

// Window is the resolved form of a question: which minutes, as known in which
// version. A zero Version means that nothing is folded yet.
type Window struct {
	From, To model.Minute
	Version  uint64
}

// Ask is a window as a caller gives it; zero fields take defaults.
type Ask struct {
	From, To time.Time
	// At most one of the three is set; none means the newest version.
	AsOfVersion uint64
	AsOfTime    time.Time
	AsOfTag     string
	// Filter keeps the transfers that it means (docs/filter.md), "" all.
	Filter string
}

// newest reports whether the ask is about the newest version.
func (a Ask) newest() bool { return a.AsOfVersion == 0 && a.AsOfTag == "" && a.AsOfTime.IsZero() }

// Graph is the answer to "what moved in this window".
type Graph struct {
	Window      Window
	Version     *model.GraphVersion
	Nodes       []Node
	Transfers   []Transfer
	Total, Rest Sum
	// RestNodes is how many nodes of the window are no ends of Transfers.
	RestNodes int
	Currency  string

	only selection
	// ends are those of Transfers among Nodes.
	ends []ends
}

// MinuteTotal is one bucket of a series. A minute that was never folded has no
// bucket: missing is not zero.
type MinuteTotal struct {
	Minute model.Minute
	Bytes  uint64
	Cost   money.Amount
}

// Charge is one line of a receipt, summed over a window.
type Charge struct {
	Payer, Code, Operation, Rule, Tier, PriceRow string
	// Source is where the price comes from, as the book says.
	Source           string
	Bytes, UnitBytes uint64
	RateNano         int64
	Amount           money.Amount
	Assumed          bool
	UnpricedReason   string
}

// RawRow is one stored row with the batch that brought it.
type RawRow struct {
	Batch model.BatchKey
	Flow  model.FlowRow
}

// Flow is one direction of one raw row, with the ends that it was given.
type Flow struct {
	Row RawRow
	// Key is the edge that it is a part of, or would be by this report.
	Key model.EdgeKey
	// Taken is false for reports that are kept as the check.
	Taken, BySender     bool
	Counts              model.Counts
	Source, Destination netip.Addr
}

// Agent is what the ledger says of one agent.
type Agent struct {
	ID   model.AgentID
	Mode model.CaptureMode
	// Build is the version of the agent as of its newest batch, "" from one that is
	// older than telling it.
	Build                       string
	CoveredThrough, LastBatchAt time.Time
	LostBytes                   uint64
	LostKnown                   bool
}

// PageSize limits.
const (
	MaxTransfers  = 20000
	MaxNodes      = 2 * MaxTransfers
	MaxVersions   = 500
	MaxFlowRows   = 1000
	DefaultWindow = 60 // minutes
	MaxWindow     = 31 * 24 * 60
	lossLookBack  = time.Hour
)
