// Package replayed answers the explorer's questions from the minutes of a
// scenario, in memory: the API and the user interface over a text file, with no
// database. Nothing live is ever read from it.
package replayed

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/egressor/egressor/graphsvc/minute"
	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/internal/model"
)

// Minute is one folded minute, its version, and what it was folded from.
type Minute struct {
	Version  model.GraphVersion
	Input    minute.Input
	Computed minute.Computed
}

// Store holds a scenario's minutes, in order of version.
type Store struct {
	minutes []Minute
	batches []model.Batch
	facts   []model.Fact
}

var (
	_ query.Graphs = (*Store)(nil)
	_ query.Series = (*Store)(nil)
)

// New returns a store of minutes and of what they were folded from. A version
// without a moment of commit counts as committed at the end of its minute.
func New(minutes []Minute, batches []model.Batch, facts []model.Fact) *Store {
	minutes = slices.Clone(minutes)
	for i := range minutes {
		if minutes[i].Version.CommittedAt.IsZero() {
			minutes[i].Version.CommittedAt = minutes[i].Version.To.Start()
		}
	}
	return &Store{minutes: minutes, batches: batches, facts: facts}
}

// Head is the newest version.
func (s *Store) Head(context.Context) (model.GraphVersion, bool, error) {
	if len(s.minutes) == 0 {
		return model.GraphVersion{}, false, nil
	}
	return s.minutes[len(s.minutes)-1].Version, true, nil
}

// Version is one version by number.
func (s *Store) Version(_ context.Context, number uint64) (model.GraphVersion, bool, error) {
	return s.newest(func(v model.GraphVersion) bool { return v.Number == number })
}

// VersionAt is the newest version committed at or before a moment.
func (s *Store) VersionAt(_ context.Context, at time.Time) (model.GraphVersion, bool, error) {
	return s.newest(func(v model.GraphVersion) bool { return !v.CommittedAt.After(at) })
}

func (s *Store) newest(matches func(model.GraphVersion) bool) (model.GraphVersion, bool, error) {
	for i := len(s.minutes) - 1; i >= 0; i-- {
		if matches(s.minutes[i].Version) {
			return s.minutes[i].Version, true, nil
		}
	}
	return model.GraphVersion{}, false, nil
}

// Versions lists versions below before, newest first.
func (s *Store) Versions(_ context.Context, before uint64, limit int) ([]model.GraphVersion, error) {
	var found []model.GraphVersion
	for i := len(s.minutes) - 1; i >= 0 && len(found) < limit; i-- {
		if version := s.minutes[i].Version; before == 0 || version.Number < before {
			found = append(found, version)
		}
	}
	return found, nil
}

// CountVersions counts versions below before.
func (s *Store) CountVersions(ctx context.Context, before uint64) (int, error) {
	found, err := s.Versions(ctx, before, len(s.minutes))
	return len(found), err
}

// NewestMinute is the end of the newest minute folded as of a version.
func (s *Store) NewestMinute(_ context.Context, asOf uint64) (model.Minute, error) {
	var end model.Minute
	for _, m := range s.minutes {
		if m.Version.Number <= asOf {
			end = max(end, m.Version.To)
		}
	}
	return end, nil
}

// in are the minutes of a window as of its version.
func (s *Store) in(w query.Window) []Minute {
	var found []Minute
	for _, m := range s.minutes {
		if m.Version.Number <= w.Version && m.Version.From >= w.From && m.Version.From < w.To {
			found = append(found, m)
		}
	}
	return found
}

// Transfers are the edges of a window.
func (s *Store) Transfers(_ context.Context, w query.Window, entity string) ([]query.Transfer, error) {
	sums := map[model.EdgeID]*query.Transfer{}
	for _, m := range s.in(w) {
		for i := range m.Computed.Edges {
			edge := &m.Computed.Edges[i]
			if !touches(edge.Key, entity) {
				continue
			}
			if err := add(sums, edge); err != nil {
				return nil, err
			}
		}
	}
	found := make([]query.Transfer, 0, len(sums))
	for _, sum := range sums {
		found = append(found, *sum)
	}
	return found, nil
}

func touches(key model.EdgeKey, entity string) bool {
	return entity == "" || key.Source.ID() == entity || key.Destination.ID() == entity
}

func add(sums map[model.EdgeID]*query.Transfer, edge *model.PricedEdge) (err error) {
	id := edge.Key.ID()
	sum, known := sums[id]
	if !known {
		sum = &query.Transfer{ID: id, Key: edge.Key, Checked: true}
		sums[id] = sum
	}
	sum.Sent = sum.Sent.Add(edge.Sent)
	sum.Connections += edge.Connections
	sum.RTTMicros = max(sum.RTTMicros, edge.RTTMicros)
	sum.Checked = sum.Checked && edge.Checked
	sum.CheckBytes += edge.CheckBytes
	sum.Cost, err = sum.Cost.Add(edge.Cost)
	return err
}

// Deployments are a workload's rollout revisions, newest first.
func (s *Store) Deployments(_ context.Context, entity string) ([]model.Fact, error) {
	var found []model.Fact
	for _, fact := range s.facts {
		if fact.Revision == nil {
			continue
		}
		if fact.Revision.Workload.In(fact.Revision.Cluster).ID() == entity {
			found = append(found, fact)
		}
	}
	slices.SortStableFunc(found, func(a, b model.Fact) int { return cmp.Compare(b.Revision.Number, a.Revision.Number) })
	return found, nil
}

// Deployment is one rollout revision by its id.
func (s *Store) Deployment(_ context.Context, id string) (model.Fact, bool, error) {
	at := slices.IndexFunc(s.facts, func(f model.Fact) bool { return f.Revision != nil && f.Key == id })
	if at < 0 {
		return model.Fact{}, false, nil
	}
	return s.facts[at], true, nil
}

// Rollouts are the revisions of a time, newest first.
func (s *Store) Rollouts(_ context.Context, from, to time.Time, limit int) ([]model.Fact, error) {
	var found []model.Fact
	for i := range s.facts {
		if r := s.facts[i].Revision; r != nil && !r.RolledOut.Before(from) && r.RolledOut.Before(to) {
			found = append(found, s.facts[i])
		}
	}
	slices.SortStableFunc(found, func(a, b model.Fact) int { return b.Revision.RolledOut.Compare(a.Revision.RolledOut) })
	return found[:min(limit, len(found))], nil
}

// Ownerships are the teams of the scenario's rollout revisions.
func (s *Store) Ownerships(context.Context) ([]query.Ownership, error) {
	var found []query.Ownership
	for i := range s.facts {
		if r := s.facts[i].Revision; r != nil && r.Team != "" {
			found = append(found, query.Ownership{
				Workload: r.Workload.In(r.Cluster).ID(),
				Revision: s.facts[i].Key, Team: r.Team, From: s.facts[i].Period.From, Recorded: s.facts[i].Recorded,
			})
		}
	}
	return found, nil
}

// Transfer is one edge of a window.
func (s *Store) Transfer(ctx context.Context, w query.Window, edge model.EdgeID) (query.Transfer, bool, error) {
	all, err := s.Transfers(ctx, w, "")
	at := slices.IndexFunc(all, func(t query.Transfer) bool { return t.ID == edge })
	if err != nil || at < 0 {
		return query.Transfer{}, false, err
	}
	return all[at], true, nil
}

// Labels are those of the scenario's workloads and pods.
func (s *Store) Labels(_ context.Context, w query.Window, _ []string, through time.Time) ([]query.Labels, error) {
	window := model.Period{From: w.From.Start(), To: w.To.Start()}
	held := slices.DeleteFunc(slices.Clone(s.facts), func(f model.Fact) bool { return !f.Period.Overlaps(window) })
	return query.LabelsOf(held, through), nil
}

// Totals are per minute.
func (s *Store) Totals(_ context.Context, w query.Window, of query.Subject) ([]query.MinuteTotal, error) {
	var totals []query.MinuteTotal
	for _, m := range s.in(w) {
		total := query.MinuteTotal{Minute: m.Version.From}
		for i := range m.Computed.Edges {
			e := &m.Computed.Edges[i]
			if of.Edge != 0 && e.Key.ID() != of.Edge || of.Edges != nil && !slices.Contains(of.Edges, e.Key.ID()) || !touches(e.Key, of.Entity) || !within(e.Key, of.Reach) {
				continue
			}
			var err error
			total.Bytes += e.Sent.WireBytes
			if total.Cost, err = total.Cost.Add(e.Cost); err != nil {
				return nil, err
			}
		}
		totals = append(totals, total)
	}
	return totals, nil
}
