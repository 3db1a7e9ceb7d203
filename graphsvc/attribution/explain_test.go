package attribution_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/egressor/egressor/graphsvc/attribution"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/testkit/gen"
)

// TestAnExplanationAddsUpToItsEdge: for every edge of any world, the reports that
// an explanation says were taken are the edge's bytes, and name its ends; every
// rule has words.
func TestAnExplanationAddsUpToItsEdge(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := gen.DrawWorld(t)
		index, err := attribution.NewIndex(w.Facts)
		if err != nil {
			t.Fatal(err)
		}
		var coverage attribution.Coverage
		for _, agent := range w.Agents {
			if rapid.Bool().Draw(t, "covered") {
				coverage.Add(agent, model.Period{From: w.Minute.Start(), To: w.Minute.End()})
			}
		}
		var rows []attribution.ReportedRow
		for _, r := range w.Rows() {
			rows = append(rows, attribution.ReportedRow{Agent: r.Agent, Row: r.Row})
		}
		flows, _ := attribution.Attribute(index, &coverage, rows)
		want := map[model.EdgeKey]model.Counts{}
		for _, f := range flows {
			want[f.Key] = want[f.Key].Add(f.Sent)
		}
		for edge, counts := range want {
			var got model.Counts
			for _, pair := range attribution.Explain(index, &coverage, rows, edge) {
				if pair.Choice.Text() == "" {
					t.Fatalf("choice %q has no words", pair.Choice)
				}
				for _, report := range pair.Reports {
					if report.Truth {
						got = got.Add(report.Counts)
					}
					if report.Truth && (report.Source.Identity != edge.Source || report.Destination.Identity != edge.Destination) {
						t.Fatalf("a report of %s to %s is taken for %s", report.Source.Identity, report.Destination.Identity, edge)
					}
					if report.Source.Rule.Text() == "" || report.Destination.Rule.Text() == "" || report.PathReason.Rule.Text() == "" {
						t.Fatalf("a rule of %+v has no words", report)
					}
				}
			}
			if diff := cmp.Diff(counts, got); diff != "" {
				t.Fatalf("%s (-edge +explanation):\n%s", edge, diff)
			}
		}
	})
}
