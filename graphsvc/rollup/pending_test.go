package rollup_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/egressor/egressor/graphsvc/rollup"
	"github.com/egressor/egressor/internal/model"
)

var (
	minute = model.MinuteOf(time.Date(2026, 11, 23, 10, 4, 0, 0, time.UTC))
	nodeA  = model.AgentID{Cluster: "lab", Node: "a"}
	nodeB  = model.AgentID{Cluster: "lab", Node: "b"}
)

// head is a batch that covers the ten seconds before its end.
func head(agent model.AgentID, sequence uint64, through time.Time, received time.Time) model.BatchHead {
	return model.Batch{
		BatchKey:    model.BatchKey{Agent: agent, Boot: "boot", Sequence: sequence},
		CoveredFrom: through.Add(-10 * time.Second), CoveredThrough: through,
	}.Head(received)
}

func TestAMinuteIsFoldedOnceAllLiveAgentsReportedPastIt(t *testing.T) {
	end := minute.End()
	p := rollup.NewPending(rollup.DefaultRules())
	p.Arrived(head(nodeA, 1, end, end.Add(time.Second)).Run())
	p.Arrived(head(nodeB, 1, end.Add(-10*time.Second), end.Add(time.Second)).Run())
	for _, row := range []struct {
		at   time.Time
		want []rollup.Due
		why  string
	}{
		{end.Add(-time.Second), nil, "the minute is not over"},
		{end.Add(2 * time.Second), nil, "b has not reported past it"},
		{end.Add(20 * time.Second), []rollup.Due{{Minute: minute}}, "the grace is over"},
	} {
		if diff := cmp.Diff(row.want, p.Ready(row.at)); diff != "" {
			t.Errorf("%s (%s): %s", row.at, row.why, diff)
		}
	}
	p.Arrived(head(nodeB, 2, end, end.Add(3*time.Second)).Run())
	if diff := cmp.Diff([]rollup.Due{{Minute: minute}}, p.Ready(end.Add(3*time.Second))); diff != "" {
		t.Errorf("all have reported past it: %s", diff)
	}
}

func TestADeadAgentHoldsNothingUp(t *testing.T) {
	end := minute.End()
	p := rollup.NewPending(rollup.DefaultRules())
	p.Arrived(head(nodeB, 1, end.Add(-2*time.Minute), end.Add(-2*time.Minute)).Run())
	p.Folded(minute-2, []model.InputRange{{Agent: nodeB, Boot: "boot", First: 1, Last: 1}}, time.Time{})
	p.Arrived(head(nodeA, 1, end, end).Run())
	if diff := cmp.Diff([]rollup.Due{{Minute: minute}}, p.Ready(end)); diff != "" {
		t.Fatalf("b has been silent for longer than its lease: %s", diff)
	}
}

func TestLateDataIsFoldedAgainOnce(t *testing.T) {
	end := minute.End()
	p := rollup.NewPending(rollup.DefaultRules())
	p.Arrived(head(nodeA, 1, end, end).Run())
	p.Folded(minute, []model.InputRange{{Agent: nodeA, Boot: "boot", First: 1, Last: 1}}, time.Time{})
	if due := p.Ready(end.Add(time.Hour)); due != nil {
		t.Fatalf("nothing new came, yet %v is due", due)
	}
	late := end.Add(time.Hour)
	p.Arrived(head(nodeB, 1, end, late).Run())
	if due := p.Ready(late.Add(time.Second)); due != nil {
		t.Fatalf("b is still catching up, yet %v is due", due)
	}
	if diff := cmp.Diff([]rollup.Due{{Minute: minute, Again: true}}, p.Ready(late.Add(6*time.Second))); diff != "" {
		t.Fatal(diff)
	}
}

func TestTheVeryFirstMinuteMayBeFoldedWhileItIsOpen(t *testing.T) {
	rules := rollup.DefaultRules()
	rules.EarlyFirst = true
	p := rollup.NewPending(rules)
	opened := minute.Start().Add(10 * time.Second)
	p.Arrived(head(nodeA, 1, opened, opened).Run())
	if diff := cmp.Diff([]rollup.Due{{Minute: minute}}, p.Ready(opened)); diff != "" {
		t.Fatal(diff)
	}
	p.Folded(minute, []model.InputRange{{Agent: nodeA, Boot: "boot", First: 1, Last: 1}}, time.Time{})
	p.Arrived(head(nodeA, 2, opened.Add(10*time.Second), opened.Add(10*time.Second)).Run())
	if due := p.Ready(opened.Add(20 * time.Second)); due != nil {
		t.Fatalf("only the first fold is early, yet %v is due", due)
	}
	if diff := cmp.Diff([]rollup.Due{{Minute: minute, Again: true}}, p.Ready(minute.End().Add(20*time.Second))); diff != "" {
		t.Fatal(diff)
	}
}

// With a backlog of hours, the minute that just ended is among the first.
func TestABacklogDoesNotHoldUpTheLiveMinute(t *testing.T) {
	p := rollup.NewPending(rollup.DefaultRules())
	const backlog = 45
	now := minute.End().Add(time.Hour)
	sequence := map[model.Minute]uint64{}
	for of := minute - backlog + 1; of <= minute; of++ {
		sequence[of] = uint64(len(sequence) + 1)
		p.Arrived(head(nodeA, sequence[of], of.End(), now).Run())
	}
	want := []rollup.Due{
		{Minute: minute}, {Minute: minute - backlog + 1}, {Minute: minute - 1}, {Minute: minute - backlog + 2}, {Minute: minute - 2},
	}
	if diff := cmp.Diff(want, p.Ready(now)[:len(want)]); diff != "" {
		t.Fatalf("the order (-want +got):\n%s", diff)
	}
	for _, want := range []int{20, 20, 5, 0} {
		due := p.Ready(now)
		if len(due) != want {
			t.Fatalf("%d minutes are due at once, want %d", len(due), want)
		}
		for _, d := range due {
			if d.Again {
				t.Fatalf("%s is due twice", d.Minute)
			}
			p.Folded(d.Minute, []model.InputRange{{Agent: nodeA, Boot: "boot", First: sequence[d.Minute], Last: sequence[d.Minute]}}, time.Time{})
		}
	}
}

// Whatever is told in whatever order and however often, a minute is due at the
// end of time exactly when it has a batch that its version does not hold.
func TestPendingEndsWhereTheFactsDo(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := rollup.NewPending(rollup.DefaultRules())
		arrived, folded := map[uint64]bool{}, uint64(0)
		for range rapid.IntRange(1, 40).Draw(t, "steps") {
			sequence := rapid.Uint64Range(1, 8).Draw(t, "sequence")
			if rapid.Bool().Draw(t, "arrives") {
				arrived[sequence] = true
				p.Arrived(head(nodeA, sequence, minute.End(), minute.End()).Run())
				continue
			}
			for upTo := uint64(1); upTo <= sequence && arrived[upTo]; upTo++ {
				folded = max(folded, upTo)
			}
			if folded > 0 {
				p.Folded(minute, []model.InputRange{{Agent: nodeA, Boot: "boot", First: 1, Last: folded}}, time.Time{})
			}
		}
		open := false
		for sequence := range arrived {
			open = open || sequence > folded
		}
		if due := p.Ready(minute.End().Add(24 * time.Hour)); (len(due) > 0) != open {
			t.Fatalf("due %v, arrived %v, folded up to %d", due, arrived, folded)
		}
	})
}

// TestALateFactMakesAFoldedMinuteDue: one that its newest version did not know,
// after the quiet time, and only until it is folded.
func TestALateFactMakesAFoldedMinuteDue(t *testing.T) {
	end := minute.End()
	p := rollup.NewPending(rollup.DefaultRules())
	p.Learnt(minute, end) // nothing is known of the minute
	p.Arrived(head(nodeA, 1, end, end).Run())
	p.Learnt(minute, end) // not folded yet: it will know the fact
	p.Folded(minute, []model.InputRange{{Agent: nodeA, Boot: "boot", First: 1, Last: 1}}, end.Add(time.Second))
	for _, row := range []struct {
		recorded, at time.Time
		want         []rollup.Due
		why          string
	}{
		{end.Add(time.Second), end.Add(time.Minute), nil, "the version knew it"},
		{end.Add(time.Minute), end.Add(time.Minute), nil, "quiet is not over"},
		{end.Add(time.Minute), end.Add(66 * time.Second), []rollup.Due{{Minute: minute, Again: true, FactsOnly: true}}, "late"},
	} {
		p.Learnt(minute, row.recorded)
		if diff := cmp.Diff(row.want, p.Ready(row.at)); diff != "" {
			t.Errorf("%s: %s", row.why, diff)
		}
	}
	if got := p.Unaware(minute-5, minute+1, end.Add(time.Minute)); len(got) != 1 {
		t.Errorf("unaware of it are %v, want the minute", got)
	}
	p.Folded(minute, nil, end.Add(time.Minute))
	if due := p.Ready(end.Add(time.Hour)); due != nil {
		t.Errorf("folded with the fact, and due again: %v", due)
	}
}
