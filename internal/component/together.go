package component

import (
	"context"
	"errors"
	"fmt"
	"sync"
)

// Together is a component of components that do not need each other: they are
// started at once, which takes as long as the slowest alone.
type Together []Named

var _ Component = Together(nil)

// Start starts all of them and waits. Where one fails, the others are stopped.
func (t Together) Start(ctx context.Context) error {
	failures := t.all(func(c Named) error {
		if err := c.Start(ctx); err != nil {
			return fmt.Errorf("starting %s: %w", c.Name, err)
		}
		return nil
	})
	if errors.Join(failures...) == nil {
		return nil
	}
	for i, c := range t {
		if failures[i] == nil {
			failures = append(failures, c.Stop(context.WithoutCancel(ctx)))
		}
	}
	return errors.Join(failures...)
}

// Stop stops all of them at once.
func (t Together) Stop(ctx context.Context) error {
	return errors.Join(t.all(func(c Named) error {
		if err := c.Stop(ctx); err != nil {
			return fmt.Errorf("stopping %s: %w", c.Name, err)
		}
		return nil
	})...)
}

func (t Together) all(do func(Named) error) []error {
	failures := make([]error, len(t))
	var wait sync.WaitGroup
	for i, c := range t {
		wait.Go(func() { failures[i] = do(c) })
	}
	wait.Wait()
	return failures
}
