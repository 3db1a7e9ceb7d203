package inventory_test

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	watched "github.com/egressor/egressor/graphsvc/inventory"
	"github.com/egressor/egressor/internal/model"
)

type fixedClock struct{ now time.Time }

func (c *fixedClock) Now() time.Time                       { return c.now }
func (c *fixedClock) After(time.Duration) <-chan time.Time { return nil }

// journal keeps what was recorded, in order.
type journal struct{ facts []model.Fact }

func (j *journal) RecordFacts(_ context.Context, facts []model.Fact, _ time.Time) error {
	j.facts = append(j.facts, facts...)
	return nil
}

const twoNodes = `cluster: lab
nodes:
  - {name: node-a, addrs: [10.0.1.10], provider: aws, region: us-east-1, zone: use1-az1, subnet: subnet-a}
  - {name: node-b, addrs: [10.0.2.10], provider: aws, region: us-east-1, zone: use1-az2, subnet: subnet-b}
`

func write(t *testing.T, path, text string, modified time.Time) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(path, modified, modified); err != nil {
		t.Fatal(err)
	}
}

func TestWhatAFileNoLongerStatesEnds(t *testing.T) {
	path := filepath.Join(t.TempDir(), "inventory.yaml")
	now := &fixedClock{time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)}
	recorded := &journal{}
	w := watched.New([]string{path, ""}, recorded, now, slog.New(slog.DiscardHandler), prometheus.NewRegistry())

	write(t, path, twoNodes, now.now)
	if err := w.Look(t.Context()); err != nil {
		t.Fatal(err)
	}
	if len(recorded.facts) != 2 {
		t.Fatalf("recorded %d facts, want 2", len(recorded.facts))
	}
	if err := w.Look(t.Context()); err != nil || len(recorded.facts) != 2 {
		t.Fatalf("an unchanged file was recorded again: %d facts, %v", len(recorded.facts), err)
	}

	now.now = now.now.Add(time.Minute)
	lines := strings.SplitAfter(twoNodes, "\n")
	write(t, path, strings.Join(lines[:3], ""), now.now)
	if err := w.Look(t.Context()); err != nil {
		t.Fatal(err)
	}
	last := recorded.facts[len(recorded.facts)-1]
	if last.Key != "node-b" && !strings.Contains(last.Key, "node-b") || !last.Period.To.Equal(now.now) {
		t.Fatalf("node-b should have ended at %s, got %+v", now.now, last)
	}
}

func TestABrokenFileIsAnErrorAndChangesNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "inventory.yaml")
	now := &fixedClock{time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)}
	recorded := &journal{}
	w := watched.New([]string{path}, recorded, now, slog.New(slog.DiscardHandler), prometheus.NewRegistry())
	write(t, path, "nodes: [{name: node-a, addrs: [not-an-address]}]\n", now.now)
	if err := w.Start(t.Context()); err == nil || !strings.Contains(err.Error(), path) {
		t.Fatalf("got %v, want an error that names %s", err, path)
	}
	if len(recorded.facts) != 0 {
		t.Fatalf("recorded %v", recorded.facts)
	}
}
