package flowstore_test

import (
	"log/slog"
	"testing"

	"github.com/egressor/egressor/graphsvc/flowstore"
	"github.com/egressor/egressor/internal/clickhouse"
	"github.com/egressor/egressor/internal/clickhouse/clickhousetest"
)

const (
	benchEdges   = 8_000
	benchMinutes = 24 * 60
	monthMinutes = 30 * 24 * 60
)

// filled is a store with a day of charges of many edges, and a month of meters.
func filled(b *testing.B, statements ...string) *flowstore.Store {
	b.Helper()
	db := clickhousetest.Open(b)
	if _, err := clickhouse.Migrate(b.Context(), slog.New(slog.DiscardHandler), db); err != nil {
		b.Fatal(err)
	}
	for _, statement := range statements {
		if err := db.Exec(b.Context(), statement); err != nil {
			b.Fatal(err)
		}
	}
	return flowstore.New(db)
}

// The minutes begin with a month, 2026-11-01.
const fillVersions = `INSERT INTO versions (number, kind, minute_from, minute_to, currency, pricing_mode)
	SELECT number + 1, 'fold', 29891520 + number, 29891521 + number, 'USD', 'marginal' FROM numbers(43200)`

// BenchmarkCharged adds up a day of 8,000 edges, as every statement does.
func BenchmarkCharged(b *testing.B) {
	store := filled(b, fillVersions, `INSERT INTO charge_minutes (minute, version, edge_id, line, payer, code, rule, tier, price_row, bytes, unit_bytes, rate_nano, amount_per_byte_atoms)
		SELECT 29891520 + intDiv(number, 8000), 1 + intDiv(number, 8000), 1 + number % 8000, number % 8000, 'source', 'DataTransfer-Regional-Bytes', 'A3', 1, 'r',
		cityHash64(number) % 1000000, 1073741824, 10000000, 18189894 FROM numbers(11520000)`)
	window := flowstore.Window{From: 29891520, To: 29891520 + benchMinutes, Version: benchMinutes}
	for b.Loop() {
		charged, err := store.Charged(b.Context(), window, 0)
		if err != nil || len(charged) != benchEdges {
			b.Fatalf("%d lines, %v", len(charged), err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/(benchEdges*benchMinutes), "ns/edge-minute")
}

// BenchmarkMeters reads where a month's meters stand on its last day, and looks
// for unsettled minutes, as the loop does for every minute it commits.
func BenchmarkMeters(b *testing.B) {
	store := filled(b, fillVersions, `INSERT INTO meter_minutes (minute, version, account, fee, region, before_bytes, bytes, same_through_bytes)
		SELECT 29891520 + intDiv(number, 6), 1 + intDiv(number, 6), '1', 'internet', toString(number % 6), 0, 1000000, 18446744073709551615 FROM numbers(259200)`)
	b.Run("stand", func(b *testing.B) {
		for b.Loop() {
			if meters, err := store.Meters(b.Context(), 29891520+monthMinutes-1, monthMinutes); err != nil || len(meters) != 6 {
				b.Fatalf("%v, %v", meters, err)
			}
		}
	})
	b.Run("unsettled", func(b *testing.B) {
		for b.Loop() {
			if minutes, err := store.Unsettled(b.Context(), 29891520, monthMinutes, 1); err != nil || len(minutes) != 0 {
				b.Fatalf("%v, %v", minutes, err)
			}
		}
	})
}
