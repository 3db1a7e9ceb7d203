package rollup_test

import (
	"fmt"
	"io/fs"
	"path/filepath"
	"testing"
	"time"

	"github.com/egressor/egressor/graphsvc/rollup"
	"github.com/egressor/egressor/graphsvc/rollup/rolluptest"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/neo4j"
	"github.com/egressor/egressor/internal/testkit/gen"
)

// BenchmarkGraphGrowth folds, compacts and prunes two weeks of a small load with
// short retentions and says what the graph's store takes after each day: minutes
// stay a day and hours three. Time is scaled: an hour has two minutes of load.
func BenchmarkGraphGrowth(b *testing.B) {
	const days, every = 14, 30
	dir := b.TempDir()
	stores := rolluptest.OpenAt(b, dir)
	load := gen.Load{Seed: 1, Nodes: 6, Workloads: 100, PodsPerWorkload: 2, Conversations: 500, Windows: 1}
	rules := rollup.DefaultRules()
	rules.DaysAfter, rules.KeepMinutes, rules.KeepHours = 25*time.Hour, 24*time.Hour, 72*time.Hour
	if err := rules.Check(); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		first := benchFirst - benchFirst%(24*60)
		clock := rolluptest.NewClock(first.Start())
		if err := stores.Flows.RecordFacts(b.Context(), load.Facts(), clock.Now()); err != nil {
			b.Fatal(err)
		}
		loop := rolluptest.Loop(b, stores.Flows, stores.Graph, clock, rules, rollup.NewHub())
		for day := range model.Minute(days) {
			for of := first + day*24*60; of < first+(day+1)*24*60; of += every {
				stores.Append(b, of.End().Add(time.Second), load.Batches(of, first)...)
				for later := range time.Duration(5) { // the fold, then what is to be compacted
					clock.Set(of.End().Add(30*time.Second + later*2*time.Minute))
					if err := loop.Step(b.Context()); err != nil {
						b.Fatal(err)
					}
				}
			}
			bytes, counts := graphSize(b, stores.Neo4j, filepath.Join(dir, "neo4j"))
			b.ReportMetric(float64(bytes>>10), fmt.Sprintf("day-%02d-KiB", day+1))
			b.Log("day", day+1, bytes>>10, "KiB", counts)
		}
	}
}

// graphSize is what the files of the graph's database take, its logs apart, and how
// many nodes and relationships there are of each kind.
func graphSize(b *testing.B, db *neo4j.DB, dir string) (bytes int64, counts map[string]int64) {
	b.Helper()
	counts = map[string]int64{}
	count := func(statement string) error {
		return db.ExecuteRead(b.Context(), func(tx neo4j.Tx) error {
			return tx.Each(b.Context(), statement, nil, func(row neo4j.Row) error {
				var name string
				var n int64
				err := row.Scan(&name, &n)
				counts[name] = n
				return err
			})
		})
	}
	for _, statement := range []string{
		"MATCH (n) RETURN labels(n)[0] + coalesce(' ' + n.tier, ''), count(*)",
		"MATCH ()-[r]->() RETURN type(r) + coalesce(' ' + r.tier, ''), count(*)",
	} {
		if err := count(statement); err != nil {
			b.Fatal(err)
		}
	}
	err := db.ExecuteWrite(b.Context(), func(tx neo4j.Tx) error { return tx.Exec(b.Context(), "CALL db.checkpoint()", nil) })
	if err != nil {
		b.Fatal(err)
	}
	err = filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		info, err := entry.Info()
		if err == nil && !filepathHas(path, "transactions", "logs", "system") {
			bytes += info.Size()
		}
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	return bytes, counts
}

// filepathHas reports whether a path goes through one of some folders.
func filepathHas(path string, folders ...string) bool {
	for _, folder := range folders {
		for at := filepath.Dir(path); at != filepath.Dir(at); at = filepath.Dir(at) {
			if filepath.Base(at) == folder {
				return true
			}
		}
	}
	return false
}
