package minute_test

import (
	"path/filepath"
	"slices"
	"testing"

	"github.com/egressor/egressor/graphsvc/attribution"
	"github.com/egressor/egressor/graphsvc/minute"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/scenario"
)

// scenarios are those of docs/scenarios by name.
func scenarios(t *testing.T) map[string]*scenario.Scenario {
	t.Helper()
	files, err := filepath.Glob("../../docs/scenarios/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no scenarios (%v)", err)
	}
	found := map[string]*scenario.Scenario{}
	for _, file := range files {
		if found[filepath.Base(file)], err = scenario.Load(file); err != nil {
			t.Fatal(err)
		}
	}
	return found
}

// The rows shown as the evidence of an edge add up to what the edge says: those
// of one end to its bytes, those of the other to its check.
func TestEvidenceAddsUpToTheEdge(t *testing.T) {
	prices := book(t)
	for name, sc := range scenarios(t) {
		batches := sc.Batches()
		minutes, err := scenario.Compute(sc.Facts, batches, prices)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range minutes {
			for _, edge := range m.Edges {
				sent, received := evidence(t, sc.Facts, batches, edge.EdgeMinute)
				truth, check := sent, received
				if sent != edge.Sent.WireBytes {
					truth, check = received, sent
				}
				if truth != edge.Sent.WireBytes || edge.Checked && check != edge.CheckBytes {
					t.Errorf("%s: %s %s:\n%d bytes sent and %d received are shown for %d bytes, %d by the other end",
						name, edge.Minute, edge.Key, sent, received, edge.Sent.WireBytes, edge.CheckBytes)
				}
			}
		}
	}
}

// evidence sums the rows of an edge, by whether its source or its destination
// reported them.
func evidence(t *testing.T, facts []model.Fact, batches []model.Batch, edge model.EdgeMinute) (sent, received uint64) {
	t.Helper()
	input := inputOf(facts, batches, edge.Minute)
	all, err := minute.Speaking(input)
	if err != nil {
		t.Fatal(err)
	}
	speaking := all[edge.Key.ID()]
	if told := explained(t, input, edge.Key); !slices.Equal(speaking, told) {
		t.Errorf("%s %s: rows %v speak of it, %v explain it", edge.Minute, edge.Key, speaking, told)
	}
	for _, at := range speaking {
		if edge.Key.Source.Name == nearEnd(facts, input.Rows[at]) {
			sent += input.Rows[at].Row.Sent.WireBytes
		} else {
			received += input.Rows[at].Row.Received.WireBytes
		}
	}
	return sent, received
}

// explained are the rows that explain an edge, in order.
func explained(t *testing.T, input minute.Input, edge model.EdgeKey) []int32 {
	t.Helper()
	explanation, err := minute.Explain(input, edge)
	if err != nil {
		t.Fatal(err)
	}
	var rows []int32
	for _, pair := range explanation.Pairs {
		for i := range pair.Reports {
			rows = append(rows, int32(pair.Reports[i].Row))
		}
	}
	slices.Sort(rows)
	return slices.Compact(rows)
}

func inputOf(facts []model.Fact, batches []model.Batch, of model.Minute) minute.Input {
	input := minute.Input{Minute: of, Facts: facts}
	for _, batch := range batches {
		head := batch.Head(batch.CoveredThrough)
		if of < head.MinuteFrom || of >= head.MinuteTo {
			continue
		}
		input.Batches = append(input.Batches, head)
		for _, row := range batch.Flows {
			if row.Minute() == of {
				input.Rows = append(input.Rows, attribution.ReportedRow{Agent: batch.Agent, Row: row})
			}
		}
	}
	return input
}

// nearEnd is the name of the workload or node that made a report.
func nearEnd(facts []model.Fact, reported attribution.ReportedRow) string {
	for _, fact := range facts {
		if fact.Pod != nil && fact.Key == reported.Row.Local.ID {
			return fact.Pod.Workload.Name
		}
	}
	return reported.Agent.Node
}
