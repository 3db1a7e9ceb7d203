// Package migrationstest kills migrators for tests.
package migrationstest

import (
	"context"
	"errors"

	"github.com/egressor/egressor/migrations"
)

// ErrKilled is what a migrator hears that was killed.
var ErrKilled = errors.New("killed")

// Dying is a target whose process is killed once it has done so many steps: a
// statement or a record each.
type Dying struct {
	migrations.Target
	Left int
}

func (d *Dying) step() error {
	if d.Left--; d.Left < 0 {
		return ErrKilled
	}
	return nil
}

// Execute is a step.
func (d *Dying) Execute(ctx context.Context, statement string) error {
	if err := d.step(); err != nil {
		return err
	}
	return d.Target.Execute(ctx, statement)
}

// Record is a step.
func (d *Dying) Record(ctx context.Context, m migrations.Migration) error {
	if err := d.step(); err != nil {
		return err
	}
	return d.Target.Record(ctx, m)
}
