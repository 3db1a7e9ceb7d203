package kube

import (
	"context"
	"log/slog"
	"slices"
	"sync"
	"time"

	"github.com/go-logr/logr"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/wait"
	"k8s.io/client-go/tools/cache"
	"k8s.io/klog/v2"

	"github.com/egressor/egressor/internal/clock"
	"github.com/egressor/egressor/internal/kube/lifetimes"
	"github.com/egressor/egressor/internal/model"
)

// clusterWatch watches one cluster.
type clusterWatch struct {
	access  access
	cluster *cluster
	out     *outbox
	clock   clock.Clock
	log     *slog.Logger
	metrics *metrics
	rules   lifetimes.Rules

	mu        sync.Mutex
	skew      time.Duration
	resources map[string]*resourceStatus
	wanted    map[string]bool // kinds of owners that are looked for
	asked     chan metav1.OwnerReference
}

func newClusterWatch(to access, mapping *Mapping, rules lifetimes.Rules, deps Dependencies, m *metrics) *clusterWatch {
	w := &clusterWatch{
		clock: deps.Clock, log: deps.Log, metrics: m, rules: rules,
		resources: map[string]*resourceStatus{}, wanted: map[string]bool{}, asked: make(chan metav1.OwnerReference, 16),
		out: &outbox{
			cluster: to.name, recorder: deps.Recorder, clock: deps.Clock, log: deps.Log, metrics: m,
			waiting: map[factID]model.Fact{}, wake: make(chan struct{}, 1),
		},
	}
	w.access = to.observed(w.clockOf)
	w.cluster = newCluster(to.name, mapping, rules, w.out.put)
	w.cluster.unread = w.want
	return w
}

// clockOf takes the API server's time, which is cut to the second.
func (w *clusterWatch) clockOf(server time.Time) {
	skew := server.Sub(w.clock.Now())
	switch { // a part of a second is no skew
	case skew > 0:
		skew = skew.Truncate(time.Second)
	default:
		skew = (skew + time.Second).Truncate(time.Second)
	}
	w.mu.Lock()
	w.skew = skew
	w.mu.Unlock()
	w.metrics.skew.WithLabelValues(w.access.name).Set(skew.Seconds())
}

// run watches until ctx ends: owners before pods, so that few pods have to wait.
func (w *clusterWatch) run(ctx context.Context) {
	var recording, reading sync.WaitGroup
	recordingUntil, recorded := context.WithCancel(context.WithoutCancel(ctx))
	recording.Go(func() { w.out.run(recordingUntil) })
	w.restore(ctx)
	var owners []*resourceStatus
	for i, r := range resources[:len(resources)-1] {
		if i == 1 { // the teams of namespaces are part of what the rest becomes
			w.await(ctx, owners)
		}
		status := w.begin(r)
		reading.Go(func() { w.read(ctx, r, status) })
		if r.owns && r.served {
			w.cluster.reads(r)
			owners = append(owners, status)
		}
	}
	status := w.begin(pods)
	reading.Go(func() {
		w.await(ctx, owners)
		w.read(ctx, pods, status)
	})
	reading.Go(func() { w.tend(ctx, status) })
	reading.Go(func() { w.customOwners(ctx, &reading) })
	reading.Wait()
	recorded()
	recording.Wait()
}

// restore takes over what an earlier process stated, once the store answers.
func (w *clusterWatch) restore(ctx context.Context) {
	for ctx.Err() == nil {
		now := w.clock.Now()
		stated, err := w.out.recorder.FactsOf(ctx, w.cluster.source(), now.Add(-w.rules.Memory))
		if err == nil {
			w.cluster.restore(stated, now)
			return
		}
		w.log.Error("what was known of the cluster before could not be read; tried again", "cluster", w.access.name, "error", err)
		select {
		case <-ctx.Done():
		case <-w.clock.After(again):
		}
	}
}

// awaitOwners bounds how long pods wait for the lists of what owns them.
const awaitOwners = 10 * time.Second

func (w *clusterWatch) await(ctx context.Context, owners []*resourceStatus) {
	enough := w.clock.After(awaitOwners)
	for _, status := range owners {
		select {
		case <-status.ready:
		case <-enough:
			return
		case <-ctx.Done():
			return
		}
	}
}

func (w *clusterWatch) begin(r resource) *resourceStatus {
	status := &resourceStatus{
		cluster: w.access.name, log: w.log, now: w.clock.Now, metrics: w.metrics, ready: make(chan struct{}),
		status: ResourceStatus{Resource: r.String(), State: StateStarting, Since: w.clock.Now(), NeededFor: r.why},
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.resources[r.String()] = status
	return status
}

// read lists and watches one resource until ctx ends.
func (w *clusterWatch) read(ctx context.Context, r resource, status *resourceStatus) {
	from, err := sourceOf(w.access.config, r)
	if err != nil {
		status.failed(err)
		return
	}
	from.failed, from.worked, from.clock = status.failed, status.worked, w.clock
	into := &store{resource: r.String(), cluster: w.cluster, clock: w.clock, status: status, seen: map[string]bool{}}
	for !r.served && !w.has(ctx, from, status) {
		select {
		case <-ctx.Done():
			return
		case <-w.clock.After(lookAgain):
		}
	}
	from.begins = into.resumed
	into.sure = w.cluster.sureBefore(r.String())
	quiet := logr.Discard() // what fails is said by status
	ctx = klog.NewContext(ctx, quiet)
	reflector := cache.NewReflectorWithOptions(from, r.form, into, cache.ReflectorOptions{
		Name: r.String(), Logger: &quiet,
		Backoff: &wait.Backoff{Duration: 200 * time.Millisecond, Factor: 2, Jitter: 0.5, Steps: 8, Cap: 10 * time.Second},
	})
	reflector.RunWithContext(ctx)
}

// has reports whether the cluster has a resource that it may lack.
func (w *clusterWatch) has(ctx context.Context, from source, status *resourceStatus) bool {
	_, err := from.ListWithContext(ctx, metav1.ListOptions{Limit: 1})
	return err == nil || status.snapshot().State != StateAbsent
}

const (
	tick = time.Second
	// beat is how often it is recorded until when the pods are known.
	beat = 30 * time.Second
)

// tend states pods whose owners do not come, and records until when all pods are
// known: who comes after this process must know it.
func (w *clusterWatch) tend(ctx context.Context, pods *resourceStatus) {
	last := w.clock.Now()
	for {
		select {
		case <-ctx.Done():
			w.beat(pods)
			return
		case <-w.clock.After(tick):
		}
		now := w.clock.Now()
		w.cluster.hurry(now)
		if now.Sub(last) >= beat {
			last = now
			w.beat(pods)
		}
	}
}

func (w *clusterWatch) beat(of *resourceStatus) {
	from, to, ok := of.complete()
	if !ok {
		return
	}
	w.out.put([]model.Fact{{
		Kind: model.FactWatch, Key: pods.String(), Source: w.cluster.source(), Period: model.Period{From: from, To: to},
		Watch: &model.WatchFact{Cluster: w.access.name, Resource: pods.String(), Listed: from},
	}})
}

func (w *clusterWatch) status() ClusterStatus {
	w.mu.Lock()
	defer w.mu.Unlock()
	status := ClusterStatus{Name: w.access.name, Server: w.access.config.Host, ClockSkew: w.skew}
	for _, r := range w.resources {
		status.Resources = append(status.Resources, r.snapshot())
	}
	slices.SortFunc(status.Resources, byResource)
	return status
}
