package kube

import (
	"time"

	appsv1 "k8s.io/api/apps/v1"
	"k8s.io/apimachinery/pkg/types"

	"github.com/egressor/egressor/internal/model"
)

// patience is how long a pod waits for its owner to be seen: the two come by
// different watches. After that it is stated with what the reference says.
const patience = 5 * time.Second

// seePod takes a pod in, and states it once its owners are known. The caller
// holds the lock.
func (c *cluster) seePod(p *podSeen) {
	if known := c.pods[p.meta.UID]; known != nil && known.late {
		p.late = true
	}
	c.pods[p.meta.UID] = p
	found := c.owners.resolve(model.WorkloadRef{Namespace: p.meta.Namespace, Kind: "Pod", Name: p.meta.Name}, &p.meta)
	if found.missing != nil {
		waiting := c.orphans[found.missing.UID]
		if waiting == nil {
			waiting = map[types.UID]bool{}
			c.orphans[found.missing.UID] = waiting
		}
		waiting[p.meta.UID] = true
		if !found.sure {
			c.unread(*found.missing)
		} else if !p.late {
			return
		}
	}
	// A pod is of no use before it has an address; one that never had any is stated
	// at its end, so that its UID is known.
	if len(p.fact.Addrs) == 0 && !p.times.Over && !c.stated(p.meta.UID) {
		return
	}
	c.statePod(p, found)
}

func (c *cluster) statePod(p *podSeen, found chain) {
	fact := p.fact
	fact.Workload, fact.Revision = found.workload, found.revision
	if hash := fact.Labels[appsv1.ControllerRevisionHashLabelKey]; hash != "" && resourceOfRevision(found.workload.Kind) == controllerRevisions {
		fact.Revision = revisionID(c.name, found.workload, hash)
	}
	c.see(pods.String(), model.Fact{Kind: model.FactPod, Pod: &fact}, p.meta.UID, p.times, p.at)
}

// stated reports whether a pod has been stated.
func (c *cluster) stated(pod types.UID) bool { return c.tracker(pods.String()).Knows(string(pod)) }

// hurry states the pods that have waited for their owners for too long.
func (c *cluster) hurry(now time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, waiting := range c.orphans {
		for uid := range waiting {
			if p := c.pods[uid]; p != nil && !p.late && now.Sub(p.at) >= patience {
				p.late = true
				c.seePod(p)
			}
		}
	}
}

// gonePod takes a pod's deletion. What was not stated yet is, first.
func (c *cluster) gonePod(uid types.UID, at time.Time) {
	if p := c.pods[uid]; p != nil && !c.stated(uid) && p.fact.Node != "" {
		p.late = true
		found := c.owners.resolve(model.WorkloadRef{Namespace: p.meta.Namespace, Kind: "Pod", Name: p.meta.Name}, &p.meta)
		c.statePod(p, found)
	}
	delete(c.pods, uid)
	c.state(c.tracker(pods.String()).Gone(string(uid), at))
}

// relistedPods closes the pods that a list does not have.
func (c *cluster) relistedPods(listed map[types.UID]bool) {
	for uid := range c.pods {
		if !listed[uid] {
			delete(c.pods, uid)
		}
	}
	for owner, waiting := range c.orphans {
		for uid := range waiting {
			if !listed[uid] {
				delete(waiting, uid)
			}
		}
		if len(waiting) == 0 {
			delete(c.orphans, owner)
		}
	}
}
