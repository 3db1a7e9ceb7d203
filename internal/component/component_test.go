package component_test

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"github.com/egressor/egressor/internal/component"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// part records what happened to it in a shared journal.
type part struct {
	name    string
	journal *[]string
	failure error
	dead    chan error
	onStart func()
}

func (p *part) Start(context.Context) error {
	*p.journal = append(*p.journal, "start "+p.name)
	if p.onStart != nil {
		p.onStart()
	}
	return p.failure
}

func (p *part) Stop(context.Context) error {
	*p.journal = append(*p.journal, "stop "+p.name)
	return nil
}

func (p *part) Dead() <-chan error { return p.dead }

func TestRunStopsInReverseAfterCancel(t *testing.T) {
	var journal []string
	ctx, cancel := context.WithCancel(t.Context())
	a, b := &part{name: "a", journal: &journal}, &part{name: "b", journal: &journal, onStart: cancel}
	if err := component.Run(ctx, slog.New(slog.DiscardHandler), component.Named{Name: "a", Component: a}, component.Named{Name: "b", Component: b}); err != nil {
		t.Fatal(err)
	}
	if want := []string{"start a", "start b", "stop b", "stop a"}; !slices.Equal(journal, want) {
		t.Fatalf("got %v, want %v", journal, want)
	}
}

func TestRunUndoesAPartialStart(t *testing.T) {
	var journal []string
	broken := errors.New("port busy")
	a, b := &part{name: "a", journal: &journal}, &part{name: "b", journal: &journal, failure: broken}
	err := component.Run(t.Context(), slog.New(slog.DiscardHandler), component.Named{Name: "a", Component: a}, component.Named{Name: "b", Component: b})
	if !errors.Is(err, broken) || !strings.Contains(err.Error(), "starting b") {
		t.Fatalf("got %v", err)
	}
	if want := []string{"start a", "start b", "stop a"}; !slices.Equal(journal, want) {
		t.Fatalf("got %v, want %v", journal, want)
	}
}

func TestRunEndsWhenAComponentDies(t *testing.T) {
	var journal []string
	reason := errors.New("listener closed")
	a := &part{name: "a", journal: &journal, dead: make(chan error, 1)}
	a.dead <- reason
	err := component.Run(t.Context(), slog.New(slog.DiscardHandler), component.Named{Name: "a", Component: a})
	if !errors.Is(err, reason) || !strings.Contains(err.Error(), "a died") {
		t.Fatalf("got %v", err)
	}
	if want := []string{"start a", "stop a"}; !slices.Equal(journal, want) {
		t.Fatalf("got %v, want %v", journal, want)
	}
}

func TestTogetherStopsTheOthersWhenOneFails(t *testing.T) {
	var one, two []string
	broken := errors.New("no java")
	together := component.Together{
		{Name: "clickhouse", Component: &part{name: "clickhouse", journal: &one}},
		{Name: "neo4j", Component: &part{name: "neo4j", journal: &two, failure: broken}},
	}
	err := together.Start(t.Context())
	if !errors.Is(err, broken) || !strings.Contains(err.Error(), "starting neo4j") {
		t.Fatalf("got %v", err)
	}
	if want := []string{"start clickhouse", "stop clickhouse"}; !slices.Equal(one, want) {
		t.Fatalf("got %v, want %v", one, want)
	}
	if want := []string{"start neo4j"}; !slices.Equal(two, want) {
		t.Fatalf("got %v, want %v", two, want)
	}
}
