// Package doubles holds stand-ins for the stores behind query, for tests of
// query and api: small, in memory, and counting how often they are asked.
package doubles

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/graphsvc/statement"
	"github.com/egressor/egressor/internal/clock"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// Asked counts the calls of a double by method. The zero value is ready.
type Asked struct {
	mu     sync.Mutex
	counts map[string]int
}

func (a *Asked) count(method string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.counts == nil {
		a.counts = map[string]int{}
	}
	a.counts[method]++
}

// Counts returns the counts since it was last called.
func (a *Asked) Counts() map[string]int {
	a.mu.Lock()
	defer a.mu.Unlock()
	counts := a.counts
	a.counts = nil
	return counts
}

// Graphs is a double of the graph store.
type Graphs struct {
	Asked
	// Kept are the versions, oldest first; those between that are missing have expired.
	Kept []model.GraphVersion
	// Edges are the transfers as of each version, whatever the window.
	Edges map[uint64][]query.Transfer
	// Windows are those that Transfers was asked for.
	Windows   []query.Window
	Revisions []model.Fact
	Owned     []query.Ownership
	// Err fails every call.
	Err error
}

var _ query.Graphs = (*Graphs)(nil)

// Head is the last version kept.
func (g *Graphs) Head(context.Context) (model.GraphVersion, bool, error) {
	g.count("Head")
	if len(g.Kept) == 0 {
		return model.GraphVersion{}, false, g.Err
	}
	return g.Kept[len(g.Kept)-1], true, g.Err
}

// Version is a version kept.
func (g *Graphs) Version(_ context.Context, number uint64) (model.GraphVersion, bool, error) {
	g.count("Version")
	for _, v := range g.Kept {
		if v.Number == number {
			return v, true, g.Err
		}
	}
	return model.GraphVersion{}, false, g.Err
}

// Versions are those kept, newest first.
func (g *Graphs) Versions(_ context.Context, before uint64, limit int) ([]model.GraphVersion, error) {
	g.count("Versions")
	var found []model.GraphVersion
	for _, v := range slices.Backward(g.Kept) {
		if len(found) < limit && (before == 0 || v.Number < before) {
			found = append(found, v)
		}
	}
	return found, g.Err
}

// CountVersions counts those kept.
func (g *Graphs) CountVersions(_ context.Context, before uint64) (int, error) {
	g.count("CountVersions")
	n := 0
	for _, v := range g.Kept {
		if before == 0 || v.Number < before {
			n++
		}
	}
	return n, g.Err
}

// VersionAt goes by CommittedAt.
func (g *Graphs) VersionAt(_ context.Context, at time.Time) (model.GraphVersion, bool, error) {
	g.count("VersionAt")
	for _, v := range slices.Backward(g.Kept) {
		if !v.CommittedAt.After(at) {
			return v, true, g.Err
		}
	}
	return model.GraphVersion{}, false, g.Err
}

// NewestMinute is the version's own end.
func (g *Graphs) NewestMinute(ctx context.Context, asOf uint64) (model.Minute, error) {
	g.count("NewestMinute")
	for _, v := range g.Kept {
		if v.Number == asOf {
			return v.To, g.Err
		}
	}
	return 0, g.Err
}

// Transfers are the version's edges.
func (g *Graphs) Transfers(_ context.Context, window query.Window, entity string) ([]query.Transfer, error) {
	g.count("Transfers")
	g.mu.Lock()
	g.Windows = append(g.Windows, window)
	g.mu.Unlock()
	var found []query.Transfer
	for _, t := range g.Edges[window.Version] {
		if entity == "" || t.Key.Source.ID() == entity || t.Key.Destination.ID() == entity {
			found = append(found, t)
		}
	}
	return found, g.Err
}

// Deployments are the revisions, whatever the entity.
func (g *Graphs) Deployments(context.Context, string) ([]model.Fact, error) {
	g.count("Deployments")
	return g.Revisions, g.Err
}

// Deployment is the revision of that id.
func (g *Graphs) Deployment(_ context.Context, id string) (model.Fact, bool, error) {
	g.count("Deployment")
	for _, fact := range g.Revisions {
		if fact.Key == id {
			return fact, true, g.Err
		}
	}
	return model.Fact{}, false, g.Err
}

// Rollouts are the revisions of a time, in the order given.
func (g *Graphs) Rollouts(_ context.Context, from, to time.Time, limit int) ([]model.Fact, error) {
	g.count("Rollouts")
	var found []model.Fact
	for i := range g.Revisions {
		if r := g.Revisions[i].Revision; r != nil && !r.RolledOut.Before(from) && r.RolledOut.Before(to) && len(found) < limit {
			found = append(found, g.Revisions[i])
		}
	}
	return found, g.Err
}

// Ownerships are those given.
func (g *Graphs) Ownerships(context.Context) ([]query.Ownership, error) {
	g.count("Ownerships")
	return g.Owned, g.Err
}

// Series is a double of the flow store.
type Series struct {
	Asked
	Minutes   []query.MinuteTotal
	Points    []query.Transfer
	Flowing   []query.Flow
	Labelled  []query.Labels
	Lines     []query.Charge
	Charging  []statement.Charge
	Rows      []query.RawRow
	Explained []query.ExplainedMinute
	Covered   []query.NodeCoverage
	Reporting []query.Agent
	Machines  []query.AgentMachine
	LostBytes uint64
	LostKnown bool
	// Since is what Agents was asked with, Subjects what Totals was asked for.
	Since    time.Time
	Subjects []query.Subject
	// Err fails every call.
	Err error
}

var _ query.Series = (*Series)(nil)

// Totals are the minutes, whatever the question.
func (s *Series) Totals(_ context.Context, _ query.Window, of query.Subject) ([]query.MinuteTotal, error) {
	s.count("Totals")
	s.mu.Lock()
	s.Subjects = append(s.Subjects, of)
	s.mu.Unlock()
	return s.Minutes, s.Err
}

// Transfer is one of Points.
func (s *Series) Transfer(_ context.Context, _ query.Window, edge model.EdgeID) (query.Transfer, bool, error) {
	s.count("Transfer")
	for _, t := range s.Points {
		if t.ID == edge {
			return t, true, s.Err
		}
	}
	return query.Transfer{}, false, s.Err
}

// Labels are those given.
func (s *Series) Labels(context.Context, query.Window, []string, time.Time) ([]query.Labels, error) {
	s.count("Labels")
	return s.Labelled, s.Err
}

// Charges are the lines, whatever the question.
func (s *Series) Charges(context.Context, query.Window, model.EdgeID) ([]query.Charge, error) {
	s.count("Charges")
	return s.Lines, s.Err
}

// Flows are the first rows.
func (s *Series) Flows(_ context.Context, _ query.Window, _ model.EdgeKey, limit int) ([]query.RawRow, error) {
	s.count("Flows")
	return s.Rows[:min(limit, len(s.Rows))], s.Err
}

// Charged are the charges, whatever the question.
func (s *Series) Charged(context.Context, query.Window, model.Minute) ([]statement.Charge, error) {
	s.count("Charged")
	return s.Charging, s.Err
}

// Used is nothing.
func (s *Series) Used(context.Context, query.Window, model.Minute) ([]statement.Use, error) {
	s.count("Used")
	return nil, s.Err
}

// PricedIn is USD at list prices.
func (s *Series) PricedIn(context.Context, query.Window) (currencies, modes []string, err error) {
	s.count("PricedIn")
	return []string{"USD"}, []string{"list"}, s.Err
}

// Reported is one minute of the flows given.
func (s *Series) Reported(_ context.Context, w query.Window, visit func(model.Minute, []query.Flow) (bool, error)) error {
	s.count("Reported")
	if s.Err != nil {
		return s.Err
	}
	_, err := visit(w.To-1, slices.Clone(s.Flowing))
	return err
}

// Explain are the minutes that are to be explained.
func (s *Series) Explain(context.Context, query.Window, model.EdgeKey, int) ([]query.ExplainedMinute, error) {
	s.count("Explain")
	return s.Explained, s.Err
}

// Coverage is the fixed coverage.
func (s *Series) Coverage(context.Context, query.Window) ([]query.NodeCoverage, error) {
	s.count("Coverage")
	return s.Covered, s.Err
}

// Agents are those reporting.
func (s *Series) Agents(_ context.Context, since time.Time) ([]query.Agent, error) {
	s.count("Agents")
	s.Since = since
	return s.Reporting, s.Err
}

// AgentMachines are the fixed machines.
func (s *Series) AgentMachines(context.Context, query.Window) ([]query.AgentMachine, error) {
	s.count("AgentMachines")
	return s.Machines, s.Err
}

// Lost is the fixed loss.
func (s *Series) Lost(context.Context, time.Time, time.Time) (uint64, bool, error) {
	s.count("Lost")
	return s.LostBytes, s.LostKnown, s.Err
}

// Layout puts the n-th node at (n, -n).
type Layout struct {
	Asked
	Err error
}

// Place sets the positions.
func (l *Layout) Place(_ context.Context, nodes []query.Node, _ []query.Transfer) error {
	l.count("Place")
	for i := range nodes {
		nodes[i].X, nodes[i].Y = float64(i), -float64(i)
	}
	return l.Err
}

// Sources says "source of ROW".
type Sources struct{}

// Source names the row.
func (Sources) Source(row string) string { return "source of " + row }

// Clock stands still.
type Clock time.Time

var _ clock.Clock = Clock{}

// Now is always the same.
func (c Clock) Now() time.Time { return time.Time(c) }

// After never fires.
func (c Clock) After(time.Duration) <-chan time.Time { return nil }

// Version is version number: it folded the minute number after Epoch, was
// committed 20 s after that minute's end, and costs number dollars.
func Version(number uint64) model.GraphVersion {
	minute := model.MinuteOf(Epoch) + model.Minute(number)
	return model.GraphVersion{
		Number: number, Kind: model.VersionFold, From: minute, To: minute + 1, Currency: "USD", PriceBook: "book",
		Totals: model.VersionTotals{Cost: money.FromNano(int64(number) * 1e9)}, CommittedAt: minute.End().Add(20 * time.Second),
	}
}

// Epoch is the minute 0 of the doubles.
var Epoch = time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)

// Transfer is one edge between workloads, by HTTPS over the VPC.
func Transfer(source, destination string, bytes uint64, nano int64) query.Transfer {
	key := model.EdgeKey{
		Source: workload(source), Destination: workload(destination), ServerPort: 443, Protocol: model.TCP, Initiator: model.InitiatorSource,
		SourcePlace: model.Place{Region: "here", Zone: "az-" + source}, DestinationPlace: model.Place{Zone: "az-" + destination}, Path: model.Path{Kind: model.PathVPC},
	}
	return query.Transfer{ID: key.ID(), Key: key, Sent: model.Counts{WireBytes: bytes}, Cost: money.FromNano(nano)}
}

func workload(name string) model.Identity {
	return model.Identity{Kind: model.KindWorkload, Cluster: "lab", Namespace: "shop", Type: "Deployment", Name: name}
}
