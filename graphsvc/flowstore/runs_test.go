package flowstore_test

import (
	"cmp"
	"slices"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/egressor/egressor/graphsvc/flowstore"
	"github.com/egressor/egressor/internal/model"
)

// Batches of one agent start and minute come back as runs, cut where one is
// missing, once however often they were stored.
func TestRunsOfBatches(t *testing.T) {
	s := openStore(t)
	minute := model.MinuteOf(time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC))
	received := minute.End()
	append1 := func(node string, sequence uint64, of model.Minute) {
		batch := model.Batch{
			BatchKey:    model.BatchKey{Agent: model.AgentID{Cluster: "lab", Node: node}, Boot: "b", Sequence: sequence},
			CoveredFrom: of.Start(), CoveredThrough: of.Start().Add(10 * time.Second), Mode: model.CaptureSockets,
		}
		received = received.Add(time.Second)
		if err := s.Append(t.Context(), batch, "digest", received); err != nil {
			t.Fatal(err)
		}
	}
	for _, sequence := range []uint64{1, 2, 5, 3, 8, 5} {
		append1("a", sequence, minute)
	}
	append1("a", 9, minute+1)
	append1("b", 1, minute)
	runs, err := s.RunsSince(t.Context(), minute.Start())
	if err != nil {
		t.Fatal(err)
	}
	type plain struct {
		node        string
		minute      model.Minute
		first, last uint64
	}
	var got []plain
	for _, run := range runs {
		got = append(got, plain{run.Agent.Node, run.MinuteFrom, run.First, run.Last})
	}
	slices.SortFunc(got, func(a, b plain) int { return cmp.Or(cmp.Compare(a.node, b.node), cmp.Compare(a.first, b.first)) })
	want := []plain{{"a", minute, 1, 3}, {"a", minute, 5, 5}, {"a", minute, 8, 8}, {"a", minute + 1, 9, 9}, {"b", minute, 1, 1}}
	if diff := gocmp.Diff(want, got, gocmp.AllowUnexported(plain{})); diff != "" {
		t.Errorf("runs (-want +got):\n%s", diff)
	}
	if late, err := s.RunsSince(t.Context(), received); err != nil || len(late) != 1 {
		t.Errorf("runs received last: %v, %v", late, err)
	}
}

// BenchmarkRunsSince reads the ledger of 500 agents over 48 hours, as at a start.
func BenchmarkRunsSince(b *testing.B) {
	db := openDB(b)
	s := flowstore.New(db)
	const statement = `INSERT INTO batches SELECT 'lab', concat('node-', toString(number % 500)), 'boot', intDiv(number, 500), number, 'd', 'sockets',
		toDateTime64(1795000000 + intDiv(number, 500) * 10, 9), toDateTime64(1795000010 + intDiv(number, 500) * 10, 9), 100, 1000,
		intDiv(1795000000 + intDiv(number, 500) * 10, 60), intDiv(1795000000 + intDiv(number, 500) * 10, 60) + 1,
		toDateTime64(1795000011 + intDiv(number, 500) * 10, 9) FROM numbers(500 * 6 * 60 * 48)`
	if err := db.Exec(b.Context(), statement); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		runs, err := s.RunsSince(b.Context(), time.Unix(1795000000, 0))
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(len(runs)), "runs")
	}
}
