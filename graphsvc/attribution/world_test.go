package attribution_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/egressor/egressor/graphsvc/attribution"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/testkit/gen"
)

// attributed attributes the part of a world that the agents in silent did not
// fail to report.
func attributed(t *rapid.T, w gen.World, silent map[model.AgentID]bool) ([]attribution.AttributedFlow, attribution.Check) {
	index, err := attribution.NewIndex(w.Facts)
	if err != nil {
		t.Fatal(err)
	}
	var coverage attribution.Coverage
	for _, agent := range w.Agents {
		if !silent[agent] {
			coverage.Add(agent, model.Period{From: w.Minute.Start(), To: w.Minute.End()})
		}
	}
	var rows []attribution.ReportedRow
	for _, r := range w.Rows() {
		if !silent[r.Agent] {
			rows = append(rows, attribution.ReportedRow{Agent: r.Agent, Row: r.Row})
		}
	}
	return attribution.Attribute(index, &coverage, rapid.Permutation(rows).Draw(t, "order"))
}

// TestEveryByteOnceWhoeverIsSilent: whichever agents are silent, the flows hold
// the bytes of exactly those connections that anyone reported, once.
func TestEveryByteOnceWhoeverIsSilent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := gen.DrawWorld(t)
		silent := map[model.AgentID]bool{}
		for _, agent := range w.Agents {
			silent[agent] = rapid.Bool().Draw(t, "silent")
		}
		flows, check := attributed(t, w, silent)
		var want model.Counts
		for _, c := range w.Connections {
			heard := func(p gen.Party) bool { return p.InCluster() && !silent[p.Agent] }
			if heard(c.Client) || heard(c.Server) {
				want = want.Add(c.Up).Add(c.Down)
			}
		}
		if got := total(flows); got != want {
			t.Fatalf("flows hold %+v, reported were %+v (check %+v)", got, want, check)
		}
	})
}

// TestEveryByteOnItsOwner: with all agents there, each workload's bytes are
// those of its own pods, however often addresses changed hands.
func TestEveryByteOnItsOwner(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := gen.DrawWorld(t)
		workload := map[string]string{}
		for _, fact := range w.Facts {
			if fact.Kind == model.FactPod {
				workload[fact.Key] = "w/lab/shop/Deployment/" + fact.Pod.Workload.Name
			}
		}
		want := map[[2]string]uint64{}
		name := func(p gen.Party) string {
			switch {
			case p.InCluster():
				return workload[p.UID]
			case p.Addr.String() == "198.18.1.7":
				return "e/s3/us-east-1/s3"
			default:
				return "u/unknown-address"
			}
		}
		for _, c := range w.Connections {
			want[[2]string{name(c.Client), name(c.Server)}] += c.Up.WireBytes
			want[[2]string{name(c.Server), name(c.Client)}] += c.Down.WireBytes
		}
		flows, _ := attributed(t, w, nil)
		got := map[[2]string]uint64{}
		for _, f := range flows {
			got[[2]string{f.Key.Source.ID(), f.Key.Destination.ID()}] += f.Sent.WireBytes
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("bytes by pair of ends (-want +got):\n%s", diff)
		}
	})
}

// TestOrderOfRowsAndFactsIsIrrelevant: any order gives the same flows.
func TestOrderOfRowsAndFactsIsIrrelevant(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := gen.DrawWorld(t)
		flows, check := attributed(t, w, nil)
		w.Facts = rapid.Permutation(w.Facts).Draw(t, "facts")
		again, checkAgain := attributed(t, w, nil)
		if diff := cmp.Diff(flows, again, cmpopts.EquateEmpty()); diff != "" || check != checkAgain {
			t.Fatalf("another order, other flows:\n%s\n%+v %+v", diff, check, checkAgain)
		}
	})
}

// TestBothReportsAgreeInAWorldWithoutLoss: what both ends saw is checked, and
// the check equals the bytes.
func TestBothReportsAgreeInAWorldWithoutLoss(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		flows, check := attributed(t, gen.DrawWorld(t), nil)
		if check.CheckedBytes != check.CheckBytes || check.UnmatchedBytes != 0 || check.SenderSilentBytes != 0 {
			t.Fatalf("check = %+v", check)
		}
		for _, f := range flows {
			inside := f.Key.Source.Kind == model.KindWorkload && f.Key.Destination.Kind == model.KindWorkload
			if f.Checked != inside || f.Checked && f.CheckBytes != f.Sent.WireBytes {
				t.Fatalf("flow %s: checked %v, %d against %d", f.Key, f.Checked, f.Sent.WireBytes, f.CheckBytes)
			}
		}
	})
}

func total(flows []attribution.AttributedFlow) model.Counts {
	var sum model.Counts
	for _, f := range flows {
		sum = sum.Add(f.Sent)
	}
	return sum
}
