package app

import (
	"context"

	"github.com/egressor/egressor/graphsvc/disk"
	"github.com/egressor/egressor/graphsvc/flowstore"
	"github.com/egressor/egressor/internal/clock"
	"github.com/egressor/egressor/internal/component"
	"github.com/egressor/egressor/internal/report"
)

// retention has the tables keep their rows as long as the service is told. It
// belongs to serving: other commands do not know the service's settings.
type retention struct {
	flows *flowstore.Store
	keep  flowstore.Retention
}

// Start tells the tables.
func (r retention) Start(ctx context.Context) error { return r.flows.SetRetention(ctx, r.keep) }

// Stop has nothing to end.
func (retention) Stop(context.Context) error { return nil }

// keepers are the parts that bound what the service stores.
func keepers(config Config, stores *Stores, reporter *report.Reporter) []component.Named {
	parts := []component.Named{{Name: "retention", Component: retention{stores.Flows, config.Retention}}}
	if config.ClickHouse.Address != "" && config.Neo4jURI != "" {
		return parts // the servers' disks are theirs to watch
	}
	watch := disk.New(config.DataDir, config.DiskBudgetGiB<<30, clock.System{}, reporter.Log("disk"), reporter.Registry())
	reporter.Health("disk", watch.Check)
	return append(parts, component.Named{Name: "disk", Component: watch})
}
