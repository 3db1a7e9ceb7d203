package report_test

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"

	"github.com/egressor/egressor/internal/report"
)

func TestReadyRunsEveryCheckInOrderOfName(t *testing.T) {
	broken := errors.New("connection refused")
	r := report.Discard()
	r.Health("neo4j", func(context.Context) error { return broken })
	r.Health("clickhouse", func(context.Context) error { return nil })
	states := r.Ready(t.Context())
	if len(states) != 2 || states[0].Name != "clickhouse" || states[0].Err != nil || states[1].Name != "neo4j" || !errors.Is(states[1].Err, broken) {
		t.Fatalf("got %+v", states)
	}
}

func TestLogNamesTheComponent(t *testing.T) {
	var out strings.Builder
	report.New(&out, slog.LevelInfo).Log("ingest").Info("batch refused")
	if !strings.Contains(out.String(), "component=ingest") {
		t.Fatalf("got %q", out.String())
	}
}
