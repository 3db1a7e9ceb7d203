// Package component starts the parts of a process in order and stops them in
// reverse, whatever goes wrong on the way.
package component

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"
)

// Component is one part of a process. New functions are inert; Start makes it
// work and returns once it does; Stop ends it and waits for its goroutines. A
// component that was not started need not be stopped.
type Component interface {
	Start(ctx context.Context) error
	Stop(ctx context.Context) error
}

// Mortal is a component that can die after it was started, for example a
// server whose listener failed. Dead delivers the reason at most once.
type Mortal interface {
	Dead() <-chan error
}

// Named is a component with the name that errors and logs use.
type Named struct {
	Name string
	Component
}

// StopTimeout bounds the orderly stop of all components together.
const StopTimeout = 30 * time.Second

// Run starts the components in order, waits until ctx ends or a Mortal
// component dies, and stops what was started in reverse order. It returns the
// first failure: of a start, of a death, or of a stop.
func Run(ctx context.Context, log *slog.Logger, components ...Named) error {
	started, err := startAll(ctx, log, components)
	if err == nil {
		err = wait(ctx, started)
	}
	stopCtx, cancel := context.WithTimeout(context.WithoutCancel(ctx), StopTimeout)
	defer cancel()
	return errors.Join(err, stopAll(stopCtx, log, started))
}

func startAll(ctx context.Context, log *slog.Logger, components []Named) ([]Named, error) {
	for i, c := range components {
		if ctx.Err() != nil {
			return components[:i], nil //nolint:nilerr // to be stopped while starting is no failure
		}
		begin := time.Now()
		if err := c.Start(ctx); err != nil {
			if ctx.Err() != nil {
				return components[:i], nil //nolint:nilerr // the start failed because it was to stop
			}
			return components[:i], fmt.Errorf("starting %s: %w", c.Name, err)
		}
		log.Debug("started", "component", c.Name, "took", time.Since(begin).Round(time.Millisecond))
	}
	return components, nil
}

// wait blocks until ctx ends (nil) or one component dies (its reason).
func wait(ctx context.Context, components []Named) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	deaths := make(chan error)
	for _, c := range components {
		mortal, ok := c.Component.(Mortal)
		if !ok {
			continue
		}
		go func() {
			select {
			case reason := <-mortal.Dead():
				select {
				case deaths <- fmt.Errorf("%s died: %w", c.Name, reason):
				case <-ctx.Done():
				}
			case <-ctx.Done():
			}
		}()
	}
	select {
	case <-ctx.Done():
		return nil
	case err := <-deaths:
		return err
	}
}

func stopAll(ctx context.Context, log *slog.Logger, components []Named) error {
	var failures []error
	for i := len(components) - 1; i >= 0; i-- {
		c := components[i]
		if err := c.Stop(ctx); err != nil {
			failures = append(failures, fmt.Errorf("stopping %s: %w", c.Name, err))
			continue
		}
		log.Debug("stopped", "component", c.Name)
	}
	return errors.Join(failures...)
}

// Once starts the components, does one thing, and stops them: for commands
// that need a service's parts for a moment.
func Once(ctx context.Context, log *slog.Logger, do func() error, components ...Named) error {
	started, err := startAll(ctx, log, components)
	if err == nil {
		err = ctx.Err()
	}
	if err == nil {
		err = do()
	}
	stopCtx, cancel := context.WithTimeout(context.WithoutCancel(ctx), StopTimeout)
	defer cancel()
	return errors.Join(err, stopAll(stopCtx, log, started))
}
