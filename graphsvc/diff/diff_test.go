package diff_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/egressor/egressor/graphsvc/diff"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

var equalMoney = cmp.Comparer(func(a, b money.Amount) bool { return a == b })

// state draws a state of the graph from few names, so that two states share edges.
func state(t *rapid.T, label string) []*diff.Edge {
	var edges []*diff.Edge
	seen := map[model.EdgeID]bool{}
	for range rapid.IntRange(0, 20).Draw(t, label+" edges") {
		e := edge(
			rapid.SampledFrom([]string{"web", "cart", "db"}).Draw(t, "source"), rapid.SampledFrom([]string{"web", "cart", "db"}).Draw(t, "destination"),
			rapid.SampledFrom([]string{"", "az1", "az2"}).Draw(t, "zone"),
			rapid.Uint64Range(0, 5).Draw(t, "bytes"), rapid.Int64Range(-3, 5).Draw(t, "atoms"),
		)
		if !seen[e.ID] {
			seen[e.ID] = true
			edges = append(edges, e)
		}
	}
	return edges
}

func edge(source, destination, zone string, bytes uint64, atoms int64) *diff.Edge {
	key := model.EdgeKey{
		Source: workload(source), Destination: workload(destination), SourceRevision: source + "-1", DestinationPlace: model.Place{Zone: zone},
		ServerPort: 443, Protocol: model.TCP, Initiator: model.InitiatorSource, Path: model.Path{Kind: model.PathVPC},
	}
	return &diff.Edge{ID: key.ID(), Key: key, Sent: model.Counts{WireBytes: bytes}, Cost: money.FromAtoms(atoms)}
}

func workload(name string) model.Identity {
	return model.Identity{Kind: model.KindWorkload, Cluster: "lab", Namespace: "ns-" + name, Type: "Deployment", Name: name}
}

type teams struct{}

func (teams) Team(_ model.Identity, revision string) string {
	return strings.TrimSuffix(revision, "-1")
}

// TestAppliedDiffIsTheOtherState: diff(v, w) applied to v gives w, and there is
// no change between a state and itself.
func TestAppliedDiffIsTheOtherState(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v, w := state(t, "v"), state(t, "w")
		changes := between(t, v, w)
		got, err := diff.Apply(v, changes)
		if err != nil {
			t.Fatal(err)
		}
		if left := between(t, got, w); !all(left, diff.Same) || len(left) != len(w) {
			t.Fatalf("v with its changes is not w: %+v", left)
		}
		back, err := diff.Apply(w, between(t, w, v))
		if err != nil {
			t.Fatal(err)
		}
		if left := between(t, back, v); !all(left, diff.Same) || len(left) != len(v) {
			t.Fatalf("and back again is not v: %+v", left)
		}
		if !all(between(t, v, v), diff.Same) {
			t.Fatal("a state differs from itself")
		}
	})
}

func between(t *rapid.T, v, w []*diff.Edge) []diff.Change {
	changes, err := diff.Between(v, w)
	if err != nil {
		t.Fatal(err)
	}
	return changes
}

func all(changes []diff.Change, kind diff.Kind) bool {
	for _, c := range changes {
		if c.Kind() != kind {
			return false
		}
	}
	return true
}

// TestEveryDimensionAddsUp: the totals are those of the two states whatever the
// rows are grouped by, the parts sum to them, and a limit loses nothing.
func TestEveryDimensionAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v, w := state(t, "v"), state(t, "w")
		changes := between(t, v, w)
		wantBefore, wantAfter := total(t, v), total(t, w)
		order := rapid.SampledFrom([]diff.Order{diff.ByCost, diff.ByBytes}).Draw(t, "order")
		limit := rapid.IntRange(0, 10).Draw(t, "limit")
		for _, by := range diff.Dimensions {
			table, err := diff.Tabulate(changes, by, order, teams{})
			if err != nil {
				t.Fatal(err)
			}
			if table.Total.Before != wantBefore || table.Total.After != wantAfter {
				t.Fatalf("by %s: total %+v, want %+v and %+v", by, table.Total, wantBefore, wantAfter)
			}
			rest, err := table.Rest(limit)
			if err != nil {
				t.Fatal(err)
			}
			deltas := []diff.Delta{rest, table.Same}
			for i, row := range table.Rows[:min(limit, len(table.Rows))] {
				deltas = append(deltas, row.Delta)
				if (row.Edge != nil) != (by == diff.ByTransfer) {
					t.Fatalf("by %s: row %d has the edge %v", by, i, row.Edge)
				}
			}
			checkSum(t, table.Total, deltas)
			checkSum(t, table.Total, []diff.Delta{table.New, table.Gone, table.Changed, table.Same})
		}
	})
}

func total(t *rapid.T, edges []*diff.Edge) diff.Sum {
	sum := diff.Sum{Transfers: len(edges)}
	for _, e := range edges {
		var err error
		sum.Bytes += e.Sent.WireBytes
		if sum.Cost, err = sum.Cost.Add(e.Cost); err != nil {
			t.Fatal(err)
		}
	}
	return sum
}

func checkSum(t *rapid.T, want diff.Delta, parts []diff.Delta) {
	var bytes int64
	var cost money.Amount
	rows := 0
	for _, part := range parts {
		var err error
		rows, bytes = rows+part.Rows, bytes+part.Bytes
		if cost, err = cost.Add(part.Cost); err != nil {
			t.Fatal(err)
		}
	}
	if rows != want.Rows || bytes != want.Bytes || cost != want.Cost {
		t.Fatalf("%d rows, %d bytes and %v do not add up to %+v", rows, bytes, cost, want)
	}
}

// TestRows: who changed, ranked by the size of the change.
func TestRows(t *testing.T) {
	before := []*diff.Edge{edge("web", "cart", "az1", 10, 5), edge("web", "db", "az1", 7, 7), edge("cart", "db", "az1", 1, 1)}
	after := []*diff.Edge{edge("web", "cart", "az1", 30, 6), edge("cart", "db", "az1", 1, 1), edge("cart", "db", "az2", 4, 20)}
	changes, err := diff.Between(before, after)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		by    diff.Dimension
		order diff.Order
		want  []string
	}{
		{diff.ByPair, diff.ByCost, []string{"w/lab/ns-cart/Deployment/cart,w/lab/ns-db/Deployment/db changed", "w/lab/ns-web/Deployment/web,w/lab/ns-db/Deployment/db gone", "w/lab/ns-web/Deployment/web,w/lab/ns-cart/Deployment/cart changed"}},
		{diff.ByPair, diff.ByBytes, []string{"w/lab/ns-web/Deployment/web,w/lab/ns-cart/Deployment/cart changed", "w/lab/ns-web/Deployment/web,w/lab/ns-db/Deployment/db gone", "w/lab/ns-cart/Deployment/cart,w/lab/ns-db/Deployment/db changed"}},
		{diff.BySource, diff.ByCost, []string{"w/lab/ns-cart/Deployment/cart changed", "w/lab/ns-web/Deployment/web changed"}},
		{diff.ByZonePair, diff.ByCost, []string{",az2 new", ",az1 changed"}},
		{diff.BySourceTeam, diff.ByCost, []string{"cart changed", "web changed"}},
		{diff.ByNamespacePair, diff.ByCost, []string{"ns-cart,ns-db changed", "ns-web,ns-db gone", "ns-web,ns-cart changed"}},
		{diff.ByPath, diff.ByCost, []string{"vpc changed"}},
	} {
		table, err := diff.Tabulate(changes, row.by, row.order, teams{})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, r := range table.Rows {
			got = append(got, strings.Join(row.by.Names(r.Group), ",")+" "+string(r.Kind))
		}
		if d := cmp.Diff(row.want, got); d != "" {
			t.Errorf("by %s (-want +got):\n%s", row.by, d)
		}
	}
	nodes, err := diff.Nodes(changes)
	if err != nil {
		t.Fatal(err)
	}
	want := diff.NodeChange{
		ID: "w/lab/ns-cart/Deployment/cart", Identity: workload("cart"), Kind: diff.Changed, Cost: money.FromAtoms(21),
		Before: diff.NodeSum{Transfers: 2, BytesOut: 1, BytesIn: 10, Cost: money.FromAtoms(6)},
		After:  diff.NodeSum{Transfers: 3, BytesOut: 5, BytesIn: 30, Cost: money.FromAtoms(27)},
	}
	if d := cmp.Diff(want, nodes[0], equalMoney); d != "" {
		t.Errorf("the node that changed most (-want +got):\n%s", d)
	}
}

// TestRefused: what no state of the graph can be.
func TestRefused(t *testing.T) {
	one, other := edge("web", "cart", "", 1, 1), edge("web", "cart", "", 2, 1)
	huge := edge("web", "db", "", 1<<63-1, 1)
	if _, err := diff.Between([]*diff.Edge{one, other}, nil); err == nil {
		t.Error("an edge that occurs twice was taken")
	}
	if _, err := diff.Apply([]*diff.Edge{other}, []diff.Change{{Before: one}}); err == nil {
		t.Error("a change was applied to a state that it is not from")
	}
	changes, err := diff.Between(nil, []*diff.Edge{one, huge})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := diff.Tabulate(changes, diff.ByPath, diff.ByCost, nil); err == nil {
		t.Error("a total of more than 2^63 bytes was given")
	}
	if _, err := diff.ParseDimension("colour"); err == nil {
		t.Error("grouped by colour")
	}
}

func BenchmarkDiff(b *testing.B) {
	// 30,000 edges on either side, 5 % of them new, gone or changed.
	var before, after []*diff.Edge
	for i := range 30_000 {
		e := edge(string(rune('a'+i%2000)), string(rune('A'+i%1777)), string(rune('0'+i%3)), uint64(i), int64(i))
		e.ID = model.EdgeID(i)
		changed := *e
		changed.Sent.WireBytes++
		switch i % 60 {
		case 0:
			before = append(before, e)
		case 1:
			after = append(after, e)
		case 2:
			before, after = append(before, e), append(after, &changed)
		default:
			before, after = append(before, e), append(after, e)
		}
	}
	for b.Loop() {
		changes, err := diff.Between(before, after)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := diff.Tabulate(changes, diff.ByPair, diff.ByCost, nil); err != nil {
			b.Fatal(err)
		}
	}
}
