package attribution

import (
	"net/netip"
	"slices"

	"github.com/egressor/egressor/internal/model"
)

// Index answers who held an address, what a pod is, where a node stands, what
// an outside address is and which route leads there, all at a given time. It
// is immutable and safe for concurrent use.
type Index struct {
	pods      map[string][]podSpan         // by pod UID, in order of From
	nodes     map[model.AgentID][]nodeSpan // in order of From
	owners    map[clusterAddr][]segment
	clusters  map[netip.Addr][]string // which clusters ever claimed an address, sorted
	endpoints endpointTable
	routes    routeTable
	subnets   subnetTable
}

// clusterAddr is an address within one cluster: pod ranges of two clusters may
// overlap.
type clusterAddr struct {
	cluster string
	addr    netip.Addr
}

type podSpan struct {
	span
	fact *model.PodFact
}

type nodeSpan struct {
	span
	fact *model.NodeFact
}

// NewIndex builds an index from facts in any order. Of several facts with the
// same kind, key and From, the one recorded last holds. It fails on a fact that
// lacks the body its kind names.
func NewIndex(facts []model.Fact) (*Index, error) {
	current, err := currentFacts(facts)
	if err != nil {
		return nil, err
	}
	x := &Index{
		pods:     map[string][]podSpan{},
		nodes:    map[model.AgentID][]nodeSpan{},
		owners:   map[clusterAddr][]segment{},
		clusters: map[netip.Addr][]string{},
	}
	claims := map[clusterAddr][]claim{}
	for _, fact := range current {
		period := spanOf(fact.Period)
		if period.empty() { // held for no time at all
			if fact.Kind == model.FactPod { // which its UID belongs to is known all the same
				x.add(fact, period, claims)
			}
			continue
		}
		x.add(fact, period, claims)
	}
	for at, list := range claims {
		x.owners[at] = segmentsOf(list)
		x.clusters[at.addr] = append(x.clusters[at.addr], at.cluster)
	}
	for addr := range x.clusters {
		slices.Sort(x.clusters[addr])
	}
	x.endpoints.sort()
	x.routes.sort()
	x.subnets.sort()
	return x, nil
}

func (x *Index) add(fact model.Fact, period span, claims map[clusterAddr][]claim) {
	put := func(cluster string, addrs []netip.Addr, c claim) {
		c.span = period
		for _, addr := range addrs {
			at := clusterAddr{cluster, addr.Unmap()}
			claims[at] = append(claims[at], c)
		}
	}
	switch fact.Kind {
	case model.FactPod:
		pod := fact.Pod
		x.pods[fact.Key] = append(x.pods[fact.Key], podSpan{period, pod})
		class := ownerPod
		if pod.HostNetwork {
			class = ownerHostPod
		}
		put(pod.Cluster, pod.Addrs, claim{owner: owner{class, fact.Key}, ownSight: ownSight(fact), watched: watched(fact)})
	case model.FactNode:
		node := fact.Node
		id := model.AgentID{Cluster: node.Cluster, Node: node.Name}
		x.nodes[id] = append(x.nodes[id], nodeSpan{period, node})
		put(node.Cluster, node.Addrs, claim{owner: owner{ownerNode, node.Name}})
	case model.FactService:
		put(fact.Service.Cluster, fact.Service.Addrs, claim{owner: owner{ownerService, fact.Key}})
	case model.FactEndpoint:
		x.endpoints.add(fact, period)
	case model.FactRoute:
		x.routes.add(fact, period)
	case model.FactSubnet:
		x.subnets.add(fact, period)
	case model.FactRevision, model.FactNamespace, model.FactWorkload, model.FactEndpointSlice, model.FactGateway, model.FactWatch:
		// They say who changed or owns what, not who is where.
	}
}

// podAt returns the facts of a pod. A UID is never used twice, so a pod is
// known even for bytes counted a moment before or after its recorded life; of
// its facts, the one that holds at the time is taken, else the nearest before,
// else the first. A fact that names the workload is preferred to one that does
// not.
func (x *Index) podAt(uid string, at int64) (*model.PodFact, bool) {
	var found *model.PodFact
	for _, candidate := range x.pods[uid] {
		named := candidate.fact.Workload.Name != ""
		switch {
		case found == nil,
			named && found.Workload.Name == "",
			named == (found.Workload.Name != "") && candidate.from <= at:
			found = candidate.fact
		}
	}
	return found, found != nil
}

// nodeAt returns the facts of a node that hold at the time, else the nearest
// before, else the first.
func (x *Index) nodeAt(id model.AgentID, at int64) (*model.NodeFact, bool) {
	var found *model.NodeFact
	for _, candidate := range x.nodes[id] {
		if found == nil || candidate.from <= at {
			found = candidate.fact
		}
	}
	return found, found != nil
}

// ownerOf says who held an address in a window, asked from a cluster: its own
// claims first, then those of the only other cluster that has any.
func (x *Index) ownerOf(cluster string, addr netip.Addr, window span) (string, owner) {
	own := ownerIn(x.owners[clusterAddr{cluster, addr}], window)
	if own.class != ownerNobody && own.class != ownerOtherTimes {
		return cluster, own
	}
	foundCluster, found := cluster, own
	for _, other := range x.clusters[addr] {
		candidate := ownerIn(x.owners[clusterAddr{other, addr}], window)
		if other == cluster || candidate.class == ownerNobody || candidate.class == ownerOtherTimes {
			continue
		}
		if foundCluster != cluster {
			return cluster, owner{class: ownerContested}
		}
		foundCluster, found = other, candidate
	}
	return foundCluster, found
}
