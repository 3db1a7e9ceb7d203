package graphstore_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/egressor/egressor/graphsvc/graphstore"
	"github.com/egressor/egressor/graphsvc/pieces"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/neo4j"
	"github.com/egressor/egressor/internal/testkit"
)

const day = 24 * hour

// daysOfPast are so many days of two minutes each, folded, one of them again,
// and compacted.
func daysOfPast(t *testing.T, days model.Minute) *past {
	t.Helper()
	s, db := store(t)
	p := &past{seed: testkit.Rand(t), store: s, db: db, now: map[model.Minute][]model.PricedEdge{}, next: dayStart + days*day}
	for d := range days {
		for _, at := range []model.Minute{10, 100, 10} {
			m := dayStart + d*day + at
			e := edge(m, workload("web"), workload("cart"), 1000+p.chain.number)
			p.now[m] = []model.PricedEdge{e}
			p.commit(t, p.chain.next(m, e))
		}
		p.compact(t, pieces.Hour)
		p.compact(t, pieces.Day)
	}
	return p
}

// prune drops minutes, hours and days that end before a minute.
func (p *past) prune(t *testing.T, before model.Minute) (forgotten int) {
	t.Helper()
	for _, tier := range []pieces.Tier{pieces.Hour, pieces.Day} {
		if _, err := p.store.Prune(t.Context(), lease, tier, before, 100); err != nil {
			t.Fatal(err)
		}
	}
	forgotten, err := p.store.Forget(t.Context(), lease, before, 100)
	if err != nil {
		t.Fatal(err)
	}
	return forgotten
}

// Days past their time go with everything that only speaks of them; who asks about
// them is refused and not told of nothing, late data of them is refused too, and what
// is pinned answers as it did.
func TestOldDaysGoAndPinnedOnesStay(t *testing.T) {
	p := daysOfPast(t, 4)
	s, asOf := p.store, p.chain.number
	newest := question{Window: window(dayStart+3*day, dayStart+4*day, asOf)}
	told := p.ask(t, newest)
	pin := graphstore.Pin{Version: asOf/2 - 1, From: dayStart + day + 5, To: dayStart + day + 15, By: "ticket 1"}
	pinned := question{Window: window(pin.From, pin.To, pin.Version)}
	before := p.ask(t, pinned)
	if err := s.Pin(t.Context(), pin); err != nil {
		t.Fatal(err)
	}
	if days := p.prune(t, dayStart+3*day+1); days != 2 {
		t.Errorf("%d days were forgotten, want the two that nothing pins", days)
	}
	for d, want := range []bool{true, false, true, false} {
		got, err := graphstore.New(p.db).Transfers(t.Context(), window(dayStart+model.Minute(d)*day, dayStart+model.Minute(d+1)*day, asOf), "")
		if errors.Is(err, graphstore.ErrPruned) != want || len(got) == 0 != want {
			t.Errorf("day %d: %d transfers, %v; forgotten %v is wanted", d, len(got), err, want)
		}
	}
	if got := p.ask(t, pinned); len(before) == 0 || !slices.Equal(got, before) {
		t.Errorf("what is pinned answers %+v, was %+v", got, before)
	}
	if got := p.ask(t, newest); !slices.Equal(got, told) {
		t.Errorf("the newest day answers %+v, was %+v", got, told)
	}
	late := p.chain
	if err := s.Publish(t.Context(), late.next(dayStart+20, edge(dayStart+20, workload("web"), workload("cart"), 7))); !errors.Is(err, graphstore.ErrPruned) {
		t.Errorf("late data of a forgotten day: %v, want it refused", err)
	}
	p.expectLeft(t, asOf, pin.Version)
	if err := s.Unpin(t.Context(), pin.By); err != nil {
		t.Fatal(err)
	}
	if days := p.prune(t, dayStart+3*day+1); days != 1 {
		t.Errorf("%d days were forgotten after the pin was let go of, want 1", days)
	}
	if days := p.prune(t, dayStart+3*day+1); days != 0 {
		t.Errorf("%d days were forgotten twice", days)
	}
	if through, err := s.Forgotten(t.Context()); err != nil || through != dayStart+3*day {
		t.Errorf("forgotten through %s (%v), want %s", through, err, dayStart+3*day)
	}
}

// expectLeft expects the headers of the newest day and the pinned one, the
// relationships of days that are there, and a sign of those that are not.
func (p *past) expectLeft(t *testing.T, head, pinned uint64) {
	t.Helper()
	for statement, want := range map[string]int64{
		"MATCH (p:Piece {tier: 'day'}) WHERE p.forgotten AND p.columns IS NULL RETURN count(p)": 2,
		"MATCH ()-[r:TRANSFERRED {tier: 'day'}]->() RETURN count(r)":                            2,
		"MATCH ()-[r:TRANSFERRED {tier: 'hour'}]->() RETURN count(r)":                           2,
	} {
		if got := count(t, p.db, statement); got != want {
			t.Errorf("%s: %d, want %d", statement, got, want)
		}
	}
	for number, want := range map[uint64]bool{1: false, pinned - 1: false, pinned: true, pinned + 1: false, head - 1: true, head: true} {
		version, there, err := p.store.Version(t.Context(), number)
		if err != nil || there != want {
			t.Errorf("version %d is there: %v (%v), want %v", number, there, err, want)
		}
		if !there || number == head {
			continue
		}
		at, there, err := p.store.VersionAt(t.Context(), version.CommittedAt.Add(time.Millisecond))
		if err != nil || there != (number != pinned) {
			t.Errorf("right after version %d was committed it is %d, %v (%v): what followed the pinned one is gone, so that nobody knows", number, at.Number, there, err)
		}
	}
}

// With the days go live relationships, rollouts and nodes of what carried nothing
// since, whether or not a rollout's end was stated; what a pin holds, a finding speaks
// of or goes on carrying stays, and what comes back is as new.
func TestWhatIsLongGoneFades(t *testing.T) {
	p := daysOfPast(t, 4) // from web to cart, each day
	s, at := p.store, func(d model.Minute) model.Minute { return dayStart + d*day + 30 }
	ended := rollout("web", "ended", dayStart.Start().Add(time.Hour))
	blamed, ofDayOne, ofDayThree := rollout("web", "blamed", time.Time{}), rollout("web", "one", time.Time{}), rollout("web", "three", time.Time{})
	lasting := rollout("web", "lasting", time.Time{})
	revisions := [][]model.Fact{{ended, blamed, rollout("web", "zero", time.Time{}), lasting}, {ofDayOne}, {lasting}, {ofDayThree}}
	for d, between := range [][2]string{{"old", "older"}, {"pinned", "cart"}, {"late", "web"}, {"new", "cart"}} {
		m := at(model.Minute(d))
		kept := edge(m, workload(between[0]), workload(between[1]), 7)
		p.now[m] = []model.PricedEdge{kept}
		publication := p.chain.next(m, kept)
		publication.Revisions = revisions[d]
		p.commit(t, publication)
	}
	asOf := p.chain.number
	insight(t, p.db, workload("older"))
	blame(t, p.db, blamed.Key)
	pin := graphstore.Pin{Version: asOf, From: at(1), To: at(1) + 1, By: "ticket 2"}
	if err := s.Pin(t.Context(), pin); err != nil {
		t.Fatal(err)
	}
	pinned, newest := question{Window: window(pin.From, pin.To, asOf)}, question{Window: window(dayStart+3*day, dayStart+4*day, asOf)}
	saidPinned, saidNewest := p.ask(t, pinned), p.ask(t, newest)
	for _, step := range []struct {
		prune, unpin    bool
		want, revisions []string
		edges           int64
	}{
		{want: []string{"cart", "late", "new", "old", "older", "pinned", "web"}, edges: 5, revisions: []string{"blamed", "ended", "lasting", "one", "three", "zero"}},
		{prune: true, want: []string{"cart", "late", "new", "older", "pinned", "web"}, edges: 4, revisions: []string{"blamed", "lasting", "one", "three"}},
		{prune: true, unpin: true, want: []string{"cart", "new", "older", "web"}, edges: 2, revisions: []string{"blamed", "three"}},
	} {
		if step.unpin {
			if got := p.ask(t, pinned); !slices.Equal(got, saidPinned) {
				t.Errorf("what is pinned answers %+v, was %+v", got, saidPinned)
			}
			if err := s.Unpin(t.Context(), pin.By); err != nil {
				t.Fatal(err)
			}
		}
		if step.prune {
			p.prune(t, dayStart+3*day+1)
		}
		if got := named(t, p.db); !slices.Equal(got, step.want) {
			t.Errorf("pruned %v, unpinned %v: the nodes are %v, want %v", step.prune, step.unpin, got, step.want)
		}
		if edges := count(t, p.db, "MATCH ()-[t:TRANSFERS]->() RETURN count(t)"); edges != step.edges {
			t.Errorf("pruned %v, unpinned %v: %d live relationships, want %d", step.prune, step.unpin, edges, step.edges)
		}
		if got := revisionsOf(t, s, workload("web")); !slices.Equal(got, step.revisions) {
			t.Errorf("pruned %v, unpinned %v: the rollouts are %v, want %v", step.prune, step.unpin, got, step.revisions)
		}
	}
	if got := p.ask(t, newest); !slices.Equal(got, saidNewest) {
		t.Errorf("the newest day answers %+v, was %+v", got, saidNewest)
	}
	again := edge(at(4), workload("old"), workload("late"), 11)
	same := edge(at(4), workload("old"), workload("older"), 13)
	publish(t, s, p.chain.next(at(4), again, same)) // by a process that had met them
	expect(t, s, window(at(4), at(4)+1, p.chain.number), "", again, same)
}

// rollout is a revision of a workload that ended at a time; a zero one is still there.
func rollout(name, hash string, ended time.Time) model.Fact {
	return model.Fact{
		Kind: model.FactRevision, Key: "d/" + name + "/" + hash, Period: model.Period{From: dayStart.Start(), To: ended}, Recorded: dayStart.Start(), Source: "test",
		Revision: &model.RevisionFact{Cluster: "lab", Workload: model.WorkloadRef{Namespace: "shop", Kind: "Deployment", Name: name}, Hash: hash, RolledOut: dayStart.Start()},
	}
}

// insight has something that was found speak of a node.
func insight(t *testing.T, db *neo4j.DB, of model.Identity) {
	t.Helper()
	err := db.ExecuteWrite(t.Context(), func(tx neo4j.Tx) error {
		return tx.Exec(t.Context(), "MATCH (e:Entity {id: $id}) CREATE (:Anomaly)-[:ABOUT]->(e)", neo4j.Params{"id": of.ID()})
	})
	if err != nil {
		t.Fatal(err)
	}
}

// blame has a finding blame a rollout.
func blame(t *testing.T, db *neo4j.DB, revision string) {
	t.Helper()
	err := db.ExecuteWrite(t.Context(), func(tx neo4j.Tx) error {
		return tx.Exec(t.Context(), "MATCH (d:Deployment {id: $id}) CREATE (:Finding)-[:BLAMES]->(d)", neo4j.Params{"id": revision})
	})
	if err != nil {
		t.Fatal(err)
	}
}

// revisionsOf are the hashes of a workload's rollouts, in order.
func revisionsOf(t *testing.T, s *graphstore.Store, of model.Identity) (hashes []string) {
	t.Helper()
	facts, err := s.Deployments(t.Context(), of.ID())
	if err != nil {
		t.Fatal(err)
	}
	for i := range facts {
		hashes = append(hashes, facts[i].Revision.Hash)
	}
	slices.Sort(hashes)
	return hashes
}

// named are the names of all nodes, in order.
func named(t *testing.T, db *neo4j.DB) (all []string) {
	t.Helper()
	err := db.ExecuteRead(t.Context(), func(tx neo4j.Tx) error {
		all = nil
		return tx.Each(t.Context(), "MATCH (e:Entity) RETURN e.name ORDER BY e.name", nil, func(row neo4j.Row) error {
			var name string
			err := row.Scan(&name)
			all = append(all, name)
			return err
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}
