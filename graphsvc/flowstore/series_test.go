package flowstore_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/graphsvc/flowstore"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

var exactMoney = cmpopts.EquateComparable(money.Amount{})

func edgeTo(name string) model.EdgeKey {
	return model.EdgeKey{
		Source:      model.Identity{Kind: model.KindWorkload, Cluster: "lab", Namespace: "shop", Type: "Deployment", Name: "web"},
		Destination: model.Identity{Kind: model.KindWorkload, Cluster: "lab", Namespace: "shop", Type: "Deployment", Name: name},
		ServerPort:  8080, Protocol: model.TCP, Initiator: model.InitiatorSource, Path: model.Path{Kind: model.PathVPC},
	}
}

// versionOf is a version of one minute in which each edge carried some bytes
// at a cost of as many nano-dollars.
func versionOf(number uint64, of model.Minute, bytes map[string]uint64) (model.GraphVersion, []model.PricedEdge, []pricing.Line) {
	version := model.GraphVersion{
		Number: number, Kind: model.VersionFold, From: of, To: of + 1, Currency: "USD",
		Inputs:               []model.InputRange{{Agent: nodeA, Boot: "boot-1", First: 1, Last: number}},
		FactsRecordedThrough: start, CommittedAt: start, Digest: "d", Previous: "p", ContentDigest: "c", InputDigest: "i", FactsDigest: "f",
	}
	var edges []model.PricedEdge
	var lines []pricing.Line
	for name, n := range bytes {
		cost := money.FromNano(int64(n))
		edge := model.PricedEdge{EdgeMinute: model.EdgeMinute{Minute: of, Key: edgeTo(name), Sent: model.Counts{WireBytes: n}}, Cost: cost}
		edges = append(edges, edge)
		lines = append(lines, pricing.Line{Edge: edge.Key.ID(), Payer: "source", Code: "C", Rule: "A3", Tier: 1, Bytes: n, UnitBytes: 1 << 30, RateNanoPerUnit: 10, Amount: cost, PriceRow: "r"})
		version.Totals.Sent.WireBytes += n
		version.Totals.Cost, _ = version.Totals.Cost.Add(cost)
		version.Totals.Edges++
	}
	return version, edges, lines
}

func writeVersion(t *testing.T, store *flowstore.Store, number uint64, of model.Minute, bytes map[string]uint64) model.GraphVersion {
	t.Helper()
	version, edges, lines := versionOf(number, of, bytes)
	if err := store.WriteVersion(t.Context(), version, edges, pricing.Statement{Lines: lines}); err != nil {
		t.Fatal(err)
	}
	return version
}

func totals(t *testing.T, store *flowstore.Store, through uint64, edge model.EdgeID, entity string) []flowstore.MinuteTotal {
	t.Helper()
	found, err := store.Totals(t.Context(), flowstore.Window{From: minute - 1, To: minute + 5, Version: through}, flowstore.Subject{Edge: edge, Entity: entity})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestASeriesIsAsOfItsVersion(t *testing.T) {
	store := openStore(t)
	first := writeVersion(t, store, 1, minute, map[string]uint64{"cart": 100, "catalog": 40})
	writeVersion(t, store, 2, minute+1, map[string]uint64{"cart": 7})
	writeVersion(t, store, 3, minute, map[string]uint64{"cart": 110}) // refold: catalog's bytes are gone

	total := func(m model.Minute, n uint64) flowstore.MinuteTotal {
		return flowstore.MinuteTotal{Minute: m, Bytes: n, Cost: money.FromNano(int64(n))}
	}
	for name, row := range map[string]struct {
		through uint64
		edge    model.EdgeID
		entity  string
		want    []flowstore.MinuteTotal
	}{
		"everything as of 2":                {2, 0, "", []flowstore.MinuteTotal{total(minute, 140), total(minute+1, 7)}},
		"everything as of 3":                {3, 0, "", []flowstore.MinuteTotal{total(minute, 110), total(minute+1, 7)}},
		"an edge as of 2":                   {2, edgeTo("catalog").ID(), "", []flowstore.MinuteTotal{total(minute, 40), total(minute+1, 0)}},
		"an edge that is gone as of 3":      {3, edgeTo("catalog").ID(), "", []flowstore.MinuteTotal{total(minute, 0), total(minute+1, 0)}},
		"both edges of an entity as of 2":   {2, 0, edgeTo("cart").Source.ID(), []flowstore.MinuteTotal{total(minute, 140), total(minute+1, 7)}},
		"one edge by its other end as of 1": {1, 0, edgeTo("cart").Destination.ID(), []flowstore.MinuteTotal{total(minute, 100)}},
	} {
		if diff := cmp.Diff(row.want, totals(t, store, row.through, row.edge, row.entity), exactMoney); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	read, err := store.Versions(t.Context(), minute, minute+1, 2)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]model.GraphVersion{first}, read, exactMoney); diff != "" {
		t.Errorf("version 1 differs (-written +read):\n%s", diff)
	}
	window := flowstore.Window{From: minute, To: minute + 2, Version: 3}
	charges, err := store.Charges(t.Context(), window, []model.EdgeID{edgeTo("cart").ID()})
	lines := charges[edgeTo("cart").ID()]
	if err != nil || len(charges) != 1 || len(lines) != 1 || lines[0].Bytes != 117 || lines[0].Amount != money.FromNano(117) {
		t.Errorf("charges of cart: %+v, %v", lines, err)
	}
	each, err := store.TotalsOfEach(t.Context(), window, []model.EdgeID{edgeTo("cart").ID(), 1})
	alone, err2 := store.Totals(t.Context(), window, flowstore.Subject{Edge: edgeTo("cart").ID()})
	if diff := cmp.Diff(map[model.EdgeID][]flowstore.MinuteTotal{edgeTo("cart").ID(): carried(alone)}, each, exactMoney); diff != "" || err != nil || err2 != nil {
		t.Errorf("%v, %v, totals of each edge differ (-alone +each):\n%s", err, err2, diff)
	}
}

// carried are the minutes in which there was anything.
func carried(totals []flowstore.MinuteTotal) []flowstore.MinuteTotal {
	return slices.DeleteFunc(totals, func(t flowstore.MinuteTotal) bool { return t.Bytes == 0 })
}

func TestWhatWasNeverCommittedIsDropped(t *testing.T) {
	store := openStore(t)
	writeVersion(t, store, 1, minute, map[string]uint64{"cart": 100})
	writeVersion(t, store, 2, minute+1, map[string]uint64{"cart": 7})
	if err := store.DropAfter(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	// The retry has other content, under the same number.
	writeVersion(t, store, 2, minute+1, map[string]uint64{"cart": 9})
	got := totals(t, store, 2, edgeTo("cart").ID(), "")
	want := []flowstore.MinuteTotal{{Minute: minute, Bytes: 100, Cost: money.FromNano(100)}, {Minute: minute + 1, Bytes: 9, Cost: money.FromNano(9)}}
	if diff := cmp.Diff(want, got, exactMoney); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestAgentsTellWhatTheyCoverAndLost(t *testing.T) {
	store := openStore(t)
	batch := batchOf(nodeA, 1, 1)
	batch.Build = "v1.4.0"
	batch.Losses = []model.Loss{{Reason: model.LossMapFull, From: start, To: start, Bytes: 11, BytesKnown: true}}
	if err := store.Append(t.Context(), batch, "d", start); err != nil {
		t.Fatal(err)
	}
	agents, err := store.Agents(t.Context(), start.Add(-1))
	want := []flowstore.Agent{{ID: nodeA, Mode: model.CaptureSockets, Build: "v1.4.0", CoveredThrough: batch.CoveredThrough, LastBatchAt: start, LostBytes: 11, LostKnown: true}}
	if diff := cmp.Diff(want, agents, cmpopts.EquateApproxTime(0)); err != nil || diff != "" {
		t.Fatalf("%v (-want +got):\n%s", err, diff)
	}
	unknown := batchOf(nodeA, 2, 1)
	unknown.Losses = []model.Loss{{Reason: model.LossAgentRestart, From: start, To: start}}
	if err := store.Append(t.Context(), unknown, "d", start.Add(1)); err != nil {
		t.Fatal(err)
	}
	if bytes, known, err := store.Lost(t.Context(), start, start.Add(1)); err != nil || known || bytes != 11 {
		t.Fatalf("lost %d, known %t, %v; want 11 and at least that, not known", bytes, known, err)
	}
}

// What an edge's id stands for is written with its first version, and again by a
// process that cannot know that it was.
func TestAnEdgeIsWrittenOnce(t *testing.T) {
	db := openDB(t)
	store := flowstore.New(db)
	rows := func() (rows uint64) {
		if err := db.QueryRow(t.Context(), "SELECT count() FROM edges").Scan(&rows); err != nil {
			t.Fatal(err)
		}
		return rows
	}
	edge := model.PricedEdge{EdgeMinute: model.EdgeMinute{Minute: minute, Key: model.EdgeKey{Protocol: model.TCP, Initiator: model.InitiatorSource}}}
	write := func(store *flowstore.Store, number uint64) {
		version := model.GraphVersion{Number: number, Kind: model.VersionFold, From: minute, To: minute + 1}
		if err := store.WriteVersion(t.Context(), version, []model.PricedEdge{edge}, pricing.Statement{}); err != nil {
			t.Fatal(err)
		}
	}
	for number := range uint64(3) {
		write(store, number+1)
	}
	if got := rows(); got != 1 {
		t.Errorf("three versions of one edge wrote %d rows, want 1", got)
	}
	if err := db.Exec(t.Context(), "TRUNCATE TABLE edges"); err != nil { // the store is put back to an older state
		t.Fatal(err)
	}
	if err := store.DropAfter(t.Context(), 2); err != nil {
		t.Fatal(err)
	}
	write(store, 3)
	if got := rows(); got != 1 {
		t.Errorf("after a recovery the edge has %d rows, want 1", got)
	}
}
