package replayed

import (
	"cmp"
	"context"
	"log/slog"
	"slices"
	"time"

	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/graphsvc/flowstore"
	"github.com/egressor/egressor/graphsvc/insight"
	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/internal/model"
)

// Insights are what is found by following a scenario's minutes, by the code that
// follows a live graph, over memory in place of the stores.
type Insights struct {
	minutes         []Minute
	facts           []model.Fact
	incidents       []model.Incident
	recommendations []model.Recommendation // all that were ever made
	current         []string               // the ids of those that are made now, in order
	verdicts        []model.Verdict
	watcher         *insight.Watcher
}

var (
	_ insight.Flows  = (*Insights)(nil)
	_ insight.Graph  = (*Insights)(nil)
	_ query.Insights = (*Insights)(nil)
)

// Follow looks at every minute as the service does while they are folded.
func Follow(ctx context.Context, minutes []Minute, facts []model.Fact, book *pricing.Book) (*Insights, error) {
	s := &Insights{minutes: New(minutes, nil, nil).minutes, facts: facts}
	if len(s.minutes) == 0 {
		return s, nil
	}
	end := s.minutes[len(s.minutes)-1].Version.To.Start()
	var err error
	s.watcher, err = insight.New(insight.Dependencies{Flows: s, Graph: s, Book: func(model.Minute) *pricing.Book { return book }, Clock: still(end), Log: slog.New(slog.DiscardHandler)}, insight.DefaultSettings())
	if err != nil {
		return nil, err
	}
	for i := range s.minutes {
		if err := s.watcher.Step(ctx, s.minutes[i].Version); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// still is a clock that stands.
type still time.Time

func (s still) Now() time.Time                     { return time.Time(s) }
func (still) After(time.Duration) <-chan time.Time { return nil }

// Watcher is what followed the minutes, nil where there were none.
func (s *Insights) Watcher() *insight.Watcher { return s.watcher }

func (s *Insights) in(from, to model.Minute, through uint64) []Minute {
	var found []Minute
	for _, m := range s.minutes {
		if m.Version.From >= from && m.Version.From < to && m.Version.Number <= through {
			found = append(found, m)
		}
	}
	return found
}

// Head says that nothing was there before: what is normal is learnt from the
// scenario alone.
func (*Insights) Head(context.Context) (model.GraphVersion, bool, error) {
	return model.GraphVersion{}, false, nil
}

// InvestigationsOf are none: a scenario keeps no record of questions.
func (*Insights) InvestigationsOf(context.Context, string) ([]string, error) { return nil, nil }

// Versions are those of a window.
func (s *Insights) Versions(_ context.Context, from, to model.Minute, through uint64) ([]model.GraphVersion, error) {
	var versions []model.GraphVersion
	for _, m := range s.in(from, to, through) {
		versions = append(versions, m.Version)
	}
	return versions, nil
}

// Sums are a window's edges, each summed up, by id.
func (s *Insights) Sums(_ context.Context, w flowstore.Window) ([]flowstore.EdgeSum, error) {
	at := map[model.EdgeID]int{}
	var sums []flowstore.EdgeSum
	for _, m := range s.in(w.From, w.To, w.Version) {
		for i := range m.Computed.Edges {
			edge := &m.Computed.Edges[i]
			id := edge.Key.ID()
			n, known := at[id]
			if !known {
				n = len(sums)
				at[id] = n
				sums = append(sums, flowstore.EdgeSum{ID: id})
			}
			sums[n].Sent = sums[n].Sent.Add(edge.Sent)
			sums[n].Connections += edge.Connections
			var err error
			if sums[n].Cost, err = sums[n].Cost.Add(edge.Cost); err != nil {
				return nil, err
			}
		}
	}
	return sums, nil
}

// Keys are what ids stand for.
func (s *Insights) Keys(_ context.Context, ids []model.EdgeID) (map[model.EdgeID]*model.EdgeKey, error) {
	keys := make(map[model.EdgeID]*model.EdgeKey, len(ids))
	for _, m := range s.minutes {
		for i := range m.Computed.Edges {
			key := &m.Computed.Edges[i].Key
			keys[key.ID()] = key
		}
	}
	return keys, nil
}

// ChargeSums are a version's charges by code.
func (s *Insights) ChargeSums(_ context.Context, version model.GraphVersion) ([]flowstore.ChargeSum, error) {
	sums := map[string]*flowstore.ChargeSum{}
	var codes []string
	for _, m := range s.in(version.From, version.To, version.Number) {
		for i := range m.Computed.Statement.Lines {
			line := &m.Computed.Statement.Lines[i]
			if line.Code == "" {
				continue
			}
			if sums[line.Code] == nil {
				sums[line.Code] = &flowstore.ChargeSum{Code: line.Code}
				codes = append(codes, line.Code)
			}
			sum := sums[line.Code]
			sum.Bytes += line.Bytes
			var err error
			if sum.Amount, err = sum.Amount.Add(line.Amount); err != nil {
				return nil, err
			}
		}
	}
	slices.Sort(codes)
	list := make([]flowstore.ChargeSum, len(codes))
	for i, code := range codes {
		list[i] = *sums[code]
	}
	return list, nil
}

// Hours are none: a scenario has no past but its own minutes.
func (*Insights) Hours(context.Context, flowstore.Window, int, func(flowstore.FlowHour) error) error {
	return nil
}

// Facts are those that held at some time of a stretch.
func (s *Insights) Facts(_ context.Context, from, to, _ time.Time) ([]model.Fact, time.Time, error) {
	period := model.Period{From: from, To: to}
	var held []model.Fact
	for i := range s.facts {
		if s.facts[i].Period.Overlaps(period) {
			fact := s.facts[i]
			if !fact.Period.To.IsZero() && fact.Period.To.After(to) {
				fact.Period.To = time.Time{} // nobody knew yet that it would end
			}
			held = append(held, fact)
		}
	}
	return held, to, nil
}

// SaveIncident keeps an incident as it is known now.
func (s *Insights) SaveIncident(_ context.Context, incident model.Incident) error {
	at := slices.IndexFunc(s.incidents, func(i model.Incident) bool { return i.ID == incident.ID })
	if at < 0 {
		s.incidents = append(s.incidents, incident)
		return nil
	}
	s.incidents[at] = incident
	return nil
}

// SaveRecommendations replaces what is recommended, in order.
func (s *Insights) SaveRecommendations(_ context.Context, recommendations []model.Recommendation) error {
	was := s.current
	s.current = nil
	for _, r := range recommendations {
		s.current = append(s.current, r.ID)
		at := slices.IndexFunc(s.recommendations, func(known model.Recommendation) bool { return known.ID == r.ID })
		if at < 0 {
			s.recommendations = append(s.recommendations, r)
			continue
		}
		if slices.Contains(was, r.ID) {
			r.Made = s.recommendations[at].Made
		}
		s.recommendations[at] = r
	}
	return nil
}

// Made are all that were made at a minute or since.
func (s *Insights) Made(_ context.Context, since model.Minute) ([]model.Recommendation, error) {
	return slices.DeleteFunc(slices.Clone(s.recommendations), func(r model.Recommendation) bool { return r.To < since }), nil
}

// SaveVerdicts replaces the verdict on each.
func (s *Insights) SaveVerdicts(_ context.Context, verdicts []model.Verdict) error {
	for _, v := range verdicts {
		s.verdicts = slices.DeleteFunc(s.verdicts, func(known model.Verdict) bool { return known.Recommendation == v.Recommendation })
		s.verdicts = append(s.verdicts, v)
	}
	return nil
}

// Recommendations are those that are made at the end.
func (s *Insights) Recommendations(context.Context) ([]model.Recommendation, error) {
	var current []model.Recommendation
	for _, id := range s.current {
		at := slices.IndexFunc(s.recommendations, func(r model.Recommendation) bool { return r.ID == id })
		current = append(current, s.recommendations[at])
	}
	return current, nil
}

// Recommendation is one that was ever made.
func (s *Insights) Recommendation(_ context.Context, id string) (model.Recommendation, bool, error) {
	at := slices.IndexFunc(s.recommendations, func(r model.Recommendation) bool { return r.ID == id })
	if at < 0 {
		return model.Recommendation{}, false, nil
	}
	r := s.recommendations[at]
	r.Withdrawn = !slices.Contains(s.current, id)
	return r, true, nil
}

// Verdicts are what became of those that were followed.
func (s *Insights) Verdicts(context.Context) ([]model.Verdict, error) { return s.verdicts, nil }

// Incidents are those behind a place in the list, newest first.
func (s *Insights) Incidents(_ context.Context, behind model.IncidentPlace, limit int) ([]model.Incident, error) {
	sorted := slices.Clone(s.incidents)
	slices.SortStableFunc(sorted, func(a, b model.Incident) int { return cmp.Or(cmp.Compare(b.Since, a.Since), cmp.Compare(a.ID, b.ID)) })
	sorted = slices.DeleteFunc(sorted, func(i model.Incident) bool {
		return behind.ID != "" && (i.Since > behind.Since || i.Since == behind.Since && i.ID <= behind.ID)
	})
	return sorted[:min(limit, len(sorted))], nil
}

// Incident is one by id.
func (s *Insights) Incident(_ context.Context, id string) (model.Incident, bool, error) {
	at := slices.IndexFunc(s.incidents, func(i model.Incident) bool { return i.ID == id })
	if at < 0 {
		return model.Incident{}, false, nil
	}
	return s.incidents[at], true, nil
}
