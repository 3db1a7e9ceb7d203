package kept_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/egressor/egressor/graphsvc/kept"
)

func TestAnAnswerIsReadOnceAndDroppedWhenOthersNeedTheRoom(t *testing.T) {
	k := kept.New[int](10, func(n int) int { return n })
	reads := map[int]int{}
	ask := func(key, weight int) {
		t.Helper()
		if got, err := k.Of(t.Context(), key, func(context.Context) (int, error) { reads[key]++; return weight, nil }); got != weight || err != nil {
			t.Errorf("%d: %d, %v", key, got, err)
		}
	}
	for _, key := range []int{1, 2, 1, 3, 1, 2} { // 4 each: two fit, and 1 is used all the time
		ask(key, 4)
	}
	if reads[1] != 1 || reads[2] != 2 || reads[3] != 1 {
		t.Errorf("read %v", reads)
	}
	ask(4, 100) // more than there is room for: it is kept alone
	if !k.Keeps(4) || k.Keeps(1) {
		t.Error("what does not fit is kept beside others, or not at all")
	}
	if _, err := k.Of(t.Context(), 5, func(context.Context) (int, error) { return 0, errors.New("down") }); err == nil || k.Keeps(5) {
		t.Error("a failure was kept")
	}
}

// Whoever waits for somebody who leaves reads for themselves.
func TestWhoWaitsDoesNotLeaveWithTheReader(t *testing.T) {
	k := kept.New[string](10, func(int) int { return 1 })
	ctx, leave := context.WithCancel(t.Context())
	reading := make(chan struct{})
	var all sync.WaitGroup
	all.Go(func() {
		_, _ = k.Of(ctx, "x", func(ctx context.Context) (int, error) {
			close(reading)
			<-ctx.Done()
			return 0, ctx.Err()
		})
	})
	<-reading
	var reads atomic.Int32
	for range 8 {
		all.Go(func() {
			if got, err := k.Of(t.Context(), "x", func(context.Context) (int, error) { reads.Add(1); return 7, nil }); got != 7 || err != nil {
				t.Errorf("%d, %v", got, err)
			}
		})
	}
	leave()
	all.Wait()
	if reads.Load() != 1 {
		t.Errorf("read %d times", reads.Load())
	}
}
