package query

import (
	"context"
	"testing"
	"time"

	"github.com/egressor/egressor/internal/model"
)

type movedClock struct{ now time.Time }

func (c *movedClock) Now() time.Time                       { return c.now }
func (c *movedClock) After(time.Duration) <-chan time.Time { return nil }

func TestTheNewestVersionIsNeverOlderThanWhatWasSeen(t *testing.T) {
	now := &movedClock{time.Unix(1000, 0)}
	h := newHeads(now, time.Second)
	stored := uint64(0)
	reads := 0
	newest := func() uint64 {
		t.Helper()
		head, ok, err := h.newest(t.Context(), func(context.Context) (model.GraphVersion, bool, error) {
			reads++
			return model.GraphVersion{Number: stored}, stored > 0, nil
		})
		if err != nil || ok != (head.Number > 0) {
			t.Errorf("%d, %v, %v", head.Number, ok, err)
		}
		return head.Number
	}
	for n, step := range []struct {
		stored, announced uint64
		passes            time.Duration
		want              uint64
		reads             int
	}{
		{stored: 0, want: 0, reads: 1},                          // nothing is folded: asked again
		{stored: 1, want: 1, reads: 2},                          //
		{stored: 2, want: 1, reads: 2},                          // a moment late
		{stored: 2, announced: 2, want: 2, reads: 2},            // but not for who was told
		{stored: 3, passes: 2 * time.Second, want: 3, reads: 3}, //
		{stored: 2, passes: 2 * time.Second, want: 3, reads: 4}, // a replica that lags
	} {
		stored, now.now = step.stored, now.now.Add(step.passes)
		if step.announced > 0 {
			h.saw(model.GraphVersion{Number: step.announced}, now.now)
		}
		if got := newest(); got != step.want || reads != step.reads {
			t.Errorf("step %d: version %d after %d reads, want %d after %d", n, got, reads, step.want, step.reads)
		}
	}
}

// A slow store is read once for all who wait, and not once for each in turn.
func TestWhoWaitsForTheNewestVersionTakesWhatIsFound(t *testing.T) {
	now := &movedClock{time.Unix(1000, 0)}
	h := newHeads(now, time.Second)
	reads := 0
	for range 3 {
		asked := now.now // all ask at one time; the first reading takes a minute
		head, ok, err := h.newest(t.Context(), func(context.Context) (model.GraphVersion, bool, error) {
			reads++
			now.now = now.now.Add(time.Minute)
			return model.GraphVersion{Number: 7}, true, nil
		})
		if !ok || err != nil || head.Number != 7 {
			t.Errorf("%d, %v, %v", head.Number, ok, err)
		}
		now.now = asked
	}
	if reads != 1 {
		t.Errorf("read %d times", reads)
	}
	ctx, leave := context.WithCancel(t.Context())
	leave()
	h.reading <- struct{}{} // somebody reads
	now.now = now.now.Add(time.Hour)
	if _, _, err := h.newest(ctx, nil); err == nil {
		t.Error("who has left waits on")
	}
}
