package flowstore_test

import (
	"fmt"
	"log/slog"
	"testing"
	"time"

	"github.com/egressor/egressor/graphsvc/flowstore"
	"github.com/egressor/egressor/internal/clickhouse"
	"github.com/egressor/egressor/internal/clickhouse/clickhousetest"
)

// BenchmarkFactsOfAMinute reads the facts of one minute of today, of 50,000 pods
// that live now and as many more a day that lived and ended: by the day's table,
// and from all history for comparison.
func BenchmarkFactsOfAMinute(b *testing.B) {
	const pods = 50_000
	for _, days := range []int{1, 3, 10, 30} {
		db := clickhousetest.Open(b)
		if _, err := clickhouse.Migrate(b.Context(), slog.New(slog.DiscardHandler), db); err != nil {
			b.Fatal(err)
		}
		at := time.Now().UTC().Truncate(time.Minute)
		fill := func(count int, from, to, recorded string) {
			err := db.Exec(b.Context(), fmt.Sprintf(`INSERT INTO facts SELECT 'pod', 'lab', toString(generateUUIDv4(number)), %s, %s,
				fromUnixTimestamp64Nano(toInt64(%s), 'UTC'), 'kubernetes/lab', lower(hex(SHA256(toString(number)))),
				format('{{"pod":{{"Cluster":"lab","Namespace":"shop","Name":"web-{0}","Node":"node-{1}","Addrs":["10.1.{1}.7"],"Workload":{{"Namespace":"shop","Kind":"Deployment","Name":"web-{1}"}},"Revision":"shop/Deployment/web-{1}@6d5f9c7b8"}}}}',
				toString(number), toString(number %% 250)) FROM numbers(%d)`, from, to, recorded, count))
			if err != nil {
				b.Fatal(err)
			}
		}
		day := int64(24 * time.Hour)
		ended := fmt.Sprintf("%d + intDiv(number, %d) * %d", at.UnixNano()-int64(days)*day, pods, day)
		fill(pods*days, ended, fmt.Sprintf("%s + %d", ended, day/2), fmt.Sprintf("%s + %d", ended, day/2))
		fill(pods, fmt.Sprint(at.UnixNano()-int64(days)*day), "0", fmt.Sprint(at.UnixNano()-day*2))
		store := flowstore.New(db)
		if _, _, err := store.Facts(b.Context(), at, at.Add(time.Minute), time.Time{}); err != nil { // begins the day
			b.Fatal(err)
		}
		b.Run(fmt.Sprint("by-day/days=", days), func(b *testing.B) {
			for b.Loop() {
				facts, _, err := store.Facts(b.Context(), at, at.Add(time.Minute), time.Time{})
				if err != nil || len(facts) < pods {
					b.Fatal(len(facts), err)
				}
			}
		})
		b.Run(fmt.Sprint("all-history/days=", days), func(b *testing.B) {
			for b.Loop() {
				if _, err := store.FactsOfAllHistory(b.Context(), at, at.Add(time.Minute), at.Add(time.Minute)); err != nil {
					b.Fatal(err)
				}
			}
		})
		var rows, bytes uint64
		if err := db.QueryRow(b.Context(), "SELECT sum(rows), sum(bytes_on_disk) FROM system.parts WHERE active AND database = currentDatabase() AND table = 'facts'").Scan(&rows, &bytes); err != nil {
			b.Fatal(err)
		}
		b.Logf("%d days: %d rows of facts on %d MB", days, rows, bytes>>20)
	}
}
