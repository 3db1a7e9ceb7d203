package rollup_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/egressor/egressor/graphsvc/rollup/rolluptest"
)

// TestAClockThatJumpsLosesNothing: a service whose clock leaps hours ahead and
// falls back again between any two steps may fold a minute too early or late; in the
// end each minute is what it is by a clock that goes right, once, and proven.
func TestAClockThatJumpsLosesNothing(t *testing.T) {
	run := func(jumps ...time.Duration) (versions uint64, transfers, totals any) {
		r := newRig(t, rolluptest.Rules())
		story := rolluptest.Story(t)
		step := func(at time.Time) {
			r.clock.Set(at)
			if err := r.loop.Step(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		for _, event := range story {
			half := len(event.Batches) / 2
			r.Append(t, event.Received, event.Batches[:half]...)
			for _, jump := range jumps { // a minute looks over while half of it is to come
				step(event.Received.Add(jump))
			}
			r.Append(t, event.Received, event.Batches[half:]...)
			step(event.Step)
		}
		step(story[len(story)-1].Step.Add(time.Hour))
		head, _, err := r.Graph.Head(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if problems := r.Verify(t); problems != nil {
			t.Errorf("after jumps of %v: verify: %v", jumps, problems)
		}
		return head.Number, r.Transfers(t, head.Number), r.Totals(t, head.Number)
	}
	versions, transfers, totals := run()
	disturbed := false
	for _, jumps := range [][]time.Duration{{3 * time.Hour}, {-2 * time.Hour}, {40 * time.Minute, -40 * time.Minute, 26 * time.Hour}} {
		gotVersions, gotTransfers, gotTotals := run(jumps...)
		disturbed = disturbed || gotVersions != versions
		if diff := cmp.Diff(transfers, gotTransfers, exactMoney); diff != "" {
			t.Errorf("after jumps of %v the graph differs:\n%s", jumps, diff)
		}
		if diff := cmp.Diff(totals, gotTotals, exactMoney); diff != "" {
			t.Errorf("after jumps of %v the series differ:\n%s", jumps, diff)
		}
	}
	if !disturbed {
		t.Errorf("every run made %d versions: no jump made a difference, and the test proves nothing", versions)
	}
}
