package outside_test

import (
	"context"
	"errors"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/egressor/egressor/graphsvc/outside"
	"github.com/egressor/egressor/graphsvc/ranges"
	"github.com/egressor/egressor/internal/model"
)

type fixedClock struct{ now time.Time }

func (c fixedClock) Now() time.Time                     { return c.now }
func (fixedClock) After(time.Duration) <-chan time.Time { return nil }

// store keeps facts as the real one does: by key and start, the later word holds.
type store struct {
	facts map[string]model.Fact
	fails bool
}

func (s *store) Append(ctx context.Context, batch model.Batch, _ string, at time.Time) error {
	if s.fails {
		return errors.New("no space left")
	}
	return s.RecordFacts(ctx, batch.Facts, at)
}

func (*store) Lookup(context.Context, model.BatchKey) (string, bool, error) { return "", false, nil }

func (s *store) RecordFacts(_ context.Context, facts []model.Fact, _ time.Time) error {
	for _, fact := range facts {
		s.facts[fact.Key+" "+fact.Source+" "+fact.Period.From.Format(time.RFC3339)] = fact
	}
	return nil
}

func (s *store) Facts(context.Context, time.Time, time.Time, time.Time) ([]model.Fact, time.Time, error) {
	var facts []model.Fact
	for _, fact := range s.facts {
		facts = append(facts, fact)
	}
	return facts, time.Time{}, nil
}

func (s *store) open() string {
	var names []string
	for _, fact := range s.facts {
		if fact.Period.To.IsZero() && fact.Endpoint.Class != "internet" {
			names = append(names, fact.Endpoint.Class+"/"+fact.Endpoint.Place.Region+" "+fact.Period.From.Format("15:04"))
		}
	}
	return strings.Join(names, ", ")
}

var start = time.Date(2026, 11, 23, 10, 4, 0, 0, time.UTC)

func table(service, date string) ranges.Named {
	return ranges.Named{Table: ranges.Build([]ranges.Origin{{Provider: "aws", Date: date}}, []ranges.Range{
		{Prefix: netip.MustParsePrefix("52.216.0.0/15"), Label: ranges.Label{Provider: "aws", Service: service, Region: "us-east-1"}},
	})}
}

func recorder(t *testing.T, s outside.Store, finder outside.Finder, now time.Time) *outside.Recorder {
	t.Helper()
	r := outside.New(s, fixedClock{now}, []model.Fact{ranges.Internet()}, finder)
	if err := r.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	return r
}

func sight(at time.Time, addrs ...string) model.Batch {
	var batch model.Batch
	for _, addr := range addrs {
		batch.Flows = append(batch.Flows, model.FlowRow{RemoteAddr: netip.MustParseAddr(addr), WindowStart: at})
	}
	return batch
}

func TestAnAddressIsNamedFromTheMinuteThatSawIt(t *testing.T) {
	s := &store{facts: map[string]model.Fact{}}
	r := recorder(t, s, table("s3", "2026-10-26"), start)
	for step, c := range []struct {
		at   time.Time
		addr string
		want string
	}{
		{start, "10.0.0.7", ""}, // private
		{start, "9.9.9.9", ""},  // in no range
		{start.Add(30 * time.Second), "52.216.0.9", "s3/us-east-1 10:04"},
		{start.Add(time.Minute), "52.216.0.9", "s3/us-east-1 10:04"}, // known
		{start.Add(time.Minute), "52.217.0.1", "s3/us-east-1 10:04"}, // another address of the range
	} {
		if err := r.Append(t.Context(), sight(c.at, c.addr), "", c.at); err != nil {
			t.Fatal(err)
		}
		if got := s.open(); got != c.want {
			t.Errorf("step %d, %s: %q, want %q", step, c.addr, got, c.want)
		}
	}
	// A late batch of another agent saw it earlier.
	if err := r.Append(t.Context(), sight(start.Add(-time.Minute), "52.216.0.9"), "", start); err != nil {
		t.Fatal(err)
	}
	if got := s.open(); !strings.Contains(got, "10:03") {
		t.Errorf("after the late batch: %q", got)
	}
	again := recorder(t, s, table("s3", "2026-10-26"), start.Add(time.Hour))
	before := len(s.facts)
	if err := again.Append(t.Context(), sight(start.Add(time.Hour), "52.216.0.9"), "", start); err != nil || len(s.facts) != before {
		t.Errorf("a restart recorded %d facts more, error %v", len(s.facts)-before, err)
	}
}

func TestNewerRangesEndWhatTheyNoLongerSay(t *testing.T) {
	s := &store{facts: map[string]model.Fact{}}
	old := recorder(t, s, table("s3", "2026-10-26"), start)
	if err := old.Append(t.Context(), sight(start, "52.216.0.9"), "", start); err != nil {
		t.Fatal(err)
	}
	newer := recorder(t, s, table("ec2", "2026-11-22"), start.Add(time.Hour))
	if got := s.open(); got != "" {
		t.Errorf("still open: %q", got)
	}
	if err := newer.Append(t.Context(), sight(start.Add(time.Hour), "52.216.0.9"), "", start); err != nil {
		t.Fatal(err)
	}
	if got := s.open(); got != "ec2/us-east-1 11:04" {
		t.Errorf("open: %q", got)
	}
}

// TestABatchThatWasNotStoredIsNamedAgain: what failed was recorded nowhere.
func TestABatchThatWasNotStoredIsNamedAgain(t *testing.T) {
	s := &store{facts: map[string]model.Fact{}, fails: true}
	r := recorder(t, s, table("s3", "2026-10-26"), start)
	if err := r.Append(t.Context(), sight(start, "52.216.0.9"), "", start); err == nil {
		t.Fatal("stored although the store failed")
	}
	s.fails = false
	if err := r.Append(t.Context(), sight(start, "52.216.0.9"), "", start); err != nil || s.open() != "s3/us-east-1 10:04" {
		t.Errorf("open %q, error %v", s.open(), err)
	}
}
