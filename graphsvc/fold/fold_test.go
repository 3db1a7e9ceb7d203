package fold_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/egressor/egressor/graphsvc/attribution"
	"github.com/egressor/egressor/graphsvc/fold"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/testkit/gen"
)

// flowsOf attributes a world that every agent reported in full.
func flowsOf(t *rapid.T, w gen.World) []attribution.AttributedFlow {
	index, err := attribution.NewIndex(w.Facts)
	if err != nil {
		t.Fatal(err)
	}
	flows, _ := attribution.Attribute(index, fullCoverage(w), rowsOf(w))
	return flows
}

func fullCoverage(w gen.World) *attribution.Coverage {
	var coverage attribution.Coverage
	for _, agent := range w.Agents {
		coverage.Add(agent, model.Period{From: w.Minute.Start(), To: w.Minute.End()})
	}
	return &coverage
}

func rowsOf(w gen.World) []attribution.ReportedRow {
	var rows []attribution.ReportedRow
	for _, r := range w.Rows() {
		rows = append(rows, attribution.ReportedRow{Agent: r.Agent, Row: r.Row})
	}
	return rows
}

func mustFold(t *rapid.T, minute model.Minute, flows []attribution.AttributedFlow) fold.Result {
	result, err := fold.Fold(minute, flows)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// TestConservation: a minute's edges hold every byte that went over the wire,
// the unknown included, and so do its nodes and its totals.
func TestConservation(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := gen.DrawWorld(t)
		var want model.Counts
		for _, c := range w.Connections {
			want = want.Add(c.Up).Add(c.Down)
		}
		r := mustFold(t, w.Minute, flowsOf(t, w))
		var edges model.Counts
		for _, edge := range r.Edges {
			edges = edges.Add(edge.Sent)
		}
		var sent, received uint64
		for _, node := range r.Nodes {
			sent, received = sent+node.SentBytes, received+node.ReceivedBytes
		}
		if edges != want || r.Totals.Sent != want || sent != want.WireBytes || received != want.WireBytes {
			t.Fatalf("edges %+v, totals %+v, nodes sent %d received %d; want %+v", edges, r.Totals.Sent, sent, received, want)
		}
	})
}

// TestFoldIsFreeOfOrder: flows in any order give the same digest.
func TestFoldIsFreeOfOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := gen.DrawWorld(t)
		flows := flowsOf(t, w)
		a := fold.Digest(mustFold(t, w.Minute, flows))
		b := fold.Digest(mustFold(t, w.Minute, rapid.Permutation(flows).Draw(t, "order")))
		if a != b {
			t.Fatalf("digest %s, in another order %s", a, b)
		}
	})
}

// TestMerge: folding in parts and merging is folding at once.
func TestMerge(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := gen.DrawWorld(t)
		flows := flowsOf(t, w)
		cut := rapid.IntRange(0, len(flows)).Draw(t, "cut")
		merged, err := fold.Merge(mustFold(t, w.Minute, flows[:cut]), mustFold(t, w.Minute, flows[cut:]))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(mustFold(t, w.Minute, flows), merged, cmpopts.EquateComparable(model.VersionTotals{})); diff != "" {
			t.Fatalf("merged differs:\n%s", diff)
		}
	})
}

// TestApplyOfDiff: the change between two minutes leads from one to the other,
// and between equal ones there is none.
func TestApplyOfDiff(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w, v := gen.DrawWorld(t), gen.DrawWorld(t)
		a, b := mustFold(t, w.Minute, flowsOf(t, w)), mustFold(t, v.Minute, flowsOf(t, v))
		change := fold.Diff(a, b)
		got := fold.Apply(a, change)
		if diff := cmp.Diff(b, got, cmpopts.EquateComparable(model.VersionTotals{})); diff != "" || fold.Digest(got) != fold.Digest(b) {
			t.Fatalf("apply(a, diff(a, b)) is not b:\n%s", diff)
		}
		if len(change.Keys()) != len(change.Set)+len(change.Removed) {
			t.Fatalf("keys: %d", len(change.Keys()))
		}
		if same := fold.Diff(b, b); !same.IsEmpty() {
			t.Fatalf("diff(b, b) = %+v", same)
		}
	})
}

// TestInputDigestIsFreeOfBatching: rows in any order, a row cut into two, and
// coverage cut into tiles and repeated give the same digest; a byte more does
// not.
func TestInputDigestIsFreeOfBatching(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := gen.DrawWorld(t)
		rows := rowsOf(w)
		want := fold.InputDigest(w.Minute, fullCoverage(w), rows)

		var tiles attribution.Coverage
		cut := w.Minute.Start().Add(time.Duration(rapid.Int64Range(0, int64(time.Minute)).Draw(t, "cut")).Truncate(time.Microsecond))
		for _, agent := range w.Agents {
			tiles.Add(agent, model.Period{From: cut, To: w.Minute.End()})
			tiles.Add(agent, model.Period{From: w.Minute.Start(), To: cut})
			tiles.Add(agent, model.Period{From: w.Minute.Start(), To: cut})
		}
		shuffled := rapid.Permutation(rows).Draw(t, "order")
		if len(shuffled) > 0 {
			part := shuffled[0]
			part.Row.Sent, part.Row.Connections = model.Counts{}, 0
			shuffled[0].Row.Received = model.Counts{}
			shuffled = append(shuffled, part)
		}
		if got := fold.InputDigest(w.Minute, &tiles, shuffled); got != want {
			t.Fatalf("digest %s, batched another way %s", want, got)
		}
		if len(shuffled) > 0 {
			shuffled[0].Row.Sent.WireBytes++
			if fold.InputDigest(w.Minute, &tiles, shuffled) == want {
				t.Fatal("a byte more, and the same digest")
			}
		}
	})
}

func TestFactsDigest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		facts := gen.DrawWorld(t).Facts
		want, err := fold.FactsDigest(facts)
		if err != nil {
			t.Fatal(err)
		}
		twice := rapid.Permutation(append(facts, facts[0])).Draw(t, "order")
		if got, _ := fold.FactsDigest(twice); got != want {
			t.Fatalf("digest %s, in another order and one twice %s", want, got)
		}
		if got, _ := fold.FactsDigest(facts[1:]); got == want {
			t.Fatal("a fact less, and the same digest")
		}
	})
}
