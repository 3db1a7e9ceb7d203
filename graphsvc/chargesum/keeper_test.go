package chargesum_test

import (
	"context"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/graphsvc/chargesum"
	"github.com/egressor/egressor/graphsvc/flowstore"
	"github.com/egressor/egressor/graphsvc/rollup/rolluptest"
	"github.com/egressor/egressor/internal/clickhouse/clickhousetest"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// head is the newest version of the graph.
type head uint64

func (h *head) Head(context.Context) (model.GraphVersion, bool, error) {
	return model.GraphVersion{Number: uint64(*h)}, *h > 0, nil
}

// written writes a minute that costs something, committed a minute after it ended.
func written(t *testing.T, store *flowstore.Store, number uint64, of model.Minute, nano int64) {
	t.Helper()
	cost := money.FromNano(nano)
	version := model.GraphVersion{Number: number, Kind: model.VersionFold, From: of, To: of + 1, Currency: "USD", CommittedAt: of.End().Add(time.Minute)}
	version.Totals.Cost = cost
	line := pricing.Line{Edge: 7, Payer: "source", Code: "C", Bytes: 1 << 20, UnitBytes: 1 << 30, Amount: cost}
	if err := store.WriteVersion(t.Context(), version, nil, pricing.Statement{Lines: []pricing.Line{line}}); err != nil {
		t.Fatal(err)
	}
}

// Hours are added up when they are over and settled, days when they are, both again
// when a later version speaks of them, and nothing that was never committed.
func TestSpansAreAddedUpWhenTheyAreOver(t *testing.T) {
	db := clickhousetest.Migrated(t)
	store := flowstore.New(db)
	day := rolluptest.First - rolluptest.First%flowstore.ChargeDay
	clock := rolluptest.NewClock(day.Start())
	newest := head(0)
	keeper := chargesum.New(chargesum.Dependencies{
		Flows: store, Graph: &newest, Keep: 400 * 24 * time.Hour, Clock: clock, Log: slog.New(slog.DiscardHandler), Registry: prometheus.NewRegistry(),
	})
	written(t, store, 1, day+3, 100)
	written(t, store, 2, day+59, 10)
	for _, step := range []struct {
		name   string
		now    model.Minute
		newest head
		before func()
		want   int
	}{
		{name: "nothing is committed", now: day + 70},
		{name: "its last version is fresh", now: day + 63, newest: 2},
		{name: "the hour is over", now: day + 70, newest: 2, want: 1},
		{name: "once", now: day + 71, newest: 2},
		{name: "late data that is not committed", now: day + 90, newest: 2, before: func() { written(t, store, 3, day+4, 1) }},
		{name: "late data", now: day + 90, newest: 3, want: 1},
		{name: "the day is over", now: day + 24*60 + 10, newest: 3, want: 1},
		{name: "an old minute, seen within two days", now: day + 24*60 + 20, newest: 4, before: func() { written(t, store, 4, day+5, 1) }, want: 2},
	} {
		if step.before != nil {
			step.before()
		}
		newest = step.newest
		clock.Set(step.now.Start())
		if got, err := keeper.Step(t.Context()); err != nil || got != step.want {
			t.Errorf("%s: %d spans were added up (%v), want %d", step.name, got, err, step.want)
		}
	}
	for version, want := range map[uint64]int64{2: 110, 3: 111, 4: 112} {
		charged, err := store.Charged(t.Context(), flowstore.Window{From: day, To: day + flowstore.ChargeDay, Version: version}, 0)
		if err != nil || len(charged) != 1 || charged[0].Line.Amount != money.FromNano(want) {
			t.Errorf("as of version %d the day costs %s (%v), want %d nano", version, fmt.Sprint(charged), err, want)
		}
	}
}
