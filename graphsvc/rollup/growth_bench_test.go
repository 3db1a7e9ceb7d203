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
// stay a day and hours three. Time is scaled: an hour has two minutes of load. The
// stores are stopped after each day, so that all is in their files: -benchtime 1x.
func BenchmarkGraphGrowth(b *testing.B) {
	const days = 14
	dir := b.TempDir()
	first := benchFirst - benchFirst%(24*60)
	for day := range model.Minute(days) {
		b.Run(fmt.Sprintf("day-%02d", day+1), func(b *testing.B) { growADay(b, dir, first, first+day*24*60) })
		b.Log("day", int(day+1), sizeOf(b, filepath.Join(dir, "neo4j", "neo4j", "data", "databases", "neo4j"))>>10, "KiB")
	}
}

func growADay(b *testing.B, dir string, first, today model.Minute) {
	const every = 30
	load := gen.Load{Seed: 1, Nodes: 6, Workloads: 100, PodsPerWorkload: 2, Conversations: 500, Windows: 1}
	rules := rollup.DefaultRules()
	rules.DaysAfter, rules.KeepMinutes, rules.KeepHours = 25*time.Hour, 24*time.Hour, 72*time.Hour
	if err := rules.Check(); err != nil {
		b.Fatal(err)
	}
	stores := rolluptest.OpenAt(b, dir)
	clock := rolluptest.NewClock(today.Start())
	if today == first {
		if err := stores.Flows.RecordFacts(b.Context(), load.Facts(), clock.Now()); err != nil {
			b.Fatal(err)
		}
	}
	loop := rolluptest.Loop(b, stores.Flows, stores.Graph, clock, rules, rollup.NewHub())
	for of := today; of < today+24*60; of += every {
		stores.Append(b, of.End().Add(time.Second), load.Batches(of, first)...)
		for later := range time.Duration(5) { // the fold, then what is to be compacted
			clock.Set(of.End().Add(30*time.Second + later*2*time.Minute))
			if err := loop.Step(b.Context()); err != nil {
				b.Fatal(err)
			}
		}
	}
	if err := loop.Stop(b.Context()); err != nil {
		b.Fatal(err)
	}
	b.Log(countsOf(b, stores.Neo4j))
}

// countsOf is how many nodes and relationships there are of each kind and tier.
func countsOf(b *testing.B, db *neo4j.DB) map[string]int64 {
	b.Helper()
	counts := map[string]int64{}
	for _, statement := range []string{
		"MATCH (n) RETURN labels(n)[0] + coalesce(' ' + n.tier, ''), count(*)",
		"MATCH ()-[r]->() RETURN type(r) + coalesce(' ' + r.tier, ''), count(*)",
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

// sizeOf is what the files of a directory take.
func sizeOf(b *testing.B, dir string) (bytes int64) {
	b.Helper()
	err := filepath.WalkDir(dir, func(_ string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		info, err := entry.Info()
		if err == nil {
			bytes += info.Size()
		}
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	return bytes
}
