package rollup_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/egressor/egressor/graphsvc/rollup/rolluptest"
)

// TestAMinuteWhoseRowsAreGoneIsNotFoldedFromLess: a report that comes after the raw
// rows of its minute were deleted is kept, said to be left out, and takes nothing
// away from what the minute was.
func TestAMinuteWhoseRowsAreGoneIsNotFoldedFromLess(t *testing.T) {
	r := newRig(t, rolluptest.Rules())
	story := rolluptest.Story(t)
	for _, event := range story[:3] {
		r.Append(t, event.Received, event.Batches...)
		r.step(t, event.Step, event.Versions)
	}
	before := r.Totals(t, 3)
	if err := r.ClickHouse.Exec(t.Context(), "TRUNCATE TABLE flows"); err != nil {
		t.Fatal(err)
	}
	late := story[3].Received.Add(2 * time.Hour)
	r.Append(t, late, story[3].Batches...)
	r.clock.Set(late.Add(time.Minute))
	if err := r.loop.Step(t.Context()); err == nil || !strings.Contains(err.Error(), "raw rows that version 2 was folded from are gone") {
		t.Errorf("the late report: %v", err)
	}
	if head, _, err := r.Graph.Head(t.Context()); err != nil || head.Number != 3 {
		t.Errorf("the newest version is %d (%v), want 3", head.Number, err)
	}
	if diff := cmp.Diff(before, r.Totals(t, 3), exactMoney); diff != "" {
		t.Errorf("the series changed:\n%s", diff)
	}
}
