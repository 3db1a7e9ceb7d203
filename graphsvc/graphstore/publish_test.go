package graphstore_test

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"syscall"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/egressor/egressor/graphsvc/graphstore"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/neo4j"
	"github.com/egressor/egressor/internal/neo4j/neo4jtest"
)

const hour = 60

func window(from, to model.Minute, asOf uint64) graphstore.Window {
	return graphstore.Window{From: from, To: to, AsOf: asOf}
}

func TestReadAsOfEachVersion(t *testing.T) {
	s, _ := store(t)
	if _, there, err := s.Head(t.Context()); err != nil || there {
		t.Fatalf("an empty graph has a head: %v, %v", there, err)
	}
	web, cart := workload("web"), workload("cart")
	m := firstMinute
	first := []model.PricedEdge{edge(m, web, cart, 1000), edge(m, cart, bucket, 500_001)}
	second := []model.PricedEdge{edge(m+1, web, cart, 2002)}
	third := []model.PricedEdge{edge(m+2, web, cart, 3000), edge(m+2, web, web, 44)}
	var c chain
	publications := []graphstore.Publication{c.next(m, first...), c.next(m+1, second...), c.next(m+2, third...)}
	publish(t, s, publications...)

	expect(t, s, window(m, m+hour, 1), "", first...)
	expect(t, s, window(m, m+hour, 2), "", append(first[:2:2], second...)...)
	expect(t, s, window(m, m+hour, 3), "", append(append(first[:2:2], second...), third...)...)
	expect(t, s, window(m+1, m+2, 3), "", second...)
	expect(t, s, window(m, m+hour, 3), cart.ID(), first[0], first[1], second[0], third[0])
	expect(t, s, window(m, m+hour, 3), bucket.ID(), first[1])
	expect(t, s, window(m, m+hour, 3), "w/no/such/thing/here")

	for _, p := range publications {
		got, there, err := s.Version(t.Context(), p.Version.Number)
		if err != nil || !there {
			t.Fatalf("version %d: %v, %v", p.Version.Number, there, err)
		}
		if diff := gocmp.Diff(p.Version, got, gocmp.AllowUnexported(p.Version.Totals.Cost)); diff != "" {
			t.Fatalf("version %d (-published +read):\n%s", p.Version.Number, diff)
		}
	}
	head, _, err := s.Head(t.Context())
	if err != nil || head.Number != 3 {
		t.Fatalf("head is %d, %v, want 3", head.Number, err)
	}
}

func TestVersionsAreListedAndFound(t *testing.T) {
	s, _ := store(t)
	var c chain
	m := firstMinute
	publish(t, s, c.next(m+5), c.next(m), c.next(m+6))
	page, err := s.Versions(t.Context(), 0, 2)
	if err != nil || len(page) != 2 || page[0].Number != 3 || page[1].Number != 2 {
		t.Fatalf("the newest two versions: %v, %v", page, err)
	}
	page, err = s.Versions(t.Context(), 2, 10)
	if err != nil || len(page) != 1 || page[0].Number != 1 {
		t.Fatalf("versions below 2: %v, %v", page, err)
	}
	for before, want := range map[uint64]int{0: 3, 1: 0, 3: 2, math.MaxUint64: 3} {
		if got, err := s.CountVersions(t.Context(), before); err != nil || got != want {
			t.Errorf("%d versions below %d, want %d: %v", got, before, want, err)
		}
	}
	for asOf, want := range map[uint64]model.Minute{1: m + 6, 2: m + 6, 3: m + 7, 4: 0} {
		if got, err := s.NewestMinute(t.Context(), asOf); err != nil || got != want {
			t.Errorf("newest minute as of %d: %d, %v, want %d", asOf, got, err, want)
		}
	}
	at, there, err := s.VersionAt(t.Context(), m.End().Add(time.Minute))
	if err != nil || !there || at.Number != 2 {
		t.Errorf("version at a moment: %d, %v, %v, want 2", at.Number, there, err)
	}
	if _, there, err := s.VersionAt(t.Context(), m.Start()); err != nil || there {
		t.Errorf("a version before the first: %v, %v", there, err)
	}
}

func TestRefoldKeepsOldAnswers(t *testing.T) {
	s, db := store(t)
	web, cart, mail := workload("web"), workload("cart"), workload("mail")
	m := firstMinute
	same, grows, goes := edge(m, web, cart, 1000), edge(m, cart, bucket, 5000), edge(m, mail, bucket, 700)
	next := edge(m+1, web, cart, 10)
	grown, comes := edge(m, cart, bucket, 9000), edge(m, web, mail, 80)
	var c chain
	publish(t, s, c.next(m, same, grows, goes), c.next(m+1, next))
	refold := c.next(m, same, grown, comes)
	refold.Version.Kind = model.VersionRefold
	publish(t, s, refold)

	for asOf := range uint64(2) {
		expect(t, s, window(m, m+1, asOf+1), "", same, grows, goes)
	}
	expect(t, s, window(m, m+1, 3), "", same, grown, comes)
	expect(t, s, window(m, m+2, 3), "", same, grown, comes, next)
	expect(t, s, window(m, m+1, 3), mail.ID(), comes)
	if got := count(t, db, "MATCH (p:Piece) RETURN count(p)"); got != 3 {
		t.Errorf("%d pieces, want one a version", got)
	}
	checkLive(t, s, map[model.EdgeID]uint64{same.Key.ID(): 1010, grown.Key.ID(): 9000, comes.Key.ID(): 80})
}

func count(t *testing.T, db *neo4j.DB, statement string) (n int64) {
	t.Helper()
	err := db.ExecuteRead(t.Context(), func(tx neo4j.Tx) error {
		_, err := tx.Single(t.Context(), statement, nil, &n)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func checkLive(t *testing.T, s *graphstore.Store, want map[model.EdgeID]uint64) {
	t.Helper()
	live, err := s.Live(t.Context(), 1000)
	if err != nil {
		t.Fatal(err)
	}
	got := map[model.EdgeID]uint64{}
	for _, l := range live {
		if l.Key.ID() != l.ID {
			t.Errorf("live edge %s has the key of %s", l.ID, l.Key.ID())
		}
		got[l.ID] = l.TotalBytes
	}
	if diff := gocmp.Diff(want, got); diff != "" {
		t.Errorf("live totals (-want +got):\n%s", diff)
	}
}

func TestGuards(t *testing.T) {
	s, db := store(t)
	web, cart := workload("web"), workload("cart")
	m := firstMinute
	var c chain
	first, second := c.next(m, edge(m, web, cart, 1000)), c.next(m+1, edge(m+1, web, cart, 1000))
	third := c.next(m + 2)
	publish(t, s, first)

	// A retry after an unknown outcome, from this process and from a new one.
	publish(t, s, first)
	publish(t, graphstore.New(db), first)

	other := first
	other.Version.Digest = "another"
	unchained := second
	unchained.Version.Previous = "nobody"
	for name, p := range map[string]graphstore.Publication{"other digest": other, "gap": third, "not chained": unchained} {
		if err := s.Publish(t.Context(), p); !errors.Is(err, graphstore.ErrVersionConflict) {
			t.Errorf("%s: %v, want a version conflict", name, err)
		}
	}
	misplaced := second
	misplaced.Edges = []model.PricedEdge{edge(m+7, web, cart, 1)}
	twice := second
	twice.Edges = append(twice.Edges[:1:1], twice.Edges[0])
	for name, p := range map[string]graphstore.Publication{"foreign minute": misplaced, "edge twice": twice} {
		if err := s.Publish(t.Context(), p); err == nil {
			t.Errorf("%s was published", name)
		}
	}
	expect(t, s, window(m, m+hour, 9), "", first.Edges...)
	checkLive(t, s, map[model.EdgeID]uint64{first.Edges[0].Key.ID(): 1000})
	publish(t, s, second, third)
}

func TestTwoFoldersPublishOnce(t *testing.T) {
	s, db := store(t)
	web, cart := workload("web"), workload("cart")
	var a, b chain
	publish(t, s, a.next(firstMinute))
	b.next(firstMinute)
	one, two := a.next(firstMinute+1, edge(firstMinute+1, web, cart, 5)), b.next(firstMinute+1, edge(firstMinute+1, web, cart, 7))
	two.Version.Digest = "the other folder's"
	outcomes := make(chan error, 2)
	for _, p := range []graphstore.Publication{one, two} {
		go func() { outcomes <- graphstore.New(db).Publish(t.Context(), p) }()
	}
	first, second := <-outcomes, <-outcomes
	if (first == nil) == (second == nil) || !errors.Is(errors.Join(first, second), graphstore.ErrVersionConflict) {
		t.Fatalf("outcomes %v and %v, want one success and one conflict", first, second)
	}
	if got := count(t, db, "MATCH (p:Piece) RETURN count(p)"); got != 2 {
		t.Fatalf("%d pieces, want one of each version", got)
	}
}

func TestEmptiedGraphIsNoticed(t *testing.T) {
	s, db := store(t)
	web, cart := workload("web"), workload("cart")
	var c chain
	publish(t, s, c.next(firstMinute, edge(firstMinute, web, cart, 5)))
	neo4jtest.Clean(t, db)
	acquire(t, s, lease.Holder, lease)
	c = chain{}
	again := edge(firstMinute, web, cart, 6)
	publish(t, s, c.next(firstMinute, again))
	expect(t, s, window(firstMinute, firstMinute+1, 1), "", again)
}

func TestKillBetweenPublications(t *testing.T) {
	child := neo4jtest.Child(t, t.TempDir())
	db := neo4jtest.Connect(t, child)
	s := led(t, db)
	web, cart := workload("web"), workload("cart")
	seed := rand.New(rand.NewPCG(1, 2))
	var c chain
	var all []model.PricedEdge
	for i := range 12 {
		m := firstMinute + model.Minute(i)
		e := edge(m, web, cart, seed.Uint64N(1<<40))
		all = append(all, e)
		publication := c.next(m, e)
		killed := make(chan struct{})
		go func() {
			defer close(killed)
			if i%6 == 3 {
				_ = syscall.Kill(child.PID(), syscall.SIGKILL)
			}
		}()
		if i%6 == 3 && i > 6 {
			<-killed // once between two publications, once during one
		}
		publishUntilDone(t, s, publication)
		<-killed
	}
	expect(t, s, window(firstMinute, firstMinute+hour, c.number), "", all...)
	head, _, err := s.Head(t.Context())
	if err != nil || head.Number != c.number {
		t.Fatalf("head %d, %v, want %d", head.Number, err, c.number)
	}
}

// publishUntilDone is what the fold does after a failure: the same again.
func publishUntilDone(t *testing.T, s *graphstore.Store, p graphstore.Publication) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	for {
		err := s.Publish(ctx, p)
		if err == nil {
			return
		}
		if ctx.Err() != nil || errors.Is(err, graphstore.ErrVersionConflict) {
			t.Fatal(err)
		}
	}
}

func TestDeployments(t *testing.T) {
	s, _ := store(t)
	web := workload("web")
	fact := func(key string, number int64, at time.Time) model.Fact {
		return model.Fact{
			Kind: model.FactRevision, Key: key, Period: model.Period{From: at}, Recorded: at.Add(time.Second), Source: "kubernetes/lab",
			Revision: &model.RevisionFact{
				Cluster: "lab", Workload: model.WorkloadRef{Namespace: "shop", Kind: "Deployment", Name: "web"},
				Hash: key, Number: number, Images: []string{"web:" + key}, RolledOut: at,
				ChangedBy: "ann", Cause: "kubectl", GitCommit: "abc", Team: "store",
			},
		}
	}
	older, newer := fact("web-1", 1, firstMinute.Start()), fact("web-2", 2, firstMinute.End())
	var c chain
	p := c.next(firstMinute)
	p.Revisions = []model.Fact{older, newer}
	q := c.next(firstMinute + 1)
	newer.Revision.Cause = "corrected"
	q.Revisions = []model.Fact{newer}
	publish(t, s, p, q)
	got, err := s.Deployments(t.Context(), web.ID())
	if err != nil {
		t.Fatal(err)
	}
	if diff := gocmp.Diff([]model.Fact{newer, older}, got); diff != "" {
		t.Fatalf("deployments (-want +got):\n%s", diff)
	}
	one, ok, err := s.Deployment(t.Context(), newer.Key)
	if diff := gocmp.Diff(newer, one); diff != "" || !ok || err != nil {
		t.Errorf("one deployment: %v, %v (-want +got):\n%s", ok, err, diff)
	}
	if _, ok, err := s.Deployment(t.Context(), "nobody's"); ok || err != nil {
		t.Errorf("a deployment that is not there: %v, %v", ok, err)
	}
	for _, c := range []struct {
		from, to time.Time
		limit    int
		want     []model.Fact
	}{
		{firstMinute.Start(), firstMinute.End(), 9, []model.Fact{older}},
		{firstMinute.Start(), firstMinute.End().Add(time.Second), 9, []model.Fact{newer, older}},
		{firstMinute.Start(), firstMinute.End().Add(time.Second), 1, []model.Fact{newer}},
		{firstMinute.End().Add(time.Second), firstMinute.End().Add(time.Hour), 9, nil},
	} {
		got, err := s.Rollouts(t.Context(), c.from, c.to, c.limit)
		if diff := gocmp.Diff(c.want, got); err != nil || diff != "" {
			t.Errorf("at most %d rollouts from %s to %s: %v (-want +got):\n%s", c.limit, c.from, c.to, err, diff)
		}
	}
}
