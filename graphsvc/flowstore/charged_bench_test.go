package flowstore_test

import (
	"fmt"
	"log/slog"
	"slices"
	"testing"
	"time"

	"github.com/egressor/egressor/graphsvc/flowstore"
	"github.com/egressor/egressor/internal/clickhouse"
	"github.com/egressor/egressor/internal/clickhouse/clickhousetest"
	"github.com/egressor/egressor/internal/model"
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

// BenchmarkMonthToDate adds up what 8,000 edges cost from the first of a month to
// noon of its 30th day: from the sums of 29 days and 11 hours and from the minutes of
// the rest, by day and as one, and what it takes to add up an hour of two minutes. The sums are
// made of a few minutes an hour, as the number of rows that are read does not depend
// on how many there were.
func BenchmarkMonthToDate(b *testing.B) {
	const hourly, through = 2, 29*24*60 + 12*60
	store := filled(b, fillVersions, fmt.Sprintf(`INSERT INTO charge_minutes (minute, version, edge_id, line, payer, code, rule, tier, price_row, bytes, unit_bytes, rate_nano, amount_per_byte_atoms)
		SELECT 29891520 + at, 1 + at, 1 + number %% 8000, number %% 8000, 'source', 'DataTransfer-Regional-Bytes', 'A3', 1, 'r',
		cityHash64(number) %% 1000000, 1073741824, 10000000, 18189894 FROM
		(SELECT number, intDiv(intDiv(number, 8000), %[1]d) * 60 + intDiv(number, 8000) %% %[1]d AS at FROM numbers(%[2]d))`, hourly, 30*24*hourly*benchEdges),
		`INSERT INTO charge_minutes (minute, version, edge_id, line, payer, code, rule, tier, price_row, bytes, unit_bytes, rate_nano, amount_per_byte_atoms)
		SELECT 29891520 + 41760 + 660 + intDiv(number, 8000), 41761 + 660 + intDiv(number, 8000), 1 + number % 8000, 8000 + number % 8000, 'source', 'DataTransfer-Regional-Bytes', 'A3', 1, 'r',
		cityHash64(number) % 1000000, 1073741824, 10000000, 18189894 FROM numbers(480000)`,
		// The headers say what the minutes cost, which adding up is held against.
		`ALTER TABLE versions UPDATE cost_atoms = arrayElement((SELECT groupArray(cost) FROM (SELECT n.number AS number, sum(c.amount_atoms) AS cost
			FROM numbers(43200) AS n LEFT JOIN charge_minutes AS c ON c.version = n.number + 1 GROUP BY n.number ORDER BY n.number)), number) WHERE 1`)
	month := flowstore.Window{From: 29891520, To: 29891520 + through, Version: monthMinutes}
	var took [2][]time.Duration // by hours and by days
	for i, length := range []model.Minute{flowstore.ChargeHour, flowstore.ChargeDay} {
		whole := flowstore.Window{From: month.From, To: month.To / length * length, Version: month.Version}
		if length == flowstore.ChargeHour { // those of the day that is not over, but the newest
			whole = flowstore.Window{From: whole.To - 12*length, To: whole.To - length, Version: whole.Version}
		}
		due, err := store.Unsummed(b.Context(), length, whole, time.Now(), 1000)
		if err != nil {
			b.Fatal(err)
		}
		for _, span := range due {
			begin := time.Now()
			if lines, err := store.SumCharges(b.Context(), span, begin); err != nil || lines != benchEdges {
				b.Fatalf("%d lines, %v", lines, err)
			}
			took[i] = append(took[i], time.Since(begin))
		}
		slices.Sort(took[i])
	}
	for _, of := range []struct {
		name   string
		bucket model.Minute
		lines  int
	}{{"as-one", 0, benchEdges}, {"by-day", 24 * 60, 30 * benchEdges}} {
		b.Run(of.name, func(b *testing.B) {
			for b.Loop() {
				charged, err := store.Charged(b.Context(), month, of.bucket)
				if err != nil || len(charged) != of.lines {
					b.Fatalf("%d lines, %v", len(charged), err)
				}
			}
			b.ReportMetric(float64(took[0][len(took[0])/2].Milliseconds()), "ms/hour-added-up")
		})
	}
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
