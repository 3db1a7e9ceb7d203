package rollup_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/egressor/egressor/graphsvc/rollup"
	"github.com/egressor/egressor/graphsvc/rollup/rolluptest"
	"github.com/egressor/egressor/internal/model"
)

// rig is a loop over real stores.
type rig struct {
	*rolluptest.Stores
	clock *rolluptest.Clock
	hub   *rollup.Hub
	loop  *rollup.Loop
}

func newRig(t *testing.T, rules rollup.Rules) *rig {
	r := &rig{Stores: rolluptest.Open(t), clock: rolluptest.NewClock(rolluptest.First.Start()), hub: rollup.NewHub()}
	r.loop = rolluptest.Loop(t, r.Flows, r.Graph, r.clock, rules, r.hub)
	return r
}

// step steps the loop at a moment and expects the newest version afterwards.
func (r *rig) step(t *testing.T, at time.Time, newest uint64) {
	t.Helper()
	r.clock.Set(at)
	if err := r.loop.Step(t.Context()); err != nil {
		t.Fatal(err)
	}
	if head, _, err := r.Graph.Head(t.Context()); err != nil || head.Number != newest {
		t.Fatalf("at %s the newest version is %d (%v), want %d", at, head.Number, err, newest)
	}
}

func TestAMinuteIsFoldedWhenAllReportedAndAgainWhenALateReportComes(t *testing.T) {
	r := newRig(t, rolluptest.Rules())
	story := rolluptest.Story(t)
	var totals, transfers []any
	for i, event := range story {
		r.step(t, event.Received, uint64(i)) // nothing came yet
		r.Append(t, event.Received, event.Batches...)
		r.step(t, event.Step, event.Versions)
		totals, transfers = append(totals, r.Totals(t, event.Versions)), append(transfers, r.Transfers(t, event.Versions))
	}
	r.step(t, story[3].Step.Add(time.Hour), 4) // and then there is nothing to do

	versions := r.Read(t).InGraph
	want := []struct {
		kind   model.VersionKind
		minute model.Minute
	}{{model.VersionFold, 0}, {model.VersionFold, 1}, {model.VersionFold, 2}, {model.VersionRefold, 1}}
	for i, version := range versions {
		if version.Kind != want[i].kind || version.From != rolluptest.First+want[i].minute {
			t.Errorf("version %d is a %s of %s, want a %s of minute %d", i+1, version.Kind, version.From, want[i].kind, want[i].minute)
		}
	}
	for i := range story {
		asOf := uint64(i + 1)
		if diff := cmp.Diff(totals[i], any(r.Totals(t, asOf)), exactMoney); diff != "" {
			t.Errorf("the series as of %d changed afterwards:\n%s", asOf, diff)
		}
		if diff := cmp.Diff(transfers[i], any(r.Transfers(t, asOf)), exactMoney); diff != "" {
			t.Errorf("the graph as of %d changed afterwards:\n%s", asOf, diff)
		}
	}
	if cmp.Equal(totals[2], totals[3], exactMoney) && cmp.Equal(transfers[2], transfers[3], exactMoney) {
		t.Error("the late report changed nothing: the story proves nothing")
	}
	if problems := r.Verify(t); problems != nil {
		t.Errorf("verify: %v", problems)
	}
}

func TestARestartLeavesNoGapAndNoDouble(t *testing.T) {
	stores := rolluptest.Open(t)
	clock := rolluptest.NewClock(rolluptest.First.Start())
	for _, event := range rolluptest.Story(t) {
		stores.Append(t, event.Received, event.Batches...)
		clock.Set(event.Step)
		again := stores.Again()
		for range 2 { // two lives per event
			loop := rolluptest.Loop(t, again.Flows, again.Graph, clock, rolluptest.Rules(), rollup.NewHub())
			if err := loop.Step(t.Context()); err != nil {
				t.Fatal(err)
			}
			if err := loop.Stop(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if head, _, err := stores.Graph.Head(t.Context()); err != nil || head.Number != event.Versions {
			t.Fatalf("after the event of %s the newest version is %d (%v), want %d", event.Received, head.Number, err, event.Versions)
		}
	}
	if problems := stores.Verify(t); problems != nil {
		t.Errorf("verify: %v", problems)
	}
}

func TestTheDemosFirstMinuteIsFoldedEarlyAndAgainWhenItIsOver(t *testing.T) {
	rules := rolluptest.Rules()
	rules.EarlyFirst = true
	r := newRig(t, rules)
	whole := rolluptest.Story(t)[0]
	r.step(t, rolluptest.First.Start().Add(5*time.Second), 0)
	opening := whole.Batches[0]
	opening.Boot, opening.CoveredThrough, opening.Flows = "opening", opening.CoveredFrom.Add(10*time.Second), nil
	r.Append(t, rolluptest.First.Start().Add(11*time.Second), opening)
	r.step(t, rolluptest.First.Start().Add(12*time.Second), 1)
	r.step(t, rolluptest.First.Start().Add(30*time.Second), 1)
	r.Append(t, whole.Received, whole.Batches...)
	r.step(t, whole.Step, 1) // quiet is not over
	r.step(t, whole.Received.Add(6*time.Second), 2)
	if head, _, err := r.Graph.Head(t.Context()); err != nil || head.Kind != model.VersionRefold || head.Totals.Edges == 0 {
		t.Fatalf("the newest version is a %s of %d transfers (%v), want a refold of some", head.Kind, head.Totals.Edges, err)
	}
	if problems := r.Verify(t); problems != nil {
		t.Errorf("verify: %v", problems)
	}
}

// A minute in which the agents saw nothing is known to be empty; of a minute
// that nobody covered nothing is known.
func TestAnEmptyMinuteIsAVersionAndAnUncoveredOneIsNone(t *testing.T) {
	r := newRig(t, rolluptest.Rules())
	empty := rolluptest.Story(t)[0].Batches[0]
	empty.Flows, empty.Losses = nil, nil
	r.Append(t, rolluptest.First.End(), empty)
	later := empty
	later.Sequence += 2
	later.CoveredFrom, later.CoveredThrough = empty.CoveredFrom.Add(2*time.Minute), empty.CoveredThrough.Add(2*time.Minute)
	r.Append(t, (rolluptest.First + 2).End(), later)
	r.step(t, (rolluptest.First + 2).End().Add(20*time.Second), 2)
	state := r.Read(t)
	for i, want := range []model.Minute{rolluptest.First + 2, rolluptest.First} { // the newest first
		version := state.InGraph[i]
		if version.From != want || version.Totals != (model.VersionTotals{}) {
			t.Errorf("version %d is of %s with %+v, want %s with nothing", i+1, version.From, version.Totals, want)
		}
	}
	if got := len(state.Totals[1]); got != 2 {
		t.Errorf("the series has %d minutes, want 2: one that nobody covered has none", got)
	}
	if state.Problems != nil {
		t.Errorf("verify: %v", state.Problems)
	}
}

// What is imported speaks of minutes long past; so may a spool that was cut off
// for days.
func TestImportedHistoryIsFolded(t *testing.T) {
	r := newRig(t, rolluptest.Rules())
	story := rolluptest.Story(t)
	imported := rolluptest.First.Start().Add(30 * 24 * time.Hour)
	for i, event := range story[:3] {
		r.Append(t, imported.Add(time.Duration(i)), event.Batches...)
	}
	r.step(t, imported.Add(time.Second), 3)
	// Three days later its tracker has forgotten the minutes: it asks the store.
	late := imported.Add(72 * time.Hour)
	r.step(t, late, 3)
	r.Append(t, late, story[3].Batches...)
	r.step(t, late.Add(time.Minute), 4)
	if head, _, err := r.Graph.Head(t.Context()); err != nil || head.Kind != model.VersionRefold {
		t.Fatalf("the newest version is a %s (%v), want a refold", head.Kind, err)
	}
	// And so does a process that starts after that.
	r.LeaseRunsOut(t)
	again := r.Again()
	r.loop = rolluptest.Loop(t, again.Flows, again.Graph, r.clock, rolluptest.Rules(), r.hub)
	r.step(t, late.Add(time.Hour), 4)
	if problems := r.Verify(t); problems != nil {
		t.Errorf("verify: %v", problems)
	}
}

// A ledger row is stamped when its batch comes and visible when it is stored.
func TestARowThatBecomesVisibleMinutesLaterIsFolded(t *testing.T) {
	r := newRig(t, rolluptest.Rules())
	story := rolluptest.Story(t)
	for _, event := range story[:3] {
		r.Append(t, event.Received, event.Batches...)
		r.step(t, event.Step, event.Versions)
	}
	later := story[2].Batches[0]
	later.Sequence, later.Flows = later.Sequence+1, nil
	later.CoveredFrom, later.CoveredThrough = later.CoveredThrough, later.CoveredThrough.Add(time.Second)
	visible := story[1].Received.Add(15 * time.Minute)
	r.Append(t, visible, later)
	r.step(t, visible.Add(time.Second), 4)
	// The late node's report came at its time, and was stored 15 minutes after.
	r.Append(t, story[1].Received, story[3].Batches...)
	r.step(t, visible.Add(2*time.Minute), 5)
}

func TestTheLoopFoldsByItselfAndStops(t *testing.T) {
	r := newRig(t, rolluptest.Rules())
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	committed := r.hub.Subscribe(ctx)
	if err := r.loop.Start(ctx); err != nil {
		t.Fatal(err)
	}
	event := rolluptest.Story(t)[0]
	r.Append(t, event.Received, event.Batches...)
	for r.clock.Waiting() == 0 { // until it waits for the next second
		if ctx.Err() != nil {
			t.Fatal("the loop never came to rest")
		}
	}
	r.clock.Set(event.Step)
	if version, ok := <-committed; !ok || version.Number != 1 {
		t.Fatalf("the hub told of version %d (%t), want 1", version.Number, ok)
	}
	if err := r.loop.Stop(ctx); err != nil {
		t.Fatal(err)
	}
	inert := rolluptest.Loop(t, r.Flows, r.Graph, r.clock, rolluptest.Rules(), r.hub)
	if err := inert.Stop(ctx); err != nil {
		t.Fatalf("stopping a loop that never started: %v", err)
	}
}
