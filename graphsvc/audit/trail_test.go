package audit_test

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/testutil"
	"pgregory.net/rapid"

	"github.com/egressor/egressor/graphsvc/audit"
	"github.com/egressor/egressor/internal/clock"
)

// sink keeps entries, and fails while it is told to.
type sink struct {
	mu      sync.Mutex
	failing error
	entries []audit.Entry
	tried   chan struct{}
}

func (s *sink) AppendAudit(_ context.Context, entries []audit.Entry) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	select {
	case s.tried <- struct{}{}:
	default:
	}
	if s.failing != nil {
		return s.failing
	}
	s.entries = append(s.entries, entries...)
	return nil
}

// ticking is a clock whose every wait ends when the test says so.
type ticking struct {
	clock.System
	ticks chan time.Time
}

func (t ticking) After(time.Duration) <-chan time.Time { return t.ticks }

func newTrail(t *testing.T, s *sink) (*audit.Trail, ticking, *prometheus.Registry) {
	t.Helper()
	registry, now := prometheus.NewRegistry(), ticking{ticks: make(chan time.Time)}
	trail := audit.New(s, now, slog.New(slog.DiscardHandler), registry)
	if err := trail.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	return trail, now, registry
}

func TestEntriesOutliveAStoreThatIsDown(t *testing.T) {
	s := &sink{failing: errors.New("connection refused"), tried: make(chan struct{}, 1)}
	trail, now, registry := newTrail(t, s)
	trail.Record(t.Context(), audit.Entry{Action: "one"})
	now.ticks <- time.Time{}
	<-s.tried
	trail.Record(t.Context(), audit.Entry{Action: "two"})
	s.mu.Lock()
	s.failing = nil
	s.mu.Unlock()
	if err := trail.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	if len(s.entries) != 2 || s.entries[0].Action != "one" || s.entries[1].Action != "two" {
		t.Errorf("kept %+v", s.entries)
	}
	if lost := testutil.CollectAndCount(registry); lost != 1 {
		t.Errorf("%d metrics", lost)
	}
}

func TestWhatCannotBeKeptIsCounted(t *testing.T) {
	s := &sink{failing: errors.New("connection refused")}
	trail, _, registry := newTrail(t, s)
	for range 3 {
		trail.Record(t.Context(), audit.Entry{})
	}
	if err := trail.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	const want = `# HELP egressor_audit_lost_total Entries of the audit log that could not be kept.
# TYPE egressor_audit_lost_total counter
egressor_audit_lost_total 3
`
	if err := testutil.GatherAndCompare(registry, strings.NewReader(want)); err != nil {
		t.Error(err)
	}
}

func TestCutKeepsWholeCharacters(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Repeat(rapid.SampledFrom([]string{"a", "é", "漢", "🙂"}).Draw(t, "character"), rapid.IntRange(0, 6000).Draw(t, "times"))
		cut := audit.Cut(text)
		if len(cut) > audit.MaxDetailBytes || !utf8.ValidString(cut) {
			t.Fatalf("%d bytes cut to %d, valid %v", len(text), len(cut), utf8.ValidString(cut))
		}
		if len(text) <= audit.MaxDetailBytes && cut != text {
			t.Fatalf("a short text was changed")
		}
	})
}
