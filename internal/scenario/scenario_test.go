package scenario_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"pgregory.net/rapid"

	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/scenario"
	"github.com/egressor/egressor/internal/testkit"
)

// files are the scenarios that users read; there are at least ten.
func files(t *testing.T) []string {
	t.Helper()
	paths, err := filepath.Glob("../../docs/scenarios/*.txtar")
	if err != nil || len(paths) < 10 {
		t.Fatalf("%d scenarios, want at least 10 (%v)", len(paths), err)
	}
	return paths
}

func TestScenarios(t *testing.T) {
	for _, path := range files(t) {
		t.Run(filepath.Base(path), func(t *testing.T) {
			var out bytes.Buffer
			if err := scenario.Replay(&out, path, testkit.Updating()); err != nil {
				t.Errorf("%v\n%s", err, out.String())
			}
		})
	}
}

// TestBatchingChangesNothing: whatever is done to the batches on their way, each
// minute has the same input digest and the same content digest.
func TestBatchingChangesNothing(t *testing.T) {
	for _, path := range files(t) {
		if hours(t, path) {
			continue // the same code on a hundred times as many minutes
		}
		sc, err := scenario.Load(path)
		if err != nil {
			t.Fatal(err)
		}
		book, err := sc.LoadBook()
		if err != nil {
			t.Fatal(err)
		}
		t.Run(filepath.Base(path), func(t *testing.T) {
			want := compute(t, sc.Facts, sc.Batches(), book)
			rapid.Check(t, func(t *rapid.T) {
				batches := split(t, sc.Batches())
				batches = append(batches, rapid.SliceOf(rapid.SampledFrom(batches)).Draw(t, "repeated")...)
				batches = rapid.Permutation(batches).Draw(t, "order")
				facts := rapid.Permutation(sc.Facts).Draw(t, "facts")
				compare(t, want, compute(t, facts, batches, book))
			})
		})
	}
}

// hours reports whether a story is one of hours, told for its insights alone.
func hours(t *testing.T, path string) bool {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return !bytes.Contains(data, []byte("\n-- bill.txt --\n"))
}

func compute(t interface{ Fatal(args ...any) }, facts []model.Fact, batches []model.Batch, book *pricing.Book) []scenario.Minute {
	minutes, err := scenario.Compute(facts, batches, book)
	if err != nil {
		t.Fatal(err)
	}
	return minutes
}

func compare(t *rapid.T, want, got []scenario.Minute) {
	if len(want) != len(got) {
		t.Fatalf("%d minutes, want %d", len(got), len(want))
	}
	for i := range want {
		w, g := want[i].Version, got[i].Version
		if w.ContentDigest != g.ContentDigest || w.InputDigest != g.InputDigest || w.FactsDigest != g.FactsDigest || w.Totals != g.Totals {
			t.Fatalf("minute %s:\n got %+v\nwant %+v", w.From, g, w)
		}
	}
}

// split cuts some batches into two with the rows dealt between them. Each half
// gets a key of its own and a part of the covered time.
func split(t *rapid.T, batches []model.Batch) []model.Batch {
	var cut []model.Batch
	for _, batch := range batches {
		batch.Sequence *= 2
		if !rapid.Bool().Draw(t, "split") {
			cut = append(cut, batch)
			continue
		}
		first, second := batch, batch
		first.Sequence--
		first.Flows, second.Flows = nil, nil
		first.CoveredThrough = batch.CoveredFrom.Add(batch.CoveredThrough.Sub(batch.CoveredFrom) / 2)
		second.CoveredFrom, second.Losses = first.CoveredThrough, nil
		for _, row := range batch.Flows {
			if rapid.Bool().Draw(t, "into first") {
				first.Flows = append(first.Flows, row)
			} else {
				second.Flows = append(second.Flows, row)
			}
		}
		cut = append(cut, first, second)
	}
	return cut
}

// TestReplayShowsADiffAndUpdates: a file with a wrong figure fails with a diff
// that names it, and -update makes it right.
func TestReplayShowsADiffAndUpdates(t *testing.T) {
	data, err := os.ReadFile("../../docs/scenarios/01-cross-zone-http.txtar")
	if err != nil {
		t.Fatal(err)
	}
	wrong := bytes.Replace(data, []byte("-- graph.txt --\n10:04 nodes 2"), []byte("-- graph.txt --\n10:04 nodes 7"), 1)
	path := filepath.Join(t.TempDir(), "wrong.txtar")
	if err := os.WriteFile(path, wrong, 0o644); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := scenario.Replay(&out, path, false); err == nil || !bytes.Contains(out.Bytes(), []byte("\n-10:04 nodes 7")) {
		t.Fatalf("err %v, diff:\n%s", err, out.String())
	}
	if err := scenario.Replay(&out, path, true); err != nil {
		t.Fatal(err)
	}
	updated, err := os.ReadFile(path)
	if err != nil || !bytes.Equal(updated, data) {
		t.Fatalf("updated file differs from the right one (%v)", err)
	}
}
