package app

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/egressor/egressor/graphsvc/flowstore"
	"github.com/egressor/egressor/internal/clickhouse"
	"github.com/egressor/egressor/internal/neo4j"
)

// measure writes a line about what is stored, and how long the folds since the
// last one took, to week.log beside the stores.
func (w *week) measure(b *testing.B) {
	b.Helper()
	if err := w.passTime(b); err != nil {
		b.Fatal(err)
	}
	line := fmt.Sprintf("%s day %.2f", time.Now().UTC().Format("15:04:05"), float64(w.next-weekFirst)/(24*60))
	if len(w.took.publishes) > 0 {
		published := time.Duration(0)
		for _, took := range w.took.publishes {
			published += took
		}
		line += fmt.Sprintf(" folds %d p50 %.0f p95 %.0f ms publish p50 %.0f p95 %.0f ms %.0f relationships/s", len(w.took.folds),
			percentile(w.took.folds, 50), percentile(w.took.folds, 95),
			percentile(w.took.publishes, 50), percentile(w.took.publishes, 95), float64(w.took.edges)/published.Seconds())
	}
	*w.took = weekTimes{}
	for _, table := range []string{"flows", "edge_minutes", "charge_minutes", "charge_sums", "batches", "versions", "edges", "facts"} {
		var bytes, rows uint64
		err := w.ClickHouse.QueryRow(b.Context(), "SELECT sum(data_compressed_bytes), sum(rows) FROM system.parts WHERE database = currentDatabase() AND active AND table = {table:String}",
			clickhouse.Named("table", table)).Scan(&bytes, &rows)
		if err != nil {
			b.Fatal(err)
		}
		line += fmt.Sprintf(" %s %d KiB %d rows", table, bytes>>10, rows)
	}
	databases := filepath.Join(w.dir, "neo4j", "neo4j", "data")
	line += fmt.Sprintf(" neo4j store %d KiB log %d KiB", filesIn(b, filepath.Join(databases, "databases", "neo4j"))>>10,
		filesIn(b, filepath.Join(databases, "transactions", "neo4j"))>>10)
	for kind, n := range kindsIn(b, w.Neo4j) {
		line += fmt.Sprintf(" [%s]=%d", kind, n)
	}
	b.Log(line)
	file, err := os.OpenFile(filepath.Join(w.dir, "week.log"), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		b.Fatal(err)
	}
	defer file.Close()
	if _, err := fmt.Fprintln(file, line); err != nil {
		b.Fatal(err)
	}
}

// passTime has ClickHouse, which goes by the real time, drop what is past its time
// in the simulated one: raw rows are said to have come in their minute, and retentions
// reach from now back to the simulated now.
func (w *week) passTime(b *testing.B) error {
	ctx := clickhouse.WithSettings(b.Context(), clickhouse.Settings{"mutations_sync": 2})
	const came = "ALTER TABLE flows UPDATE stored_at = toDateTime(minute * 60, 'UTC') WHERE stored_at > toDateTime(minute * 60 + 1, 'UTC')"
	if err := w.ClickHouse.Exec(ctx, came); err != nil {
		return err
	}
	ago := time.Since(w.next.Start()).Truncate(time.Second)
	return w.Flows.SetRetention(b.Context(), flowstore.Retention{Flows: ago + weekRetention.Flows, Minutes: ago + weekRetention.Minutes})
}

// kindsIn is how many nodes and relationships there are of each kind and tier.
func kindsIn(b *testing.B, db *neo4j.DB) map[string]int64 {
	b.Helper()
	counts := map[string]int64{}
	for _, statement := range []string{
		"MATCH (n) RETURN labels(n)[0] + coalesce(' ' + n.tier, ''), count(*)",
		"MATCH ()-[r:TRANSFERS]->() RETURN 'TRANSFERS', count(*)",
		"MATCH ()-[r:TRANSFERRED]->() WHERE r.from % 1440 = 0 AND r.tier = 'day' RETURN 'TRANSFERRED day', count(*)",
		"MATCH ()-[r:TRANSFERRED]->() RETURN 'TRANSFERRED all', count(*)",
	} {
		err := db.ExecuteRead(b.Context(), func(tx neo4j.Tx) error {
			return tx.Each(b.Context(), statement, nil, func(row neo4j.Row) error {
				var name string
				var n int64
				err := row.Scan(&name, &n)
				counts[name] = n
				return err
			})
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	return counts
}

// filesIn is what the files of a directory take.
func filesIn(b *testing.B, dir string) (bytes int64) {
	b.Helper()
	err := filepath.WalkDir(dir, func(_ string, entry fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) { // deleted meanwhile
			return nil
		}
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		if info, err := entry.Info(); err == nil {
			bytes += info.Size()
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	return bytes
}
