package rollup_test

import (
	"fmt"
	"log/slog"
	"testing"
	"time"

	"github.com/egressor/egressor/costsvc/pricebooks"
	"github.com/egressor/egressor/graphsvc/attribution"
	"github.com/egressor/egressor/graphsvc/flowstore"
	compute "github.com/egressor/egressor/graphsvc/minute"
	"github.com/egressor/egressor/graphsvc/pieces"
	"github.com/egressor/egressor/internal/clickhouse"
	"github.com/egressor/egressor/internal/clickhouse/clickhousetest"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/testkit/gen"
)

// sizedMinutes and sizedConversations are how much of a week's load BenchmarkSizes
// keeps: four hours of 2,000 of its 30,000 edges.
const (
	sizedMinutes       = 240
	sizedConversations = 1_000
)

// BenchmarkSizes says what an edge-minute and a charge line take in ClickHouse,
// merged, and what an edge-minute takes in a piece of the graph. The values of an
// edge-minute are nine: its id, cost, bytes, payload, packets, retransmitted packets,
// connections, round-trip time and the other end's count.
func BenchmarkSizes(b *testing.B) {
	db := clickhousetest.Open(b)
	if _, err := clickhouse.Migrate(b.Context(), slog.New(slog.DiscardHandler), db); err != nil {
		b.Fatal(err)
	}
	store := flowstore.New(db)
	load := gen.Week(1)
	load.Conversations = sizedConversations
	edges, packed := 0, 0
	for b.Loop() {
		for minute := benchFirst; minute < benchFirst+sizedMinutes; minute++ {
			rows := keepMinute(b, store, load, minute)
			piece, err := pieces.Encode(rows)
			if err != nil {
				b.Fatal(err)
			}
			edges, packed = edges+len(rows), packed+len(piece)
		}
	}
	for table, of := range map[string]string{"edge_minutes": "edge-minute", "charge_minutes": "charge-line"} {
		bytes, rows := tableSize(b, db, table)
		b.ReportMetric(float64(bytes)/float64(rows), "B/"+of)
	}
	b.ReportMetric(float64(packed)/float64(edges), "piece-B/edge-minute")
	b.ReportMetric(float64(packed)/float64(edges)/9, "piece-B/value")
}

// keepMinute computes a minute of a load and keeps its series; it returns the
// rows of its piece.
func keepMinute(b *testing.B, store *flowstore.Store, load gen.Load, minute model.Minute) []pieces.Row {
	b.Helper()
	book, err := pricebooks.Load(pricebooks.Default)
	if err != nil {
		b.Fatal(err)
	}
	input := compute.Input{Minute: minute, Facts: load.Facts()}
	for _, batch := range load.Batches(minute, benchFirst) {
		input.Batches = append(input.Batches, batch.Head(minute.End()))
		for i := range batch.Flows {
			input.Rows = append(input.Rows, attribution.ReportedRow{Agent: batch.Agent, Row: batch.Flows[i]})
		}
	}
	computed, err := compute.Compute(input, compute.ListPrices(book))
	if err != nil {
		b.Fatal(err)
	}
	version := computed.Version("before", uint64(minute-benchFirst)+1, model.VersionFold, "bench")
	if err := store.WriteVersion(b.Context(), version, computed.Edges, computed.Statement); err != nil {
		b.Fatal(err)
	}
	rows := make([]pieces.Row, len(computed.Edges))
	for i := range rows {
		rows[i] = pieces.Of(computed.Edges[i].Key.ID(), &computed.Edges[i])
	}
	return rows
}

// tableSize is what the columns of a table take, merged.
func tableSize(b *testing.B, db *clickhouse.DB, table string) (bytes, rows uint64) {
	b.Helper()
	if err := db.Exec(b.Context(), "OPTIMIZE TABLE "+table+" FINAL"); err != nil {
		b.Fatal(err)
	}
	err := db.QueryRow(b.Context(), fmt.Sprintf("SELECT sum(data_compressed_bytes), sum(rows) FROM system.parts WHERE database = currentDatabase() AND active AND table = '%s'", table)).Scan(&bytes, &rows)
	if err != nil {
		b.Fatal(err)
	}
	return bytes, rows
}

// BenchmarkGrowth keeps raw rows of one day after another with a retention of
// five, and says how much there is after each. Time is scaled: a day has one minute
// of load, and passes as the retention that reaches back to it gets shorter.
func BenchmarkGrowth(b *testing.B) {
	const days, kept = 12, 5
	db := clickhousetest.Open(b)
	if _, err := clickhouse.Migrate(b.Context(), slog.New(slog.DiscardHandler), db); err != nil {
		b.Fatal(err)
	}
	store := flowstore.New(db)
	load := gen.Week(1)
	load.Conversations = sizedConversations
	for b.Loop() {
		begin := time.Now().UTC().Add(-days * 24 * time.Hour)
		for day := range days {
			today := begin.Add(time.Duration(day) * 24 * time.Hour)
			of := model.MinuteOf(today)
			for _, batch := range load.Batches(of, of) {
				if err := store.Append(b.Context(), batch, "digest", of.End()); err != nil {
					b.Fatal(err)
				}
			}
			came := fmt.Sprintf("ALTER TABLE flows UPDATE stored_at = toDateTime(%d, 'UTC') WHERE minute = %d", today.Unix(), of)
			if err := db.Exec(clickhouse.WithSettings(b.Context(), clickhouse.Settings{"mutations_sync": 2}), came); err != nil {
				b.Fatal(err)
			}
			retention := flowstore.DefaultRetention()
			retention.Flows = time.Since(today) + kept*24*time.Hour - time.Hour
			if err := store.SetRetention(b.Context(), retention); err != nil {
				b.Fatal(err)
			}
			bytes, _ := tableSize(b, db, "flows")
			b.ReportMetric(float64(bytes>>10), fmt.Sprintf("day-%02d-KiB", day+1))
		}
	}
}
