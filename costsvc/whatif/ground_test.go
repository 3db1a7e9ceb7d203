package whatif_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/egressor/egressor/costsvc/whatif"
	"github.com/egressor/egressor/internal/incidentgen"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// TestPlanEvaluatesWhatChanged: the plan is the one of which every step evaluates
// every proposal on the whole topology anew, to the atom and in the same order.
func TestPlanEvaluatesWhatChanged(t *testing.T) {
	t.Run("clusters", func(t *testing.T) {
		for _, seed := range []uint64{204, 268} {
			topology := simulate(t, seed, incidentgen.Rules{S3: natOf(za), Registry: natOf(za)})
			samePlan(t, topology, whatif.Propose(topology))
		}
	})
	t.Run("random", func(t *testing.T) {
		book := awsBook(t)
		rapid.Check(t, func(rt *rapid.T) {
			topology := randomTopology(rt, book)
			proposals := whatif.Propose(topology)
			if rapid.Bool().Draw(rt, "split") {
				proposals = append(proposals, halved())
			}
			samePlan(rt, topology, proposals)
		})
	})
}

// halved sends half of what goes through NAT another way: one edge becomes two.
func halved() whatif.Proposal {
	return whatif.Proposal{Kind: whatif.Peering, Subject: "half", Change: whatif.Change{Reroute: func(e model.EdgeMinute) ([]model.EdgeMinute, bool) {
		if e.Key.Path.Kind != model.PathNAT || e.Sent.WireBytes < 2 {
			return nil, false
		}
		half := e
		half.Sent = model.Counts{WireBytes: e.Sent.WireBytes / 2}
		half.Key.Path = model.Path{Kind: model.PathVPC}
		e.Sent.WireBytes -= half.Sent.WireBytes
		return []model.EdgeMinute{e, half}, true
	}}}
}

type failing interface {
	Helper()
	Fatal(args ...any)
	Fatalf(format string, args ...any)
}

func samePlan(t failing, topology *whatif.Topology, proposals []whatif.Proposal) {
	t.Helper()
	chosen, after, err := whatif.Plan(*topology, proposals, money.Amount{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	wanted, wantedAfter := planOfAll(t, *topology, proposals)
	amounts := cmp.Comparer(func(a, b money.Amount) bool { return a == b })
	if diff := cmp.Diff(wanted, chosen, amounts, cmpopts.IgnoreFields(whatif.Change{}, "Reroute")); diff != "" {
		t.Fatalf("another plan (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(wantedAfter.Days, after.Days, cmpopts.EquateEmpty()); diff != "" {
		t.Fatalf("another topology afterwards (-want +got):\n%s", diff)
	}
}

// planOfAll evaluates everything at every step.
func planOfAll(t failing, topology whatif.Topology, proposals []whatif.Proposal) ([]whatif.Recommendation, whatif.Topology) {
	t.Helper()
	var chosen []whatif.Recommendation
	for _, assumed := range []bool{false, true} {
		taken := map[string]bool{}
		for {
			var best *whatif.Recommendation
			for _, p := range proposals {
				unproven := p.Kind == whatif.RegistryMirror || p.Kind == whatif.RegionalReplica || p.Kind == whatif.Compression
				if unproven != assumed || taken[p.ID()] {
					continue
				}
				r, err := whatif.Recommend(&topology, p)
				if err != nil {
					t.Fatal(err)
				}
				if best == nil || r.Saving.Cmp(best.Saving) > 0 || r.Saving.Cmp(best.Saving) == 0 && r.ID() < best.ID() {
					best = &r
				}
			}
			if best == nil || best.Saving.Sign() <= 0 {
				break
			}
			var err error
			if best.Shifts, err = topology.Shifts(&best.Change); err != nil {
				t.Fatal(err)
			}
			taken[best.ID()] = true
			chosen = append(chosen, *best)
			topology = topology.Apply(&best.Change)
		}
	}
	return chosen, topology
}
