package app

import (
	"context"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/egressor/egressor/graphsvc/diff"
	"github.com/egressor/egressor/graphsvc/graphstore"
	"github.com/egressor/egressor/graphsvc/pieces"
	"github.com/egressor/egressor/graphsvc/placement"
	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/internal/clock"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
	"github.com/egressor/egressor/internal/neo4j"
	"github.com/egressor/egressor/internal/neo4j/neo4jtest"
	"github.com/egressor/egressor/internal/testkit"
)

func TestMain(m *testing.M) { neo4jtest.Main(m) }

// graphWriter publishes versions into an empty Neo4j.
type graphWriter struct {
	store *graphstore.Store
	lease graphstore.Lease
	last  model.GraphVersion
}

func newGraphWriter(tb testing.TB) *graphWriter {
	tb.Helper()
	db := neo4jtest.DB(tb)
	if err := neo4j.Migrate(tb.Context(), db); err != nil {
		tb.Fatal(err)
	}
	w := &graphWriter{store: graphstore.New(db)}
	var err error
	if w.lease, err = w.store.AcquireLease(tb.Context(), "test", time.Hour); err != nil {
		tb.Fatal(err)
	}
	return w
}

func (w *graphWriter) explorer() *query.Explorer {
	return query.New(query.Dependencies{Graphs: graphs{w.store}, Layout: placement.Passing(), Sources: &priceSources{}, Clock: clock.System{}})
}

// publish commits a minute's edges; a minute that was published before is refolded.
func (w *graphWriter) publish(tb testing.TB, kind model.VersionKind, minute model.Minute, edges ...model.PricedEdge) {
	tb.Helper()
	number := w.last.Number + 1
	v := model.GraphVersion{
		Number: number, Kind: kind, From: minute, To: minute + 1, Currency: "USD", Previous: w.last.Digest,
		Digest: model.Digest(fmt.Sprintf("digest-%d", number)), CommittedAt: (minute + model.Minute(number)).Start(),
	}
	v.Totals.Edges = uint64(len(edges))
	for _, e := range edges {
		v.Totals.Sent = v.Totals.Sent.Add(e.Sent)
		v.Totals.Cost, _ = v.Totals.Cost.Add(e.Cost)
	}
	if err := w.store.Publish(tb.Context(), graphstore.Publication{Version: v, Lease: w.lease, Edges: edges}); err != nil {
		tb.Fatal(err)
	}
	w.last = v
}

// drawEdges are a random minute of few workloads.
func drawEdges(random *rand.Rand, minute model.Minute) []model.PricedEdge {
	var edges []model.PricedEdge
	for source := range 4 {
		for destination := range 4 {
			if random.IntN(3) > 0 {
				continue
			}
			bytes := random.Uint64N(1000) + 1
			edges = append(edges, pricedEdge(minute, fmt.Sprint(source), fmt.Sprint(destination), bytes))
		}
	}
	return edges
}

func pricedEdge(minute model.Minute, source, destination string, bytes uint64) model.PricedEdge {
	workload := func(name string) model.Identity {
		return model.Identity{Kind: model.KindWorkload, Cluster: "lab", Namespace: "shop", Type: "Deployment", Name: name}
	}
	return model.PricedEdge{
		EdgeMinute: model.EdgeMinute{
			Minute: minute, Sent: model.Counts{WireBytes: bytes, Packets: bytes/100 + 1}, Connections: 1,
			Key: model.EdgeKey{
				Source: workload(source), Destination: workload(destination), ServerPort: 443, Protocol: model.TCP, Initiator: model.InitiatorSource,
				SourcePlace: model.Place{Zone: "az-" + source}, DestinationPlace: model.Place{Zone: "az-" + destination}, Path: model.Path{Kind: model.PathVPC},
			},
		},
		Cost: money.FromAtoms(int64(bytes)*1234567 + 1),
	}
}

// reprice doubles what the newest version of a minute costs.
func (w *graphWriter) reprice(tb testing.TB, minute model.Minute, edges []model.PricedEdge) {
	tb.Helper()
	dearer := slices.Clone(edges)
	for i := range dearer {
		dearer[i].Cost, _ = dearer[i].Cost.Add(dearer[i].Cost)
	}
	w.publish(tb, model.VersionReprice, minute, dearer...)
}

// compact keeps the hour that begins with a minute as one span.
func (w *graphWriter) compact(tb testing.TB, begin model.Minute) {
	tb.Helper()
	parts, _, err := w.store.Parts(tb.Context(), pieces.Hour, begin, w.last.Number)
	if err != nil {
		tb.Fatal(err)
	}
	spans, err := pieces.Add(pieces.Hour, begin, parts)
	if err != nil {
		tb.Fatal(err)
	}
	v := w.last
	v.Number, v.Kind, v.From, v.To, v.Previous = v.Number+1, model.VersionCompact, begin, begin+pieces.Hour.Minutes, v.Digest
	v.Digest = model.Digest(fmt.Sprintf("digest-%d", v.Number))
	if err := w.store.Publish(tb.Context(), graphstore.Publication{Version: v, Lease: w.lease, Tier: pieces.Hour, Spans: spans}); err != nil {
		tb.Fatal(err)
	}
	w.last = v
}

// TestDiffsStayWhatTheyWere: on the real graph, diff(v, w) applied to v gives w,
// and the same question has the same answer, to the byte, after later folds,
// refolds, a compaction and a reprice.
func TestDiffsStayWhatTheyWere(t *testing.T) {
	const minutes, questions = 6, 20
	writer, random := newGraphWriter(t), testkit.Rand(t)
	first := model.MinuteOf(time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC))
	grow := func() {
		for minute := first; minute < first+minutes; minute++ {
			kind := model.VersionFold
			if writer.last.Number >= minutes {
				kind = model.VersionRefold
			}
			edges := drawEdges(random, minute)
			writer.publish(t, kind, minute, edges...)
			if kind == model.VersionRefold {
				writer.reprice(t, minute, edges)
			}
		}
	}
	grow()
	asks := make([]query.DiffAsk, questions)
	answers := make([]*query.Diff, questions)
	ask := func() query.Ask {
		from := first + model.Minute(random.IntN(minutes))
		if random.IntN(3) == 0 { // a whole hour, which has a piece of its own later
			return query.Ask{From: first.Start(), To: (first + pieces.Hour.Minutes).Start(), AsOfVersion: 1 + random.Uint64N(minutes)}
		}
		return query.Ask{From: from.Start(), To: (from + 1 + model.Minute(random.IntN(minutes))).Start(), AsOfVersion: 1 + random.Uint64N(minutes)}
	}
	for i := range asks {
		asks[i] = query.DiffAsk{Before: ask(), After: ask(), By: diff.Dimensions[random.IntN(len(diff.Dimensions))], Limit: 5}
		answers[i] = diffFor(t, writer, asks[i])
	}
	writer.compact(t, first)
	grow() // every minute again, with other bytes, and then with other prices
	for i := range asks {
		again := diffFor(t, writer, asks[i])
		if d := cmp.Diff(answers[i], again, cmp.Exporter(func(reflect.Type) bool { return true })); d != "" {
			t.Fatalf("%+v is answered otherwise after later versions:\n%s", asks[i], d)
		}
	}
}

// diffFor asks a new explorer, which has read nothing before, and checks that
// the changes lead from one side to the other.
func diffFor(t *testing.T, writer *graphWriter, ask query.DiffAsk) *query.Diff {
	t.Helper()
	explorer := writer.explorer()
	found, err := explorer.Diff(t.Context(), ask)
	if err != nil {
		t.Fatal(err)
	}
	got, err := diff.Apply(sideOf(t, explorer, ask.Before), found.Changes)
	if err != nil {
		t.Fatal(err)
	}
	changes, err := diff.Between(got, sideOf(t, explorer, ask.After))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range changes {
		if c.Kind() != diff.Same {
			t.Fatalf("%+v: the changes do not lead to %+v", ask, c.After)
		}
	}
	return found
}

func sideOf(t *testing.T, explorer *query.Explorer, ask query.Ask) []*diff.Edge {
	t.Helper()
	graph, err := explorer.Transfers(context.WithoutCancel(t.Context()), ask, "", query.ByCost)
	if err != nil {
		t.Fatal(err)
	}
	edges := make([]*diff.Edge, len(graph.Transfers))
	for i := range graph.Transfers {
		edges[i] = (*diff.Edge)(&graph.Transfers[i])
	}
	return edges
}
