package kube_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/egressor/egressor/internal/clock"
	"github.com/egressor/egressor/internal/kube"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/report"
)

// memory is a recorder that keeps facts as the store does.
type memory struct {
	mu    sync.Mutex
	facts map[string]model.Fact
}

func newMemory() *memory { return &memory{facts: map[string]model.Fact{}} }

func (m *memory) RecordFacts(_ context.Context, facts []model.Fact, _ time.Time) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, fact := range facts {
		m.facts[fmt.Sprint(fact.Kind, fact.Source, fact.Key, fact.Period.From.UnixNano())] = fact
	}
	return nil
}

func (m *memory) FactsOf(_ context.Context, source string, since time.Time) ([]model.Fact, error) {
	var facts []model.Fact
	for _, fact := range m.all() {
		if fact.Source == source && (fact.Period.To.IsZero() || fact.Period.To.After(since) || fact.Watch != nil) {
			facts = append(facts, fact)
		}
	}
	return facts, nil
}

func (m *memory) all() []model.Fact {
	m.mu.Lock()
	defer m.mu.Unlock()
	var facts []model.Fact
	for _, fact := range m.facts {
		facts = append(facts, fact)
	}
	return facts
}

// find returns the fact that a condition singles out.
func (m *memory) find(t *testing.T, what string, is func(model.Fact) bool) model.Fact {
	t.Helper()
	var found model.Fact
	eventually(t, what, func() bool {
		for _, fact := range m.all() {
			if is(fact) {
				found = fact
				return true
			}
		}
		return false
	})
	return found
}

// eventually waits until a condition holds.
func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	const patience = 2 * time.Minute // a watch that broke pauses before it is taken up again
	deadline := time.Now().Add(patience)
	for !holds() {
		if time.Now().After(deadline) {
			t.Fatalf("not within %s: %s", patience, what)
		}
		<-time.After(20 * time.Millisecond)
	}
}

// watching starts a watcher of a kubeconfig, and stops it with the test.
func watching(t *testing.T, kubeconfig string, recorder kube.Recorder) *kube.Watcher {
	t.Helper()
	config := kube.DefaultConfig()
	config.Kubeconfig = kubeconfig
	w, err := kube.New(config, kube.Dependencies{
		Recorder: recorder, Clock: clock.System{}, Log: report.Discard().Log("kube"), Registry: prometheus.NewRegistry(),
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.Stop(context.Background()) })
	return w
}

// stateOf is how the watch of a resource of the only cluster fares.
func stateOf(w *kube.Watcher, resource string) kube.ResourceStatus {
	for _, status := range w.Status()[0].Resources {
		if status.Resource == resource {
			return status
		}
	}
	return kube.ResourceStatus{}
}
