package kept_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/egressor/egressor/graphsvc/kept"
)

// TestQuestionsOfATimeAreReadTogether: the first by itself, those that come while it is
// read in as few readings as hold them.
func TestQuestionsOfATimeAreReadTogether(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var readings [][]int
		proceed := make(chan struct{})
		together := kept.NewTogether(50, func(_ context.Context, keys []int) (map[int]int, error) {
			readings = append(readings, keys)
			<-proceed
			squares := map[int]int{}
			for _, key := range keys {
				squares[key] = key * key
			}
			return squares, nil
		})
		var all sync.WaitGroup
		ask := func(key int) {
			all.Go(func() {
				if got, err := together.Of(t.Context(), key); got != key*key || err != nil {
					t.Errorf("%d: %d, %v", key, got, err)
				}
			})
		}
		ask(2)
		synctest.Wait()
		for n := range 100 {
			ask(n % 60)
		}
		synctest.Wait() // all wait for the first reading
		close(proceed)
		all.Wait()
		if len(readings) != 3 || len(readings[0]) != 1 || len(readings[1]) != 50 || len(readings[2]) < 10 {
			t.Errorf("readings of %v, want the first alone, 50 and the rest", readings)
		}
	})
}

// TestAReadingWithoutAskersEnds, and a failure is everybody's who waits.
func TestAReadingWithoutAskersEnds(t *testing.T) {
	begun, ended := make(chan struct{}), make(chan error, 1)
	together := kept.NewTogether(50, func(ctx context.Context, _ []int) (map[int]int, error) {
		close(begun)
		<-ctx.Done()
		ended <- ctx.Err()
		return nil, ctx.Err()
	})
	ctx, leave := context.WithCancel(t.Context())
	var one sync.WaitGroup
	one.Go(func() {
		if _, err := together.Of(ctx, 1); !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	})
	<-begun
	leave()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	one.Wait()
	down := errors.New("down")
	failing := kept.NewTogether(50, func(context.Context, []int) (map[int]int, error) { return nil, down })
	if _, err := failing.Of(t.Context(), 1); !errors.Is(err, down) {
		t.Error(err)
	}
}
