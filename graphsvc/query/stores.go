package query

import (
	"context"
	"time"

	"github.com/egressor/egressor/graphsvc/access"
	"github.com/egressor/egressor/graphsvc/statement"
	"github.com/egressor/egressor/internal/model"
)

// Graphs answers from the versioned graph (Neo4j).
type Graphs interface {
	// Head is the newest version; ok is false while there is none.
	Head(ctx context.Context) (version model.GraphVersion, ok bool, err error)
	// Version is one version by number.
	Version(ctx context.Context, number uint64) (version model.GraphVersion, ok bool, err error)
	// Versions lists versions below before (0: from the newest), newest first.
	Versions(ctx context.Context, before uint64, limit int) ([]model.GraphVersion, error)
	// CountVersions counts versions below before (0: all).
	CountVersions(ctx context.Context, before uint64) (int, error)
	// VersionAt is the newest version committed at or before a moment.
	VersionAt(ctx context.Context, at time.Time) (version model.GraphVersion, ok bool, err error)
	// NewestMinute is the end of the newest minute folded as of a version.
	NewestMinute(ctx context.Context, asOf uint64) (end model.Minute, err error)
	// Transfers are the edges of a window as of its version, unordered. A
	// non-empty entity keeps only the transfers that have it as an end.
	Transfers(ctx context.Context, window Window, entity string) ([]Transfer, error)
	// Deployments are a workload's rollout revisions, newest first.
	Deployments(ctx context.Context, entity string) ([]model.Fact, error)
	// Deployment is one rollout revision by its id; ok is false where there is none.
	Deployment(ctx context.Context, id string) (revision model.Fact, ok bool, err error)
	// Rollouts are the revisions of all workloads that were rolled out in a time, half
	// open, newest first: at most limit of them.
	Rollouts(ctx context.Context, from, to time.Time, limit int) ([]model.Fact, error)
	// Ownerships are the teams of all rollout revisions that name one, unordered.
	Ownerships(ctx context.Context) ([]Ownership, error)
}

// Series answers from the minute series and the raw rows (ClickHouse).
type Series interface {
	// Totals are per minute, one for every minute that was folded.
	Totals(ctx context.Context, window Window, of Subject) ([]MinuteTotal, error)
	// Transfer is one edge added up over a window; ok is false where the store has
	// none of it.
	Transfer(ctx context.Context, window Window, edge model.EdgeID) (transfer Transfer, ok bool, err error)
	Charges(ctx context.Context, window Window, edge model.EdgeID) ([]Charge, error)
	// Charged sums the charge lines of every edge over buckets of a window; a bucket
	// of 0 minutes is the whole window. Used sums the bytes of the edges that go
	// through something which may cost by the hour.
	Charged(ctx context.Context, window Window, bucket model.Minute) ([]statement.Charge, error)
	Used(ctx context.Context, window Window, bucket model.Minute) ([]statement.Use, error)
	// PricedIn tells the currencies and the pricing modes of a window's minutes.
	PricedIn(ctx context.Context, window Window) (currencies, modes []string, err error)
	// Flows are the raw rows that went into one edge, newest first.
	Flows(ctx context.Context, window Window, edge model.EdgeKey, limit int) ([]RawRow, error)
	// Reported visits the minutes of a window that were folded, newest first, until a
	// visit has enough: every direction of every raw row, in no order.
	Reported(ctx context.Context, window Window, visit func(minute model.Minute, flows []Flow) (more bool, err error)) error
	// Explain is the chain that led to one edge, in its newest minutes, at most so many.
	Explain(ctx context.Context, window Window, edge model.EdgeKey, minutes int) ([]ExplainedMinute, error)
	// Labels are those of workloads and pods that held in a window, as known when
	// the fact recorded at a moment was the newest. Those that have none of the keys
	// may be left out.
	Labels(ctx context.Context, window Window, keys []string, through time.Time) ([]Labels, error)
	// Coverage is how far each node's agent reported, in order of the nodes.
	Coverage(ctx context.Context, window Window) ([]NodeCoverage, error)
	Agents(ctx context.Context, lossesSince time.Time) ([]Agent, error)
	// AgentMachines are the machines whose agents reported of a window, see MachinesOf.
	AgentMachines(ctx context.Context, window Window) ([]AgentMachine, error)
	// Lost sums the bytes reported lost in a window.
	Lost(ctx context.Context, from, to time.Time) (bytes uint64, known bool, err error)
}

// InvestigationNodes takes investigations into the graph, linked to what they cite. One
// with the id of another replaces it.
type InvestigationNodes interface {
	SaveInvestigation(ctx context.Context, investigation model.Investigation) error
}

// Subject is what a series is of. The zero value is everything.
type Subject struct {
	// Edge keeps one transfer, Entity the transfers that have it as an end.
	Edge   model.EdgeID
	Entity string
	// Edges keeps these transfers; nil keeps all.
	Edges []model.EdgeID
	// Reach keeps the transfers with an end in one of these; nil keeps all.
	Reach []access.Scope
}

// Layout places nodes on the map. The same id keeps its place.
type Layout interface {
	Place(ctx context.Context, nodes []Node, transfers []Transfer) error
}

// PriceSources tells where the row of a price book comes from.
type PriceSources interface {
	Source(priceRow string) string
}
