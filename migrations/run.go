package migrations

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"
)

// Target is a store that can be migrated.
type Target interface {
	// Lock keeps other migrators out until unlock; it waits while one is at
	// work. A lock whose owner died frees itself after a while.
	Lock(ctx context.Context) (unlock func(context.Context) error, err error)
	// Applied returns what was recorded, in any order; nothing for an empty store.
	Applied(ctx context.Context) ([]Applied, error)
	// Execute runs one idempotent statement.
	Execute(ctx context.Context, statement string) error
	// Record notes durably that every statement of m has run.
	Record(ctx context.Context, m Migration) error
}

// unlockTimeout bounds the release of the lock when ctx has already ended.
const unlockTimeout = 10 * time.Second

// Run brings target up to date and returns the migrations that it applied.
// Killed at any point and run again, it ends in the same state.
func Run(ctx context.Context, log *slog.Logger, target Target, available []Migration) (done []Migration, err error) {
	unlock, err := target.Lock(ctx)
	if err != nil {
		return nil, fmt.Errorf("locking the schema: %w", err)
	}
	defer func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), unlockTimeout)
		defer cancel()
		if failure := unlock(ctx); failure != nil {
			err = errors.Join(err, fmt.Errorf("unlocking the schema: %w", failure))
		}
	}()
	applied, err := target.Applied(ctx)
	if err != nil {
		return nil, fmt.Errorf("reading which migrations the store has: %w", err)
	}
	steps, err := Plan(applied, available)
	if err != nil {
		return nil, err
	}
	for _, m := range steps {
		if err := apply(ctx, target, m); err != nil {
			return done, err
		}
		log.Info("migrated", "migration", m.String(), "statements", len(m.Statements))
		done = append(done, m)
	}
	return done, nil
}

func apply(ctx context.Context, target Target, m Migration) error {
	for i, statement := range m.Statements {
		if err := target.Execute(ctx, statement); err != nil {
			return fmt.Errorf("migration %s, statement %d of %d: %w", m, i+1, len(m.Statements), err)
		}
	}
	if err := target.Record(ctx, m); err != nil {
		return fmt.Errorf("recording migration %s: %w", m, err)
	}
	return nil
}
