package chaos_test

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/egressor/egressor/graphsvc/flowstore"
	"github.com/egressor/egressor/graphsvc/graphstore"
	"github.com/egressor/egressor/graphsvc/rollup"
	"github.com/egressor/egressor/graphsvc/rollup/rolluptest"
	"github.com/egressor/egressor/internal/clickhouse"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/neo4j"
	"github.com/egressor/egressor/internal/report"
	"github.com/egressor/egressor/internal/wire"
)

// roleVariable turns a copy of this test binary into a service. It holds the
// role as JSON.
const roleVariable = "EGRESSOR_CHAOS_SERVICE"

// role is where a service finds its stores, and how long its story is.
type role struct {
	ClickHouse clickhouse.Config
	Neo4j      neo4j.Config
	Laps       int
	// Patience is the loop's, 0 for the default.
	Patience time.Duration
}

// pause is what a service waits after a failure, as a loop's tick is.
const pause = 50 * time.Millisecond

// alone is the testing.TB of a process that is no test: helpers that fail end it.
type alone struct {
	testing.TB
	ctx context.Context
}

func (alone) Helper()                    {}
func (a alone) Context() context.Context { return a.ctx }
func (alone) Fatal(args ...any)          { fmt.Fprintln(os.Stderr, args...); os.Exit(1) }
func (alone) Fatalf(f string, args ...any) {
	fmt.Fprintf(os.Stderr, f+"\n", args...)
	os.Exit(1)
}

// beService tells the story to the stores, from where they stand, and says each
// version on standard output. It receives, folds and commits with the code of the
// product, on a clock that the story sets, and is written to be killed.
func beService(text string) int {
	var r role
	if err := json.Unmarshal([]byte(text), &r); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 2
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	go endWithInput(cancel)
	tb := alone{ctx: ctx}
	stores, err := connect(ctx, r)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	fmt.Println("ready")
	events, _ := rolluptest.Laps(tb, r.Laps)
	clock := rolluptest.NewClock(rolluptest.First.Start())
	rules := rolluptest.Rules()
	rules.Patience = cmp.Or(r.Patience, rules.Patience)
	deps := rolluptest.Dependencies(tb, stores.Flows, stores.Graph, clock, rules, rollup.NewHub())
	deps.Log = slog.New(slog.NewTextHandler(os.Stderr, nil))
	loop := rollup.New(deps)
	go sayWhoLeads(ctx, deps.Registry)
	for _, event := range events {
		if !live(ctx, stores, loop, clock, event, rules.Patience) {
			return 1
		}
		fmt.Println("version", event.Versions)
	}
	if err := loop.Stop(ctx); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	fmt.Println("end")
	return 0
}

// endWithInput ends the service with its parent.
func endWithInput(end func()) {
	_, _ = os.Stdin.Read(make([]byte, 1))
	end()
}

// live takes in what an event brings and steps until its version is committed,
// by this service or another; false when the service was told to end.
func live(ctx context.Context, stores *rolluptest.Stores, loop *rollup.Loop, clock *rolluptest.Clock, event rolluptest.Event, patience time.Duration) bool {
	taken := false
	for life := 0; ctx.Err() == nil; life++ {
		head, err := headOf(ctx, stores, patience)
		if err == nil && head.Number >= event.Versions {
			return true
		}
		if err == nil && !taken {
			clock.Set(event.Step)
			taken = takeIn(ctx, stores.Flows, event, patience) == nil
		}
		if taken {
			err = loop.Step(ctx)
		}
		if err != nil || life%4 == 3 || !taken {
			wait(ctx, pause)
		}
	}
	return false
}

// sayWhoLeads prints each change of the loop's own word on whether it leads.
func sayWhoLeads(ctx context.Context, registry *prometheus.Registry) {
	for led := false; ctx.Err() == nil; wait(ctx, pause/10) {
		families, err := registry.Gather()
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
		}
		for _, family := range families {
			if family.GetName() != "egressor_rollup_leading" {
				continue
			}
			if leads := family.GetMetric()[0].GetGauge().GetValue() == 1; leads != led {
				led = leads
				fmt.Println("leads", leads)
			}
		}
	}
}

func wait(ctx context.Context, d time.Duration) {
	select {
	case <-time.After(d):
	case <-ctx.Done():
	}
}

func headOf(ctx context.Context, stores *rolluptest.Stores, within time.Duration) (model.GraphVersion, error) {
	ctx, cancel := context.WithTimeout(ctx, within)
	defer cancel()
	head, _, err := stores.Graph.Head(ctx)
	return head, err
}

// takeIn stores batches once, as ingest does. Each attempt is at another moment.
func takeIn(ctx context.Context, flows *flowstore.Store, event rolluptest.Event, within time.Duration) error {
	ctx, cancel := context.WithTimeout(ctx, within)
	defer cancel()
	for _, batch := range event.Batches {
		digest := wire.Digest(batch)
		stored, found, err := flows.Lookup(ctx, batch.BatchKey)
		if err == nil && !found {
			moment := time.Duration(time.Now().Nanosecond() % int(time.Millisecond))
			err = flows.Append(ctx, batch, digest, event.Received.Add(moment))
		}
		if err == nil && found && stored != digest {
			err = fmt.Errorf("batch %v is stored with another digest", batch.BatchKey)
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, "not stored, sent again:", err)
			return err
		}
	}
	return nil
}

// connect waits for both stores: they may be the ones that were killed.
func connect(ctx context.Context, r role) (*rolluptest.Stores, error) {
	flows, err := clickhouse.New(slog.New(slog.DiscardHandler), r.ClickHouse)
	if err != nil {
		return nil, err
	}
	graph, err := neo4j.New(report.Discard(), r.Neo4j, neo4j.Dependencies{})
	if err != nil {
		return nil, err
	}
	for _, start := range []func(context.Context) error{flows.Start, graph.Start} {
		for deadline := time.Now().Add(patience); ; wait(ctx, pause) {
			if err = start(ctx); err == nil {
				break
			}
			if ctx.Err() != nil || time.Now().After(deadline) {
				return nil, err
			}
		}
	}
	return &rolluptest.Stores{ClickHouse: flows, Neo4j: graph, Flows: flowstore.New(flows), Graph: graphstore.New(graph)}, nil
}

// through is the minute behind the last of a story.
func through(laps int) model.Minute { return rolluptest.First + model.Minute(3*laps) }
