package app

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/egressor/egressor/graphsvc/cloud"
	"github.com/egressor/egressor/graphsvc/cloud/watch"
	"github.com/egressor/egressor/internal/clock"
	"github.com/egressor/egressor/internal/inventory"
)

// CheckFacts reads the settings' inventory and endpoint file: what is wrong with them
// is told before a store is started for them.
func CheckFacts(config Config) error {
	var failed error
	for _, path := range []string{config.Inventory, config.Endpoints} {
		if path == "" {
			continue
		}
		_, err := inventory.Load(path)
		failed = errors.Join(failed, err)
	}
	return failed
}

// ImportFacts records what the settings' inventory, endpoint file and cloud
// inventories say, the cloud's as holding from a moment on (now where it is zero).
// A source that cannot be read is reported and the others are recorded; the error
// joins those that failed.
func ImportFacts(ctx context.Context, config Config, stores *Stores, at time.Time, tell func(format string, args ...any)) error {
	now := clock.System{}.Now()
	if at.IsZero() {
		at = now
	}
	var failed error
	for _, path := range []string{config.Inventory, config.Endpoints} {
		if path == "" {
			continue
		}
		facts, err := inventory.Load(path)
		if err == nil {
			err = stores.Flows.RecordFacts(ctx, facts, now)
		}
		if err != nil {
			failed = errors.Join(failed, err)
			continue
		}
		tell("%s: %d facts", path, len(facts))
	}
	return errors.Join(failed, importClouds(ctx, config, stores, at, now, tell))
}

func importClouds(ctx context.Context, config Config, stores *Stores, at, now time.Time, tell func(format string, args ...any)) error {
	if len(config.Outside.Cloud) == 0 {
		return nil
	}
	sources, err := config.Outside.CloudSources(ctx)
	if err != nil {
		return err
	}
	inventories, read, failed := readClouds(ctx, sources, tell)
	if len(inventories) == 0 {
		return failed
	}
	stated, gaps := cloud.Facts(inventories...)
	open, err := watch.Open(ctx, stores.Flows, at, read)
	if err != nil {
		return errors.Join(failed, err)
	}
	changes := cloud.Changes(open, stated, at)
	for _, gap := range gaps {
		tell("gap: %s", gap)
	}
	if err := stores.Flows.RecordFacts(ctx, changes, now); err != nil {
		return errors.Join(failed, err)
	}
	tell("%d facts stated, %d of them changed, %d gaps", len(stated), len(changes), len(gaps))
	return failed
}

func readClouds(ctx context.Context, sources []watch.Source, tell func(format string, args ...any)) (inventories []*cloud.Inventory, read map[string]bool, failed error) {
	read = map[string]bool{}
	for _, source := range sources {
		inventory, err := source.Read(ctx)
		if err != nil {
			failed = errors.Join(failed, err)
			continue
		}
		inventories = append(inventories, inventory)
		read[inventory.Scope.Source()] = true
		tell("%s: %d objects of %s", source.Name(), inventory.Count(), inventory.Scope)
	}
	return inventories, read, failed
}

// CheckClouds reads each cloud inventory of the settings once, and says what of
// them does not work.
func CheckClouds(ctx context.Context, config Config) error {
	sources, err := config.Outside.CloudSources(ctx)
	if err != nil {
		return err
	}
	inventories, _, failed := readClouds(ctx, sources, func(string, ...any) {})
	if failed != nil {
		return failed
	}
	if _, gaps := cloud.Facts(inventories...); len(gaps) > 0 {
		return fmt.Errorf("readable, with %d gaps, the first: %s", len(gaps), gaps[0])
	}
	return nil
}
