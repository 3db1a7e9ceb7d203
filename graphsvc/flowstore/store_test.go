package flowstore_test

import (
	"fmt"
	"math/rand/v2"
	"net/netip"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/egressor/egressor/graphsvc/flowstore"
	"github.com/egressor/egressor/internal/clickhouse"
	"github.com/egressor/egressor/internal/clickhouse/clickhousetest"
	"github.com/egressor/egressor/internal/model"
)

var (
	start  = time.Date(2026, 11, 23, 10, 4, 0, 0, time.UTC)
	minute = model.MinuteOf(start)
	nodeA  = model.AgentID{Cluster: "lab", Node: "node-a"}
)

func openStore(t *testing.T) *flowstore.Store {
	t.Helper()
	return flowstore.New(openDB(t))
}

// openDB is an empty, migrated database.
func openDB(tb testing.TB) *clickhouse.DB {
	tb.Helper()
	db := clickhousetest.Migrated(tb)
	return db
}

// batchOf is a batch with n distinct rows in one window.
func batchOf(agent model.AgentID, sequence uint64, n int) model.Batch {
	batch := model.Batch{
		BatchKey: model.BatchKey{Agent: agent, Boot: "boot-1", Sequence: sequence}, Mode: model.CaptureSockets,
		CoveredFrom: start, CoveredThrough: start.Add(10 * time.Second),
	}
	for i := range n {
		batch.Flows = append(batch.Flows, model.FlowRow{
			Local:     model.LocalEnd{Kind: model.LocalPod, ID: fmt.Sprintf("pod-%d", i)},
			LocalAddr: netip.MustParseAddr("10.244.1.10"), RemoteAddr: netip.MustParseAddr("2001:db8::1"),
			ServerPort: uint16(i), Protocol: model.TCP, Role: model.RoleClient,
			WindowStart: start, WindowLength: 10 * time.Second,
			Sent:     model.Counts{WireBytes: rand.Uint64N(1 << 40), PayloadBytes: 3, Packets: 2, RetransmittedPackets: 1},
			Received: model.Counts{WireBytes: 1<<63 + 5}, Connections: 7, RTTMicros: 9,
		})
	}
	return batch
}

func flowsOf(rows []model.ReportedRow) []model.FlowRow {
	flows := make([]model.FlowRow, len(rows))
	for i := range rows {
		flows[i] = rows[i].Row
	}
	return flows
}

var asSet = cmp.Options{
	cmpopts.SortSlices(func(a, b model.FlowRow) bool { return a.Local.ID < b.Local.ID }),
	cmpopts.EquateComparable(netip.Addr{}), cmpopts.EquateEmpty(),
}

func TestABatchComesBackAsItWas(t *testing.T) {
	store := openStore(t)
	batch := batchOf(nodeA, 1, 50)
	batch.Flows[0].VirtualAddr = netip.MustParseAddr("10.96.0.10")
	batch.Losses = []model.Loss{{Reason: model.LossMapFull, From: start, To: start.Add(time.Second), Flows: 3, Bytes: 4, BytesKnown: true}}
	received := start.Add(12 * time.Second)
	if err := store.Append(t.Context(), batch, "digest-1", received); err != nil {
		t.Fatal(err)
	}
	heads, rows, err := store.Minute(t.Context(), minute, nil)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(batch.Flows, flowsOf(rows), asSet); diff != "" {
		t.Errorf("rows differ (-stored +read):\n%s", diff)
	}
	if diff := cmp.Diff([]model.BatchHead{batch.Head(received)}, heads, cmpopts.EquateApproxTime(0)); diff != "" {
		t.Errorf("heads differ (-stored +read):\n%s", diff)
	}
	if digest, found, err := store.Lookup(t.Context(), batch.BatchKey); err != nil || !found || digest != "digest-1" {
		t.Errorf("lookup gave %q, %t, %v", digest, found, err)
	}
	if _, found, err := store.Lookup(t.Context(), model.BatchKey{Agent: nodeA, Boot: "boot-1", Sequence: 2}); err != nil || found {
		t.Errorf("a batch that never came was found (%v)", err)
	}
}

// A batch whose ledger row was never written is invisible, and its retry
// counts once, although the rows of both attempts are in the table.
func TestRowsOfAnAttemptWithoutLedgerAreNeverRead(t *testing.T) {
	store := openStore(t)
	batch := batchOf(nodeA, 1, 20)
	orphans := batch
	orphans.Flows = append(orphans.Flows, batchOf(nodeA, 1, 30).Flows[20:]...)
	if err := store.AppendRowsOnly(t.Context(), orphans, start.Add(11*time.Second)); err != nil {
		t.Fatal(err)
	}
	if _, rows, err := store.Minute(t.Context(), minute, nil); err != nil || len(rows) != 0 {
		t.Fatalf("%d rows of a batch that is not in the ledger were read (%v)", len(rows), err)
	}
	if err := store.Append(t.Context(), batch, "digest", start.Add(15*time.Second)); err != nil {
		t.Fatal(err)
	}
	// Two services that took the same batch at once: the earlier attempt counts.
	if err := store.Append(t.Context(), batch, "digest", start.Add(16*time.Second)); err != nil {
		t.Fatal(err)
	}
	_, rows, err := store.Minute(t.Context(), minute, nil)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(batch.Flows, flowsOf(rows), asSet); diff != "" {
		t.Errorf("rows differ (-batch +read):\n%s", diff)
	}
}

func TestAnEarlierFoldsInputsCanBeReadAgain(t *testing.T) {
	store := openStore(t)
	for sequence := uint64(1); sequence <= 3; sequence++ {
		if err := store.Append(t.Context(), batchOf(nodeA, sequence, 5), "d", start.Add(time.Duration(sequence)*time.Second)); err != nil {
			t.Fatal(err)
		}
	}
	heads, rows, err := store.Minute(t.Context(), minute, []model.InputRange{{Agent: nodeA, Boot: "boot-1", First: 1, Last: 2}})
	if err != nil || len(heads) != 2 || len(rows) != 10 {
		t.Fatalf("read %d batches and %d rows (%v), want 2 and 10", len(heads), len(rows), err)
	}
}

func TestFactsAreKnownAsOfTheirRecording(t *testing.T) {
	store := openStore(t)
	ctx := t.Context()
	pod := func(to time.Time) model.Fact {
		return model.Fact{
			Kind: model.FactPod, Key: "uid-1", Source: "file/x", Period: model.Period{From: start.Add(-time.Hour), To: to},
			Pod: &model.PodFact{Cluster: "lab", Namespace: "shop", Name: "cart-0", Addrs: []netip.Addr{netip.MustParseAddr("10.244.1.9")}},
		}
	}
	if err := store.RecordFacts(ctx, []model.Fact{pod(time.Time{})}, start); err != nil {
		t.Fatal(err)
	}
	open, through, err := store.Facts(ctx, start, start.Add(time.Minute), time.Time{})
	if err != nil || len(open) != 1 || !open[0].Period.To.IsZero() {
		t.Fatalf("got %+v, %v", open, err)
	}
	// The clock stands still, yet the correction is recorded later.
	if err := store.RecordFacts(ctx, []model.Fact{pod(start.Add(-time.Minute))}, start); err != nil {
		t.Fatal(err)
	}
	if now, _, err := store.Facts(ctx, start, start.Add(time.Minute), time.Time{}); err != nil || len(now) != 0 {
		t.Fatalf("the pod ended before the minute, yet %+v holds (%v)", now, err)
	}
	then, _, err := store.Facts(ctx, start, start.Add(time.Minute), through)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(open, then, cmpopts.EquateComparable(netip.Addr{})); diff != "" {
		t.Errorf("what was known then has changed:\n%s", diff)
	}
}

func TestFactsThatSayNothingNewAreNotRecorded(t *testing.T) {
	store := openStore(t)
	fact := model.Fact{Kind: model.FactNode, Key: "node-a", Source: "file/x", Node: &model.NodeFact{Cluster: "lab", Name: "node-a"}}
	for range 3 {
		if err := store.RecordFacts(t.Context(), []model.Fact{fact}, start); err != nil {
			t.Fatal(err)
		}
	}
	_, through, err := store.Facts(t.Context(), start, start.Add(time.Minute), time.Time{})
	if err != nil || !through.Equal(start) {
		t.Fatalf("the same fact was recorded again: newest at %s, want %s (%v)", through, start, err)
	}
}

// Before anything is known of the world there are no facts, which is no failure.
func TestAStoreWithoutFactsHasNone(t *testing.T) {
	store := openStore(t)
	facts, through, err := store.Facts(t.Context(), start, start.Add(1), time.Time{})
	if err != nil || len(facts) != 0 {
		t.Fatalf("%d facts (%v), want none", len(facts), err)
	}
	if again, _, err := store.Facts(t.Context(), start, start.Add(1), through); err != nil || len(again) != 0 {
		t.Fatalf("as known then: %d facts (%v), want none", len(again), err)
	}
}
