package kube_test

import (
	"fmt"
	"os"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/egressor/egressor/graphsvc/flowstore"
	"github.com/egressor/egressor/internal/clickhouse"
	"github.com/egressor/egressor/internal/clickhouse/clickhousetest"
	"github.com/egressor/egressor/internal/kube/kubetest"
	"github.com/egressor/egressor/internal/report"
)

// disturbances are what happens to the watch while pods come and go, by the
// share of the lives that have begun.
type disturbance struct {
	at   float64
	what string
	do   func()
}

// TestEveryByteOnItsOwnerInAChurningCluster: against a real API server, with
// deployments that roll, pods that complete, crash and are deleted, addresses
// used again within moments, a node drained, the watch cut, the API server killed
// and the watcher replaced, no byte of what agents report is attributed to anybody
// but those who moved it; what is unknown is logged. EGRESSOR_CHURN_LIVES asks for another number of lives,
// EGRESSOR_CHURN_SEED for another seed.
func TestEveryByteOnItsOwnerInAChurningCluster(t *testing.T) {
	server := kubetest.Start(t)
	db := clickhousetest.Open(t)
	if _, err := clickhouse.Migrate(t.Context(), report.Discard().Log("migrate"), db); err != nil {
		t.Fatal(err)
	}
	store := flowstore.New(db)
	lives, seed := setting(t, "EGRESSOR_CHURN_LIVES", 2100), setting(t, "EGRESSOR_CHURN_SEED", int(time.Now().UnixNano()%1_000_000))
	churn := kubetest.NewChurn(server, 6, 12, 400, uint64(seed))
	watcher := watching(t, server.Kubeconfig("admin"), store)
	eventually(t, "all is watched", func() bool { return len(watcher.Status()[0].Gaps()) == 0 })

	began := time.Now()
	run := newDisturbed(t, lives, []disturbance{
		{0.10, "a rollout", func() { churn.Roll(0); churn.Roll(1); churn.Roll(2) }},
		{0.20, "the watch is cut for a second", func() { cutFor(server, time.Second) }},
		{0.35, "a node is drained", func() { churn.Drain(2) }},
		{0.45, "the API server is killed and comes back", func() { server.StopAPI(); server.StartAPI() }},
		{0.60, "the watcher is replaced", func() {
			_ = watcher.Stop(t.Context())
			watcher = watching(t, server.Kubeconfig("admin"), store)
		}},
		{0.70, "a rollout of everything", func() {
			for w := range 12 {
				churn.Roll(w)
			}
		}},
		{0.80, "the watch is cut for three seconds", func() { cutFor(server, 3*time.Second) }},
		{0.90, "another node is drained", func() { churn.Drain(4) }},
	})
	churn.Run(lives, 90, run.progress)
	run.wait()
	took := time.Since(began)
	eventually(t, "the API's last word is recorded", func() bool { return settled(t, store, churn) })

	factsAreRight(t, store, churn)
	reports := deliver(t, store, churn)
	judge(t, "all agents report", attributed(t, store, reports, nil), churn, nil, took)
	judge(t, "one node has no agent", attributed(t, store, reports, map[string]bool{"node-5": true}), churn, map[string]bool{"node-5": true}, took)
	staysTheSame(t, store, reports)
}

func setting(t *testing.T, name string, standard int) int {
	t.Helper()
	text := os.Getenv(name)
	if text == "" {
		return standard
	}
	value, err := strconv.Atoi(text)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return value
}

func cutFor(server *kubetest.Server, length time.Duration) {
	server.Cut()
	<-time.After(length)
	server.Mend()
}

// disturbed does each disturbance once, one at a time.
type disturbed struct {
	t     *testing.T
	lives int
	mu    sync.Mutex
	left  []disturbance
	doing sync.WaitGroup
	order chan disturbance
}

func newDisturbed(t *testing.T, lives int, all []disturbance) *disturbed {
	d := &disturbed{t: t, lives: lives, left: all, order: make(chan disturbance, len(all))}
	d.doing.Go(func() {
		for each := range d.order {
			t.Log(each.what)
			each.do()
		}
	})
	return d
}

func (d *disturbed) progress(begun int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for len(d.left) > 0 && float64(begun) >= d.left[0].at*float64(d.lives) {
		d.order <- d.left[0]
		d.left = d.left[1:]
	}
}

func (d *disturbed) wait() {
	close(d.order)
	d.doing.Wait()
	if len(d.left) > 0 {
		d.t.Errorf("%d disturbances never came", len(d.left))
	}
}

// settled reports whether every life whose end the API told has ended in the facts.
func settled(t *testing.T, store *flowstore.Store, churn *kubetest.Churn) bool {
	t.Helper()
	facts, err := store.FactsOf(t.Context(), "kubernetes/lab", time.Now())
	if err != nil {
		t.Fatal(err)
	}
	for _, fact := range facts {
		if fact.Pod != nil && fact.Period.To.IsZero() {
			return false
		}
	}
	return len(churn.Lives()) > 0
}

// pairOf names a transfer by what the edges are told apart by.
func pairOf(from, to *kubetest.Life) string { return endOf(from) + " > " + endOf(to) }

func endOf(l *kubetest.Life) string {
	return fmt.Sprintf("w/lab/shop/Deployment/%s lab/shop/Deployment/%s@%s", l.Workload, l.Workload, l.Revision)
}
