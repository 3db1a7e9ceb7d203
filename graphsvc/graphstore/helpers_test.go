package graphstore_test

import (
	"cmp"
	"fmt"
	"slices"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/egressor/egressor/graphsvc/graphstore"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
	"github.com/egressor/egressor/internal/neo4j"
	"github.com/egressor/egressor/internal/neo4j/neo4jtest"
)

func TestMain(m *testing.M) { neo4jtest.Main(m) }

// firstMinute is 2026-11-23T10:00:00Z.
const firstMinute model.Minute = 29_923_800

// store is an empty, migrated graph, with the chains' lease in hand.
func store(tb testing.TB) (*graphstore.Store, *neo4j.DB) {
	tb.Helper()
	db := neo4jtest.DB(tb)
	return led(tb, db), db
}

// led migrates an empty graph and takes the chains' lease.
func led(tb testing.TB, db *neo4j.DB) *graphstore.Store {
	tb.Helper()
	if err := neo4j.Migrate(tb.Context(), db); err != nil {
		tb.Fatal(err)
	}
	s := graphstore.New(db)
	acquire(tb, s, lease.Holder, lease)
	return s
}

// lease is that of every publication of a chain.
var lease = graphstore.Lease{Holder: "test", Term: 1}

// acquire asks for the lease and expects who holds it then.
func acquire(tb testing.TB, s *graphstore.Store, holder string, want graphstore.Lease) {
	tb.Helper()
	if got, err := s.AcquireLease(tb.Context(), holder, time.Hour); err != nil || got != want {
		tb.Fatalf("%q asked for the lease: it is %+v (%v), want %+v", holder, got, err, want)
	}
}

func workload(name string) model.Identity {
	return model.Identity{Kind: model.KindWorkload, Cluster: "lab", Namespace: "shop", Type: "Deployment", Name: name}
}

var bucket = model.Identity{Kind: model.KindCloudEndpoint, Type: "s3", Region: "us-east-1", Name: "s3"}

// edge is one edge's minute whose every figure follows from bytes.
func edge(minute model.Minute, from, to model.Identity, bytes uint64) model.PricedEdge {
	return model.PricedEdge{
		EdgeMinute: model.EdgeMinute{
			Minute: minute,
			Key: model.EdgeKey{
				Source: from, Destination: to, SourceRevision: from.Name + "-1", ServerPort: 8080, Protocol: model.TCP,
				Initiator:   model.InitiatorSource,
				SourcePlace: model.Place{Provider: "aws", Region: "us-east-1", Zone: "use1-az1", Network: "vpc-1", Account: "111122223333"},
				Path:        model.Path{Kind: model.PathNAT, Via: "nat-1", ViaZone: "use1-az2", Assumed: true},
			},
			Sent:        model.Counts{WireBytes: bytes, PayloadBytes: bytes * 9 / 10, Packets: bytes / 1000, RetransmittedPackets: bytes / 100_000},
			Connections: bytes % 7, RTTMicros: uint32(bytes % 1000), CheckBytes: bytes - 1, Checked: bytes%2 == 0,
		},
		Cost: cost(bytes),
	}
}

// cost is bytes x 0.045 per GiB, plus an atom, so that nothing fits nano units.
func cost(bytes uint64) money.Amount {
	amount, err := money.FromBytes(bytes, 45_000_000, 1<<30)
	if err != nil {
		panic(err)
	}
	sum, err := amount.Add(money.FromAtoms(1))
	if err != nil {
		panic(err)
	}
	return sum
}

// chain makes publications that follow one another.
type chain struct {
	number uint64
	digest model.Digest
}

func (c *chain) next(minute model.Minute, edges ...model.PricedEdge) graphstore.Publication {
	previous := c.digest
	c.number++
	c.digest = model.Digest(fmt.Sprintf("digest-%d", c.number))
	version := model.GraphVersion{
		Number: c.number, Kind: model.VersionFold, From: minute, To: minute + 1,
		Inputs:      []model.InputRange{{Agent: model.AgentID{Cluster: "lab", Node: "a"}, Boot: "b", First: c.number, Last: c.number + 1}},
		InputDigest: "in", FactsDigest: "facts", FactsRecordedThrough: minute.Start().Add(time.Second),
		PriceBook: "aws 1", PriceBookDigest: "book", Currency: "USD", CodeVersion: "test", ContentDigest: "content",
		Previous: previous, Digest: c.digest, CommittedAt: minute.End().Add(20 * time.Second),
	}
	for _, e := range edges {
		version.Totals.Edges++
		version.Totals.Sent = version.Totals.Sent.Add(e.Sent)
		version.Totals.Cost, _ = version.Totals.Cost.Add(e.Cost)
	}
	return graphstore.Publication{Version: version, Lease: lease, Edges: edges}
}

func publish(tb testing.TB, s *graphstore.Store, publications ...graphstore.Publication) {
	tb.Helper()
	for _, p := range publications {
		if err := s.Publish(tb.Context(), p); err != nil {
			tb.Fatal(err)
		}
	}
}

// expect compares a window as of a version with the sum of the given edges.
func expect(tb testing.TB, s *graphstore.Store, window graphstore.Window, entity string, edges ...model.PricedEdge) {
	tb.Helper()
	got, err := s.Transfers(tb.Context(), window, entity)
	if err != nil {
		tb.Fatal(err)
	}
	byID := func(a, b graphstore.Transfer) int { return cmp.Compare(a.ID, b.ID) }
	slices.SortFunc(got, byID)
	want := summed(edges)
	slices.SortFunc(want, byID)
	if diff := gocmp.Diff(want, got, gocmp.Comparer(func(a, b money.Amount) bool { return a == b })); diff != "" {
		tb.Fatalf("transfers of %+v as of %d (-want +got):\n%s", window, window.AsOf, diff)
	}
}

// summed adds edges of several minutes up, the way a window must.
func summed(edges []model.PricedEdge) []graphstore.Transfer {
	var order []model.EdgeID
	sums := map[model.EdgeID]graphstore.Transfer{}
	for _, e := range edges {
		t, was := sums[e.Key.ID()]
		if !was {
			order = append(order, e.Key.ID())
			t = graphstore.Transfer{ID: e.Key.ID(), Key: e.Key, Checked: true}
		}
		t.Sent = t.Sent.Add(e.Sent)
		t.Connections += e.Connections
		t.RTTMicros = max(t.RTTMicros, e.RTTMicros)
		t.CheckBytes += e.CheckBytes
		t.Checked = t.Checked && e.Checked
		t.Cost, _ = t.Cost.Add(e.Cost)
		sums[e.Key.ID()] = t
	}
	var transfers []graphstore.Transfer
	for _, id := range order {
		t := sums[id]
		if !t.Checked {
			t.CheckBytes = 0
		}
		transfers = append(transfers, t)
	}
	return transfers
}
