package kube

import (
	"sync"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"

	"github.com/egressor/egressor/internal/kube/lifetimes"
	"github.com/egressor/egressor/internal/model"
)

// cluster is what is known of one cluster. Its methods take what the reflectors
// see, in any order across resources, and hand on the facts that follow.
type cluster struct {
	name    string
	mapping *Mapping
	state   func([]model.Fact)               // takes facts that are new
	unread  func(kind metav1.OwnerReference) // told of owners whose kind nobody reads

	mu         sync.Mutex
	rules      lifetimes.Rules
	trackers   map[string]*lifetimes.Tracker // by resource
	owners     *owners
	namespaces map[string]metav1.ObjectMeta
	workloads  map[model.WorkloadRef]*workload
	// revisions are those of an owner, by their own UID.
	revisions map[types.UID]map[types.UID]*revision
	// said are the revisions as they were stated, by id.
	said map[string]*model.RevisionFact
	pods map[types.UID]*podSeen
	// orphans are the pods whose chain ends at an owner that is not known.
	orphans map[types.UID]map[types.UID]bool
	// watched is until when an earlier process watched each resource completely.
	watched map[string]time.Time
}

func newCluster(name string, mapping *Mapping, rules lifetimes.Rules, state func([]model.Fact)) *cluster {
	c := &cluster{
		name: name, mapping: mapping, rules: rules, unread: func(metav1.OwnerReference) {},
		trackers: map[string]*lifetimes.Tracker{}, owners: newOwners(), namespaces: map[string]metav1.ObjectMeta{},
		workloads: map[model.WorkloadRef]*workload{}, revisions: map[types.UID]map[types.UID]*revision{},
		said: map[string]*model.RevisionFact{},
		pods: map[types.UID]*podSeen{}, orphans: map[types.UID]map[types.UID]bool{},
		watched: map[string]time.Time{},
	}
	c.state = func(facts []model.Fact) {
		if len(facts) > 0 {
			state(facts)
		}
	}
	return c
}

// source is the Source of the cluster's facts.
func (c *cluster) source() string { return "kubernetes/" + c.name }

func (c *cluster) tracker(resource string) *lifetimes.Tracker {
	t := c.trackers[resource]
	if t == nil {
		t = lifetimes.New(c.rules)
		c.trackers[resource] = t
	}
	return t
}

// kindResource says which resource's tracker states a kind of fact, for taking
// over what an earlier process stated.
func kindResource(fact model.Fact) string {
	switch fact.Kind {
	case model.FactPod:
		return pods.String()
	case model.FactNode:
		return "nodes"
	case model.FactService:
		return "services"
	case model.FactNamespace:
		return "namespaces"
	case model.FactEndpointSlice:
		return "endpointslices.discovery.k8s.io"
	case model.FactRevision:
		return resourceOfRevision(fact.Revision.Workload.Kind)
	default:
		return "" // what describes a workload or a way in is stated anew
	}
}

// restore takes over what was stated before this process.
func (c *cluster) restore(facts []model.Fact, at time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	of := map[string][]model.Fact{}
	for _, fact := range facts {
		if fact.Watch != nil && fact.Period.To.After(c.watched[fact.Watch.Resource]) {
			c.watched[fact.Watch.Resource] = fact.Period.To
		}
		if resource := kindResource(fact); resource != "" {
			of[resource] = append(of[resource], fact)
		}
	}
	for resource, stated := range of {
		c.tracker(resource).Restore(stated, at)
	}
}

// see states what a sighting of an object says. The caller holds the lock.
func (c *cluster) see(resource string, fact model.Fact, key types.UID, times lifetimes.Times, at time.Time) {
	fact.Source = c.source()
	if fact.Key == "" {
		fact.Key = string(key)
	}
	c.state(c.tracker(resource).See(lifetimes.Sighting{Fact: fact, Times: times}, at))
}

// reads says that every owner of a resource's kind will be known.
func (c *cluster) reads(r resource) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if r.kind != "" {
		c.owners.kinds[r.kind] = true
	}
}

// sureBefore is until when an earlier process watched a resource completely.
func (c *cluster) sureBefore(resource string) time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.watched[resource]
}
