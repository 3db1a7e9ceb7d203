package component

import (
	"context"
	"fmt"
	"time"

	"github.com/egressor/egressor/internal/clock"
)

// Background is the work that a component does between its Start and its Stop. The
// zero value does nothing yet; a component that embeds it has its Stop.
type Background struct {
	cancel context.CancelFunc
	done   chan struct{}
}

// Go begins the work. It is to return soon after its context ends, which is when
// the component is stopped and not when the context of the start ends.
func (b *Background) Go(ctx context.Context, work func(ctx context.Context)) {
	run, cancel := context.WithCancel(context.WithoutCancel(ctx))
	done := make(chan struct{})
	b.cancel, b.done = cancel, done
	go func() {
		defer close(done)
		work(run)
	}()
}

// Every begins to do something again and again, with a pause before each time.
func (b *Background) Every(ctx context.Context, pause time.Duration, clock clock.Clock, do func(ctx context.Context)) {
	b.Go(ctx, func(ctx context.Context) {
		for {
			select {
			case <-ctx.Done():
				return
			case <-clock.After(pause):
				do(ctx)
			}
		}
	})
}

// Stop ends the work and waits for it. It fails where that takes longer than ctx.
// What was not begun need not be ended.
func (b *Background) Stop(ctx context.Context) error {
	if b.cancel == nil {
		return nil
	}
	b.cancel()
	select {
	case <-b.done:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("it did not end in time: %w", ctx.Err())
	}
}
