package component_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/egressor/egressor/internal/component"
)

// hands is a clock whose hands the test moves.
type hands chan time.Time

func (h hands) Now() time.Time                       { return time.Time{} }
func (h hands) After(time.Duration) <-chan time.Time { return h }

func TestEveryDoesItAgainUntilStopped(t *testing.T) {
	var b component.Background
	clock, did := make(hands), make(chan int)
	times := 0
	starting, started := context.WithCancel(t.Context())
	b.Every(starting, time.Minute, clock, func(context.Context) { times++; did <- times })
	started() // the end of the start is not the end of the work
	for want := 1; want <= 3; want++ {
		clock <- time.Time{}
		if got := <-did; got != want {
			t.Fatalf("done %d times, want %d", got, want)
		}
	}
	if err := b.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := b.Stop(t.Context()); err != nil {
		t.Fatalf("a second stop: %v", err)
	}
	if err := new(component.Background).Stop(t.Context()); err != nil {
		t.Fatalf("what was not begun: %v", err)
	}
}

func TestStopDoesNotWaitForEver(t *testing.T) {
	var b component.Background
	end := make(chan struct{})
	b.Go(t.Context(), func(context.Context) { <-end })
	late, cancel := context.WithCancel(t.Context())
	cancel()
	if err := b.Stop(late); !errors.Is(err, context.Canceled) {
		t.Fatalf("the stop of what goes on: %v", err)
	}
	close(end)
	if err := b.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
}
