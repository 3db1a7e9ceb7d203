package kube

import (
	"cmp"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"slices"
	"strings"
	"sync"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
)

// State says how the watch of a resource fares.
type State string

// States.
const (
	StateStarting    State = "starting"
	StateWatching    State = "watching"
	StateDenied      State = "denied"      // RBAC does not allow it
	StateUnreachable State = "unreachable" // the API server does not answer
	StateFailing     State = "failing"     // it answers with an error
	StateAbsent      State = "absent"      // the cluster does not have the resource: no gap
)

// ResourceStatus is how the watch of one resource of a cluster fares.
type ResourceStatus struct {
	Resource string
	State    State
	// Message says what is wrong and what to do, "" where nothing is.
	Message string
	// Since is when the state began, Heard the last instant at which everything
	// that had happened was known; zero if never.
	Since, Heard time.Time
	Objects      int
	// Lists counts how often all objects were listed: once, and once more for each
	// time the watch could not be resumed.
	Lists int
	// NeededFor is what is missing without it.
	NeededFor string
}

// Gap reports whether something is not known because of it.
func (r ResourceStatus) Gap() bool {
	return r.State != StateWatching && r.State != StateAbsent
}

// ClusterStatus is how the watch of one cluster fares.
type ClusterStatus struct {
	Name, Server string
	// ClockSkew is the API server's clock minus this one's, to the second.
	ClockSkew time.Duration
	Resources []ResourceStatus
}

// Gaps are the resources that are not watched although the cluster has them.
func (c ClusterStatus) Gaps() []ResourceStatus {
	return slices.DeleteFunc(slices.Clone(c.Resources), func(r ResourceStatus) bool { return !r.Gap() })
}

// resourceStatus keeps a ResourceStatus, and says its changes.
type resourceStatus struct {
	cluster string
	log     *slog.Logger
	now     func() time.Time
	metrics *metrics

	mu     sync.Mutex
	status ResourceStatus
	list   time.Time     // when the last list was taken
	ready  chan struct{} // closed once the first list is there, or cannot be
	once   sync.Once
}

func (r *resourceStatus) listed(at time.Time, objects int) {
	r.mu.Lock()
	r.status.Lists++
	r.list = at
	r.mu.Unlock()
	r.metrics.lists.WithLabelValues(r.cluster, r.status.Resource).Inc()
	r.heard(at, objects)
	r.once.Do(func() { close(r.ready) })
}

func (r *resourceStatus) heard(at time.Time, objects int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.status.Heard = at
	if objects >= 0 {
		r.status.Objects = objects
		r.metrics.objects.WithLabelValues(r.cluster, r.status.Resource).Set(float64(objects))
	}
	r.metrics.heard.WithLabelValues(r.cluster, r.status.Resource).Set(float64(at.UnixNano()) / 1e9)
}

func (r *resourceStatus) worked() { r.set(StateWatching, "") }

func (r *resourceStatus) failed(err error) {
	state, message := explain(r.cluster, r.status.Resource, err)
	if state == "" {
		return
	}
	r.metrics.failures.WithLabelValues(r.cluster, r.status.Resource).Inc()
	r.set(state, message)
	r.once.Do(func() { close(r.ready) })
}

func (r *resourceStatus) set(state State, message string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.status.State != state {
		r.say(state, message)
		r.status.Since = r.now()
	}
	r.status.State, r.status.Message = state, message
	up := 0.0
	if !r.status.Gap() {
		up = 1
	}
	r.metrics.watching.WithLabelValues(r.cluster, r.status.Resource).Set(up)
}

func (r *resourceStatus) say(state State, message string) {
	log := r.log.With("cluster", r.cluster, "resource", r.status.Resource)
	switch {
	case state == StateWatching && (r.status.State == StateStarting || r.status.State == StateAbsent):
		log.Debug("watching")
	case state == StateWatching:
		log.Info("watching again", "gap", r.now().Sub(r.status.Since).Round(time.Millisecond))
	case state == StateAbsent:
		log.Debug("the cluster does not have it")
	default:
		log.Warn("not watched: what happens meanwhile is missed", "needed_for", r.status.NeededFor, "error", message)
	}
}

// complete is the time in which everything that happened is known, up to now;
// false where there is none.
func (r *resourceStatus) complete() (from, to time.Time, ok bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.list, r.status.Heard, !r.list.IsZero()
}

func (r *resourceStatus) snapshot() ResourceStatus {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.status
}

// explain says what an error of a list or a watch means and what to do. An
// expired version is no state: the reflector lists again at once.
func explain(cluster, resource string, err error) (State, string) {
	plural, group, _ := strings.Cut(resource, ".")
	var network net.Error
	switch {
	case apierrors.IsResourceExpired(err) || apierrors.IsGone(err):
		return "", ""
	case apierrors.IsForbidden(err):
		return StateDenied, fmt.Sprintf("cluster %s does not allow to read %s: grant the verbs list and watch on %q of the API group %q (the chart's ClusterRole does)", cluster, resource, plural, group)
	case apierrors.IsUnauthorized(err):
		return StateDenied, fmt.Sprintf("cluster %s refuses the credentials: %v: renew the token or certificate of the kubeconfig's context", cluster, err)
	case apierrors.IsNotFound(err):
		return StateAbsent, ""
	case errors.As(err, &network), strings.Contains(err.Error(), "connection refused"), strings.Contains(err.Error(), "EOF"):
		return StateUnreachable, fmt.Sprintf("cluster %s does not answer: %v: is its API server up, and reachable from here", cluster, err)
	default:
		return StateFailing, fmt.Sprintf("cluster %s: %v", cluster, err)
	}
}

// byResource orders statuses as the table of resources does not: by name.
func byResource(a, b ResourceStatus) int { return cmp.Compare(a.Resource, b.Resource) }
