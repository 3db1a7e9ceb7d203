// Package hosts keeps endpoints that are known by DNS names in step with what the
// names answer: an address is the endpoint's from the moment it was heard until it
// has not been heard for a while.
package hosts

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/netip"
	"slices"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/egressor/egressor/graphsvc/cloud"
	"github.com/egressor/egressor/internal/clock"
	"github.com/egressor/egressor/internal/component"
	"github.com/egressor/egressor/internal/model"
)

const (
	// interval is how often names are asked for.
	interval = time.Minute
	// keep is how long an address stays the endpoint's after it was last heard: many
	// names answer with a few of their addresses in turn.
	keep = time.Hour
	// lookupTimeout bounds one name.
	lookupTimeout = 5 * time.Second
	// source is the Source of the facts.
	source = "hosts"
)

// Resolver asks for the addresses of a name; net.Resolver is one.
type Resolver interface {
	LookupNetIP(ctx context.Context, network, host string) ([]netip.Addr, error)
}

// Store keeps facts.
type Store interface {
	RecordFacts(ctx context.Context, facts []model.Fact, now time.Time) error
	Facts(ctx context.Context, from, to time.Time, through time.Time) ([]model.Fact, time.Time, error)
}

// Watcher asks for the names in the stored endpoints.
type Watcher struct {
	store    Store
	resolver Resolver
	clock    clock.Clock
	log      *slog.Logger
	failures prometheus.Counter

	heard map[string]time.Time // by fact key
	component.Background
}

// New returns an inert watcher.
func New(store Store, resolver Resolver, now clock.Clock, log *slog.Logger, registry *prometheus.Registry) *Watcher {
	w := &Watcher{store: store, resolver: resolver, clock: now, log: log, failures: prometheus.NewCounter(prometheus.CounterOpts{
		Name: "egressor_hosts_failures_total", Help: "Times a DNS name of a stated endpoint did not resolve; what it answered before holds for an hour.",
	})}
	registry.MustRegister(w.failures)
	return w
}

// Start asks at an interval from now on.
func (w *Watcher) Start(ctx context.Context) error {
	w.Go(ctx, w.run)
	return nil
}

func (w *Watcher) run(ctx context.Context) {
	for {
		if err := w.Look(ctx); err != nil && ctx.Err() == nil {
			w.log.Error("names of stated endpoints did not resolve; what they answered before holds for an hour", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-w.clock.After(interval):
		}
	}
}

// Look asks for every name once and records what changed. The error joins those of
// the names that did not resolve; the others are recorded all the same.
func (w *Watcher) Look(ctx context.Context) error {
	now := w.clock.Now().UTC()
	held, _, err := w.store.Facts(ctx, now, now.Add(1), time.Time{})
	if err != nil {
		return fmt.Errorf("reading which endpoints have names: %w", err)
	}
	var open, named []model.Fact
	for _, fact := range held {
		switch {
		case fact.Endpoint == nil || !fact.Period.To.IsZero():
		case fact.Source == source:
			open = append(open, fact)
		case len(fact.Endpoint.Hosts) > 0:
			named = append(named, fact)
		}
	}
	if w.heard == nil { // what held before a restart may still be heard
		w.heard = map[string]time.Time{}
		for _, fact := range open {
			w.heard[fact.Key] = now
		}
	}
	stated, failed := w.ask(ctx, named, open, now)
	changes := cloud.Changes(open, stated, now)
	for i := range changes {
		if changes[i].Period.From.IsZero() { // nobody knows what the name answered before
			changes[i].Period.From = now
		}
	}
	return errors.Join(failed, w.store.RecordFacts(ctx, changes, now))
}

// ask returns the facts that hold now: of each name the addresses heard within the
// last hour.
func (w *Watcher) ask(ctx context.Context, named, open []model.Fact, now time.Time) (stated []model.Fact, failed error) {
	for _, endpoint := range named {
		for _, host := range endpoint.Endpoint.Hosts {
			addrs, err := w.lookUp(ctx, host)
			if err != nil {
				w.failures.Inc()
				failed = errors.Join(failed, fmt.Errorf("endpoint %s: host %s: %w", endpoint.Key, host, err))
			}
			for _, addr := range addrs {
				w.heard[keyOf(endpoint, host, addr)] = now
			}
			for _, addr := range union(addrs, addrsOf(open, endpoint, host)) {
				if now.Sub(w.heard[keyOf(endpoint, host, addr)]) <= keep {
					stated = append(stated, factOf(endpoint, host, addr))
				}
			}
		}
	}
	return stated, failed
}

func (w *Watcher) lookUp(ctx context.Context, host string) ([]netip.Addr, error) {
	ctx, cancel := context.WithTimeout(ctx, lookupTimeout)
	defer cancel()
	addrs, err := w.resolver.LookupNetIP(ctx, "ip", host)
	for i := range addrs {
		addrs[i] = addrs[i].Unmap()
	}
	return addrs, err
}

func keyOf(endpoint model.Fact, host string, addr netip.Addr) string {
	return endpoint.Key + "@" + host + "/" + addr.String()
}

func factOf(endpoint model.Fact, host string, addr netip.Addr) model.Fact {
	body := *endpoint.Endpoint
	body.Hosts, body.CIDRs = nil, []netip.Prefix{netip.PrefixFrom(addr, addr.BitLen())}
	return model.Fact{Kind: model.FactEndpoint, Key: keyOf(endpoint, host, addr), Source: source, Endpoint: &body}
}

// addrsOf are the addresses that a name is recorded with.
func addrsOf(open []model.Fact, endpoint model.Fact, host string) []netip.Addr {
	var addrs []netip.Addr
	for _, fact := range open {
		for _, cidr := range fact.Endpoint.CIDRs {
			if fact.Key == keyOf(endpoint, host, cidr.Addr()) {
				addrs = append(addrs, cidr.Addr())
			}
		}
	}
	return addrs
}

func union(a, b []netip.Addr) []netip.Addr {
	all := slices.Concat(a, b)
	slices.SortFunc(all, netip.Addr.Compare)
	return slices.Compact(all)
}
