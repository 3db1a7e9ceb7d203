package rollup_test

import (
	"context"
	"testing"
	"testing/synctest"

	"github.com/egressor/egressor/graphsvc/rollup"
	"github.com/egressor/egressor/internal/model"
)

func TestASlowSubscriberHoldsNobodyUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		hub := rollup.NewHub()
		slow, quick := hub.Subscribe(t.Context()), hub.Subscribe(t.Context())
		const versions = 1000
		for number := uint64(1); number <= versions; number++ {
			hub.Publish(model.GraphVersion{Number: number}) // would block for ever, and synctest says so
			if got := <-quick; got.Number != number {
				t.Fatalf("the quick one got %d, want %d", got.Number, number)
			}
		}
		if got := <-slow; got.Number != 1 {
			t.Fatalf("the slow one got %d first, want 1", got.Number)
		}
	})
}

func TestUnsubscribingCloses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		hub := rollup.NewHub()
		ctx, cancel := context.WithCancel(t.Context())
		gone, stays := hub.Subscribe(ctx), hub.Subscribe(t.Context())
		cancel()
		synctest.Wait()
		if _, open := <-gone; open {
			t.Fatal("the channel of a subscriber that left is open")
		}
		hub.Publish(model.GraphVersion{Number: 7})
		if got := <-stays; got.Number != 7 {
			t.Fatalf("the one that stays got %d, want 7", got.Number)
		}
		ended, cancel := context.WithCancel(t.Context())
		cancel()
		never := hub.Subscribe(ended)
		synctest.Wait()
		if _, open := <-never; open {
			t.Fatal("the channel of a subscriber that was never there is open")
		}
	})
}
