package incidentgen

import (
	"fmt"
	"net/netip"
	"time"

	"github.com/egressor/egressor/internal/model"
)

// Facts are what the cluster says of itself, up to now.
func (c *Cluster) Facts() []model.Fact {
	facts := append([]model.Fact(nil), c.facts...)
	for _, w := range c.workloads {
		for _, p := range w.pods {
			facts = append(facts, model.Fact{
				Kind: model.FactPod, Key: p.uid, Period: model.Period{From: p.from, To: p.to},
				Pod: &model.PodFact{Cluster: w.id.Cluster, Namespace: w.id.Namespace, Name: p.uid, Node: p.node, Workload: ref(w), Revision: p.revision},
			})
		}
	}
	return facts
}

func ref(w *workload) model.WorkloadRef {
	return model.WorkloadRef{Namespace: w.id.Namespace, Kind: w.id.Type, Name: w.id.Name}
}

// stateWorkload states the revision that a workload begins with.
func (c *Cluster) stateWorkload(w *workload) {
	if w.id.Type != "CronJob" {
		c.stateRevision(w, c.Start.Start().Add(-time.Duration(24+c.random.IntN(500))*time.Hour), "", "first")
	}
}

// stateRevision states the present revision of a workload. An empty image keeps
// the one before.
func (c *Cluster) stateRevision(w *workload, at time.Time, image, cause string) {
	if image == "" {
		image = w.id.Name + ":1"
	}
	c.facts = append(c.facts, model.Fact{
		Kind: model.FactRevision, Key: w.revisionID(), Period: model.Period{From: at},
		Revision: &model.RevisionFact{
			Cluster: w.id.Cluster, Workload: ref(w), Number: int64(w.revision), Images: []string{image}, RolledOut: at, ChangedBy: "somebody", Cause: cause,
		},
	})
}

func (c *Cluster) stateNodes() {
	for _, node := range c.nodes {
		c.facts = append(c.facts, c.nodeFact(node, time.Time{}))
	}
	c.facts = append(c.facts, model.Fact{
		Kind: model.FactRoute, Key: "rtb-private/s3", Route: &model.RouteFact{
			EndpointClass: "s3", Destination: netip.MustParsePrefix("198.18.16.0/24"), Path: model.Path{Kind: model.PathGatewayEndpoint, Via: "vpce-s3"},
		},
	})
}

func (c *Cluster) nodeFact(node string, from time.Time) model.Fact {
	return model.Fact{
		Kind: model.FactNode, Key: node, Period: model.Period{From: from},
		Node: &model.NodeFact{Cluster: "bench", Name: node, Place: model.Place{Provider: "aws", Region: Region, Zone: Zones[c.nodeZone[node]]}},
	}
}

// endFacts ends the open facts of a kind that are wanted.
func (c *Cluster) endFacts(kind model.FactKind, at time.Time, wanted func(key string) bool) {
	for i := range c.facts {
		if f := &c.facts[i]; f.Kind == kind && f.Period.To.IsZero() && wanted(f.Key) {
			f.Period.To = at
		}
	}
}

// roll rolls a workload out: a new revision, new pods on the same nodes, the old
// ones gone. Traffic does not change by that.
func (c *Cluster) roll(w *workload, at time.Time, image string) {
	w.revision++
	c.stateRevision(w, at, image, fmt.Sprintf("change %d", c.random.IntN(1000)))
	c.replacePods(w, at.Add(20*time.Second), func(p *pod) string { return p.node })
}

// replacePods exchanges a workload's living pods one for one.
func (c *Cluster) replacePods(w *workload, at time.Time, nodeOf func(*pod) string) {
	for _, p := range w.living() {
		p.to = at.Add(10 * time.Second)
		w.pods = append(w.pods, c.newPod(w, nodeOf(p), at))
	}
	c.spread(w)
	c.rerouteOf(w)
}

// rerouteOf makes the lanes of a workload's calls anew.
func (c *Cluster) rerouteOf(w *workload) {
	for _, call := range c.calls {
		if call.from == w || call.to == w {
			call.lanes = nil
		}
	}
}

// Everyday lets happen in a minute what changes nothing: rollouts, restarts of
// single pods. It must be called before Minute.
func (c *Cluster) Everyday(minute model.Minute) {
	const rolloutsADay, restartsADay = 8, 20
	at := minute.Start().Add(time.Duration(c.random.IntN(60)) * time.Second)
	if c.random.Float64() < rolloutsADay/float64(day) {
		if w := c.workloads[c.random.IntN(len(c.workloads))]; w.id.Type != "CronJob" {
			c.roll(w, at, fmt.Sprintf("%s:%d", w.id.Name, w.revision+1))
		}
	}
	if c.random.Float64() < restartsADay/float64(day) {
		w := c.workloads[c.random.IntN(len(c.workloads))]
		if living := w.living(); len(living) > 0 && w.id.Type != "CronJob" {
			living[0].to = at
			w.pods = append(w.pods, c.newPod(w, living[0].node, at))
		}
	}
}
