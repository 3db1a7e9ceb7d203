package kept_test

import (
	"context"
	"errors"
	"sync"
	"testing"

	"github.com/egressor/egressor/graphsvc/kept"
)

// TestQuestionsOfATimeAreReadTogether: the first by itself, those that come while it is
// read in one more reading, however many there are.
func TestQuestionsOfATimeAreReadTogether(t *testing.T) {
	reading, go1 := make(chan []int), make(chan struct{})
	together := kept.NewTogether(50, func(_ context.Context, keys []int) (map[int]int, error) {
		reading <- keys
		<-go1
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
	if first := <-reading; len(first) != 1 {
		t.Errorf("first %v", first)
	}
	const askers = 100
	for n := range askers {
		ask(n % 60)
	}
	read := 1
	go func() {
		for range reading {
			read++
		}
	}()
	close(go1)
	all.Wait()
	// Those that came late may have been read by themselves; all at once are two.
	if read > 2+askers {
		t.Errorf("%d readings", read)
	}
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
