package graphstore_test

import (
	"cmp"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/egressor/egressor/graphsvc/graphstore"
	"github.com/egressor/egressor/graphsvc/pieces"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
	"github.com/egressor/egressor/internal/neo4j"
	"github.com/egressor/egressor/internal/testkit"
)

// past is a graph whose minutes are folded, folded again, priced anew and
// compacted in random order, with a memory of what each version said.
type past struct {
	seed  *rand.Rand
	store *graphstore.Store
	db    *neo4j.DB
	chain chain
	// now is what the newest version says of each minute; said are all versions'.
	now  map[model.Minute][]model.PricedEdge
	said []map[model.Minute][]model.PricedEdge
	next model.Minute
}

// dayStart is 2026-11-23T00:00:00Z.
const dayStart = firstMinute - 10*hour

func (p *past) commit(t *testing.T, publication graphstore.Publication) {
	t.Helper()
	publish(t, p.store, publication)
	said := map[model.Minute][]model.PricedEdge{}
	for minute, edges := range p.now {
		said[minute] = edges
	}
	p.said = append(p.said, said)
}

func (p *past) fold(t *testing.T, minute model.Minute) {
	t.Helper()
	names := []string{"web", "cart", "mail", "pay"}
	var edges []model.PricedEdge
	for i := range p.seed.IntN(4) {
		edges = append(edges, edge(minute, workload(names[i]), workload(names[p.seed.IntN(4)]), 1000+p.seed.Uint64N(1<<34)))
	}
	p.now[minute] = edges
	p.commit(t, p.chain.next(minute, edges...))
}

// reprice doubles what a minute costs.
func (p *past) reprice(t *testing.T, minute model.Minute) {
	t.Helper()
	edges := slices.Clone(p.now[minute])
	for i := range edges {
		edges[i].Cost, _ = edges[i].Cost.Add(edges[i].Cost)
	}
	p.now[minute] = edges
	p.commit(t, p.chain.next(minute, edges...))
}

// compact makes hours of minutes, or days of hours, where there are some.
func (p *past) compact(t *testing.T, tier pieces.Tier) int {
	t.Helper()
	begins, err := p.store.ToCompact(t.Context(), tier, 0, p.next, 100)
	if err != nil {
		t.Fatal(err)
	}
	for _, begin := range begins {
		parts, nodes, err := p.store.Parts(t.Context(), tier, begin, p.chain.number)
		if err != nil {
			t.Fatal(err)
		}
		spans, err := pieces.Add(tier, begin, parts)
		if err != nil || nodes == 0 != (len(spans) == 0) {
			t.Fatalf("%d nodes of %d edges: %v", nodes, len(spans), err)
		}
		publication := p.chain.next(begin)
		publication.Version.Kind, publication.Version.To = model.VersionCompact, begin+tier.Minutes
		publication.Tier, publication.Spans = tier, spans
		p.commit(t, publication)
		if difference, err := p.store.SpanDifference(t.Context(), tier, begin, p.chain.number, spans); err != nil || difference != "" {
			t.Fatalf("the relationships of the %s of %s: %s (%v)", tier.Name, begin, difference, err)
		}
	}
	return len(begins)
}

// question is a window of some version, of one entity or of all.
type question struct {
	graphstore.Window
	entity string
}

func (p *past) question() question {
	from := dayStart + model.Minute(p.seed.Int64N(int64(p.next-dayStart)+10))
	q := question{Window: window(from, from+1+model.Minute(p.seed.Int64N(200)), 1+p.seed.Uint64N(uint64(len(p.said))))}
	switch p.seed.IntN(4) {
	case 0:
		q.entity = workload([]string{"web", "cart", "mail"}[p.seed.IntN(3)]).ID()
	case 1: // from the hour, or the day, on
		q.From = pieces.Hour.Start(q.From)
		q.To = q.From + hour*model.Minute(1+p.seed.Int64N(5))
	case 2:
		q.From, q.To = dayStart, dayStart+pieces.Day.Minutes
	}
	return q
}

// ask asks a process that has read nothing, and the one that published: both
// answer the same.
func (p *past) ask(t *testing.T, q question) []graphstore.Transfer {
	t.Helper()
	var answers [2][]graphstore.Transfer
	for i, s := range []*graphstore.Store{graphstore.New(p.db), p.store} {
		found, err := s.Transfers(t.Context(), q.Window, q.entity)
		if err != nil {
			t.Fatal(err)
		}
		slices.SortFunc(found, func(a, b graphstore.Transfer) int { return cmp.Compare(a.ID, b.ID) })
		answers[i] = found
	}
	if !slices.Equal(answers[0], answers[1]) {
		t.Fatalf("%+v is answered by a new process with %+v, by the one that published with %+v", q, answers[0], answers[1])
	}
	return answers[0]
}

// expected is the answer by memory alone.
func (p *past) expected(q question) []graphstore.Transfer {
	var edges []model.PricedEdge
	for minute, said := range p.said[q.AsOf-1] {
		for _, e := range said {
			if minute >= q.From && minute < q.To && (q.entity == "" || e.Key.Source.ID() == q.entity || e.Key.Destination.ID() == q.entity) {
				edges = append(edges, e)
			}
		}
	}
	found := summed(edges)
	slices.SortFunc(found, func(a, b graphstore.Transfer) int { return cmp.Compare(a.ID, b.ID) })
	return found
}

// What a version said it says for ever: 200 questions of random versions, asked
// before and after later folds, refolds, repricings and compactions, have the
// same answers, which are the right ones.
func TestAnswersOfAVersionStayWhatTheyWere(t *testing.T) {
	s, db := store(t)
	p := &past{seed: testkit.Rand(t), store: s, db: db, now: map[model.Minute][]model.PricedEdge{}, next: dayStart}
	asked := map[question][]graphstore.Transfer{}
	same := gocmp.Comparer(func(a, b money.Amount) bool { return a == b })
	compacted := map[string]int{}
	for round := range 20 {
		for range 6 {
			p.next += 5 + model.Minute(p.seed.Int64N(30)) // so far apart that a whole day is behind them
			p.fold(t, p.next-1)
		}
		again := slices.Sorted(maps.Keys(p.now))[p.seed.IntN(len(p.now))]
		p.reprice(t, again)
		p.fold(t, dayStart+model.Minute(p.seed.Int64N(int64(p.next-dayStart)))) // late, or again
		if round%3 == 2 {
			compacted["hours"] += p.compact(t, pieces.Hour)
		}
		if round%6 == 5 {
			compacted["days"] += p.compact(t, pieces.Day)
		}
		for tries := 0; len(asked) < 10*(round+1) && tries < 100; tries++ { // some are drawn twice
			q := p.question()
			asked[q] = p.ask(t, q)
			if diff := gocmp.Diff(p.expected(q), asked[q], same); diff != "" {
				t.Fatalf("round %d: %+v (-want +got):\n%s", round, q, diff)
			}
		}
	}
	for q, before := range asked {
		if diff := gocmp.Diff(before, p.ask(t, q), same); diff != "" {
			t.Errorf("%+v was answered otherwise before (-before +now):\n%s", q, diff)
		}
	}
	if compacted["hours"] == 0 || compacted["days"] == 0 || len(asked) < 190 {
		t.Errorf("compacted %v, asked %d questions: too few to show anything", compacted, len(asked))
	}
}
