package app

import (
	"context"
	"log/slog"

	"github.com/egressor/egressor/graphsvc/chargesum"
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
	log   *slog.Logger
}

// Start tells the tables, and people of tables that nobody bounds.
func (r retention) Start(ctx context.Context) error {
	logs, err := r.flows.UnboundedLogs(ctx, "system")
	if err != nil {
		r.log.Warn("it is not known whether clickhouse's own logs have an end", "error", err) // a server need not show them
	}
	for table, bytes := range logs {
		r.log.Warn("a log of clickhouse has no end and will fill its disk: give it a TTL or remove it, as deploy/docker/clickhouse/system-logs.xml does",
			"table", "system."+table, "bytes", bytes)
	}
	return r.flows.SetRetention(ctx, r.keep)
}

// Stop has nothing to end.
func (retention) Stop(context.Context) error { return nil }

// keepers are the parts that bound what the service stores, and what it takes to
// read it.
func keepers(config Config, stores *Stores, reporter *report.Reporter) []component.Named {
	parts := []component.Named{
		{Name: "retention", Component: retention{stores.Flows, config.Retention, reporter.Log("retention")}},
		{Name: "charge sums", Component: chargesum.New(chargesum.Dependencies{
			Flows: stores.Flows, Graph: stores.Graph, Keep: config.Retention.Minutes,
			Clock: clock.System{}, Log: reporter.Log("charge-sums"), Registry: reporter.Registry(),
		})},
	}
	if config.ClickHouse.Address != "" && config.Neo4jURI != "" {
		return parts // the servers' disks are theirs to watch
	}
	watch := disk.New(config.DataDir, config.DiskBudgetGiB<<30, clock.System{}, reporter.Log("disk"), reporter.Registry())
	reporter.Health("disk", watch.Check)
	return append(parts, component.Named{Name: "disk", Component: watch})
}
