package flowstore_test

import (
	"cmp"
	"log/slog"
	"slices"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/egressor/egressor/graphsvc/flowstore"
	"github.com/egressor/egressor/internal/clickhouse"
	"github.com/egressor/egressor/internal/clickhouse/clickhousetest"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/testkit/gen"
	"github.com/egressor/egressor/migrations"
)

// Whatever is counted comes back from what is kept of it, absurd counts too.
func TestWireBytesComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		counts := model.Counts{
			WireBytes: rapid.Uint64().Draw(t, "wire"), PayloadBytes: rapid.Uint64().Draw(t, "payload"), Packets: rapid.Uint64().Draw(t, "packets"),
		}
		protocol := rapid.SampledFrom([]model.Protocol{model.TCP, model.UDP, model.ICMP}).Draw(t, "protocol")
		connections := rapid.Uint64().Draw(t, "connections")
		for _, header := range []uint8{flowstore.HeaderBytes(gen.Addr().Draw(t, "address"), protocol), flowstore.HeaderBytesOf(counts, protocol)} {
			rest := flowstore.RestBytes(counts, header, connections)
			if got := flowstore.WireBytes(counts, header, connections, rest); got != counts.WireBytes {
				t.Fatalf("%+v with headers of %d: %d wire bytes came back", counts, header, got)
			}
		}
	})
}

// manyFlows are rows of one batch, drawn.
func manyFlows(seed int) []model.FlowRow {
	return rapid.SliceOfN(gen.FlowRow(start.Truncate(time.Millisecond), start.Add(time.Minute)), 200, 200).Example(seed)
}

// whole makes a drawn row one that the store keeps: windows of whole
// milliseconds, no IPv4 address mapped into IPv6.
func whole(rows []model.FlowRow) []model.FlowRow {
	for i := range rows {
		rows[i].WindowStart, rows[i].WindowLength = rows[i].WindowStart.Truncate(time.Millisecond), rows[i].WindowLength.Truncate(time.Millisecond)
		rows[i].LocalAddr, rows[i].RemoteAddr, rows[i].VirtualAddr = rows[i].LocalAddr.Unmap(), rows[i].RemoteAddr.Unmap(), rows[i].VirtualAddr.Unmap()
		rows[i].Local.ID += rows[i].WindowStart.String() + string(rune('a'+i%26))
	}
	return rows
}

// The wire bytes that a statement reads are those that were reported.
func TestWireBytesInStatements(t *testing.T) {
	db := openDB(t)
	store := flowstore.New(db)
	batch := batchOf(nodeA, 1, 3) // with counts that no packet has
	batch.Flows = append(batch.Flows, whole(manyFlows(1))...)
	if err := store.Append(t.Context(), batch, "digest", start.Add(time.Second)); err != nil {
		t.Fatal(err)
	}
	var want, sum [2]uint64
	for i := range batch.Flows {
		want[0] += batch.Flows[i].Sent.WireBytes
		want[1] += batch.Flows[i].Received.WireBytes
	}
	if err := db.QueryRow(t.Context(), "SELECT sum(sent_wire_bytes), sum(received_wire_bytes) FROM flows").Scan(&sum[0], &sum[1]); err != nil {
		t.Fatal(err)
	}
	if sum != want {
		t.Errorf("statements read %d wire bytes, %d were reported", sum, want)
	}
}

// before opens a database as it was when flows and series had wire bytes and
// amounts of their own.
func before(t *testing.T) *clickhouse.DB {
	t.Helper()
	db := clickhousetest.Open(t)
	available, err := migrations.ClickHouse()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := migrations.Run(t.Context(), slog.New(slog.DiscardHandler), clickhouse.NewMigrationTarget(db, time.Minute), available[:7]); err != nil {
		t.Fatal(err)
	}
	return db
}

// A series that an earlier release stored whole says the same afterwards,
// absurd figures and credits too.
func TestStoredSeriesIsPacked(t *testing.T) {
	db := before(t)
	for _, statement := range []string{
		`INSERT INTO edge_minutes (edge_id, minute, version, wire_bytes, payload_bytes, packets, retransmitted_packets, connections, rtt_micros, check_bytes, checked, cost_atoms)
			SELECT number, 29923804 + number % 60, number, multiIf(number % 7 = 0, 0, number % 5 = 0, cityHash64(number), number * 1000), number * 900 + number % 3, number, 1, number % 4, 5,
			cityHash64(number, 1) % (number + 1), number % 2, toInt128(cityHash64(number, 2)) * (toInt128(number % 3) - 1) * 1000 FROM numbers(1000)`,
		`INSERT INTO charge_minutes (minute, version, edge_id, line, payer, bytes, unit_bytes, rate_nano, amount_atoms)
			SELECT 29923804 + number % 60, number, number, 1, 'p', if(number % 7 = 0, 0, cityHash64(number)), 1073741824, 7, toInt128(cityHash64(number, 2)) * (toInt128(number % 3) - 1) * 1000 FROM numbers(1000)`,
	} {
		if err := db.Exec(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	sums := func() (sums [2]uint64) {
		for i, statement := range []string{
			`SELECT sum(cityHash64(edge_id, minute, version, wire_bytes, payload_bytes, packets, retransmitted_packets, connections, rtt_micros, check_bytes, checked, cost_atoms)) FROM edge_minutes`,
			`SELECT sum(cityHash64(minute, version, edge_id, line, payer, bytes, unit_bytes, rate_nano, amount_atoms, unpriced_reason, imputed)) FROM charge_minutes`,
		} {
			if err := db.QueryRow(t.Context(), statement).Scan(&sums[i]); err != nil {
				t.Fatal(err)
			}
		}
		return sums
	}
	stored := sums()
	if _, err := clickhouse.Migrate(t.Context(), slog.New(slog.DiscardHandler), db); err != nil {
		t.Fatal(err)
	}
	if read := sums(); read != stored {
		t.Errorf("the series has checksums %x, before it was packed %x", read, stored)
	}
}

// Rows that an earlier release stored whole are the same rows afterwards.
func TestStoredRowsArePacked(t *testing.T) {
	db := before(t)
	want := whole(manyFlows(2))
	if err := flowstore.New(db).AppendWhole(t.Context(), batchOf(nodeA, 1, 0).BatchKey, want, start.Add(time.Second)); err != nil {
		t.Fatal(err)
	}
	if _, err := clickhouse.Migrate(t.Context(), slog.New(slog.DiscardHandler), db); err != nil {
		t.Fatal(err)
	}
	store := flowstore.New(db)
	if err := store.Append(t.Context(), batchOf(nodeA, 1, 0), "digest", start.Add(time.Second)); err != nil {
		t.Fatal(err)
	}
	_, rows, err := store.Minute(t.Context(), minute, nil)
	if err != nil {
		t.Fatal(err)
	}
	got := flowsOf(rows)
	for _, list := range [][]model.FlowRow{got, want} {
		slices.SortFunc(list, func(a, b model.FlowRow) int {
			return cmp.Or(cmp.Compare(a.Local.ID, b.Local.ID), cmp.Compare(a.Sent.WireBytes, b.Sent.WireBytes), cmp.Compare(a.Received.WireBytes, b.Received.WireBytes))
		})
	}
	if diff := gocmp.Diff(want, got, asSet); diff != "" {
		t.Errorf("stored rows changed (-stored +read):\n%s", diff)
	}
}
