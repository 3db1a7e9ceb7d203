package hosts_test

import (
	"context"
	"errors"
	"log/slog"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/egressor/egressor/graphsvc/hosts"
	"github.com/egressor/egressor/internal/model"
)

type settableClock struct{ now time.Time }

func (c *settableClock) Now() time.Time                     { return c.now }
func (*settableClock) After(time.Duration) <-chan time.Time { return nil }

// names answers as told; a name without an answer fails.
type names map[string][]string

func (n names) LookupNetIP(_ context.Context, _, host string) ([]netip.Addr, error) {
	var addrs []netip.Addr
	for _, text := range n[host] {
		addrs = append(addrs, netip.MustParseAddr(text))
	}
	if len(addrs) == 0 {
		return nil, errors.New("no such host")
	}
	return addrs, nil
}

type store struct{ facts map[string]model.Fact }

func (s *store) RecordFacts(_ context.Context, facts []model.Fact, _ time.Time) error {
	for _, fact := range facts {
		s.facts[fact.Key+fact.Period.From.String()] = fact
	}
	return nil
}

func (s *store) Facts(_ context.Context, from, _ time.Time, _ time.Time) ([]model.Fact, time.Time, error) {
	var held []model.Fact
	for _, fact := range s.facts {
		if fact.Period.Contains(from) {
			held = append(held, fact)
		}
	}
	return held, time.Time{}, nil
}

func (s *store) open() string {
	var open []string
	for _, fact := range s.facts {
		if fact.Source == "hosts" && fact.Period.To.IsZero() {
			open = append(open, fact.Endpoint.Name+" "+fact.Endpoint.CIDRs[0].String()+" from "+fact.Period.From.Format("15:04"))
		}
	}
	slices.Sort(open)
	return strings.Join(open, ", ")
}

// TestAddressesComeAndGo: rotation is kept for an hour, an outage ends nothing
// before that, and a restart goes on.
func TestAddressesComeAndGo(t *testing.T) {
	s := &store{map[string]model.Fact{"api": {Kind: model.FactEndpoint, Key: "api", Source: "file/endpoints.yaml", Endpoint: &model.EndpointFact{
		Class: "partner", Name: "payments", Hosts: []string{"api.example"}, Team: "checkout",
	}}}}
	now := &settableClock{time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)}
	dns := names{}
	restart := func() *hosts.Watcher {
		return hosts.New(s, dns, now, slog.New(slog.DiscardHandler), prometheus.NewRegistry())
	}
	w := restart()
	for _, step := range []struct {
		after   time.Duration
		answer  []string
		restart bool
		fails   bool
		want    string
	}{
		{0, nil, false, true, ""},
		{time.Minute, []string{"192.0.2.1"}, false, false, "payments 192.0.2.1/32 from 10:01"},
		{time.Minute, []string{"::ffff:192.0.2.2"}, false, false, "payments 192.0.2.1/32 from 10:01, payments 192.0.2.2/32 from 10:02"},
		{30 * time.Minute, nil, true, true, "payments 192.0.2.1/32 from 10:01, payments 192.0.2.2/32 from 10:02"},
		{50 * time.Minute, []string{"192.0.2.2"}, false, false, "payments 192.0.2.1/32 from 10:01, payments 192.0.2.2/32 from 10:02"},
		{11 * time.Minute, []string{"192.0.2.2"}, false, false, "payments 192.0.2.2/32 from 10:02"},
		{time.Minute, []string{"192.0.2.1"}, false, false, "payments 192.0.2.1/32 from 11:34, payments 192.0.2.2/32 from 10:02"},
	} {
		now.now = now.now.Add(step.after)
		dns["api.example"] = step.answer
		if step.restart {
			w = restart()
		}
		if err := w.Look(t.Context()); (err != nil) != step.fails {
			t.Fatalf("%s: error %v", now.now.Format("15:04"), err)
		}
		if got := s.open(); got != step.want {
			t.Errorf("%s: %q, want %q", now.now.Format("15:04"), got, step.want)
		}
	}
}
