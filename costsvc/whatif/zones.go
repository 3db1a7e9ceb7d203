package whatif

import (
	"fmt"
	"slices"
	"strings"

	"github.com/egressor/egressor/internal/model"
)

// crossesZones reports whether an edge between two workloads crosses zones of
// one region by a private way.
func crossesZones(k *model.EdgeKey) bool {
	a, b := k.SourcePlace, k.DestinationPlace
	return k.Source.Kind == model.KindWorkload && k.Destination.Kind == model.KindWorkload &&
		k.Path.Kind == model.PathVPC && a.Zone != "" && b.Zone != "" && a.Zone != b.Zone && a.Region == b.Region
}

// interchangeable are workloads any pod of which can answer.
func interchangeable(kind string) bool {
	return kind == "Deployment" || kind == "ReplicaSet" || kind == "DaemonSet" || kind == "Rollout"
}

// isServing reports whether the workload has a pod in the zone.
func (t *Topology) isServing(id model.Identity, zone string) bool {
	return slices.ContainsFunc(t.Pods[id], func(p Placement) bool { return p.Zone == zone && p.Pods > 0 })
}

// moveServer puts the serving end of an edge into the client's zone.
func moveServer(edge model.EdgeMinute) []model.EdgeMinute {
	return with(edge, func(k *model.EdgeKey) {
		if k.Initiator == model.InitiatorDestination {
			k.SourcePlace.Zone = k.DestinationPlace.Zone
		} else {
			k.DestinationPlace.Zone = k.SourcePlace.Zone
		}
	})
}

// sameZoneRouting proposes, for each server with pods in several zones, that its
// Service prefers endpoints of the client's zone.
func sameZoneRouting(t *Topology) []Proposal {
	of := func(k *model.EdgeKey) (model.Identity, bool) {
		id, _ := server(k)
		_, from := client(k)
		return id, crossesZones(k) && interchangeable(id.Type) && t.isServing(id, from.Zone)
	}
	var proposals []Proposal
	served := t.served()
	for _, g := range groupEdges(t, of) {
		service := t.Services[g.key.ID()].Name
		p := Proposal{
			Kind: SameZoneRouting, Subject: g.key.ID(),
			Title: fmt.Sprintf("Route to %s in the client's own zone", g.key.Name),
			Why:   []string{fmt.Sprintf("%s crossed zones although %s has pods in the client's zone (%s)", humanBytes(g.bytes), g.key.Name, placementText(t.Pods[g.key]))},
			Assumptions: []string{
				"clients reach it through its Service, and kube-proxy or the CNI honours the routing",
				"the pods stay where they were; each zone's endpoints are ready",
			},
			Warnings: t.loadWarnings(g.key, served[g.key]),
			Check:    "the edges from zones with an endpoint no longer cross; EndpointSlices carry hints.forZones",
			Change: Change{End: g.key, Reroute: func(edge model.EdgeMinute) ([]model.EdgeMinute, bool) {
				if id, ok := of(&edge.Key); !ok || id != g.key {
					return nil, false
				}
				return moveServer(edge), true
			}},
		}
		if service == "" {
			service = g.key.Name
			p.Assumptions = append(p.Assumptions, "its Service is called "+service+" like itself: no fact says so")
		}
		p.Apply, p.Undo = sameZonePatch(g.key.Namespace, service, t.KubernetesMinor)
		proposals = append(proposals, p)
	}
	return proposals
}

// load is what one zone's pods of a server carry, in bytes.
type load struct {
	zone       string
	pods       int
	now, then  uint64
	fromClient uint64
}

// loads predicts the load by zone under same-zone routing: a zone's clients go to
// its own pods if it has any, else to all pods as now.
func (t *Topology) loads(id model.Identity, served []*model.EdgeMinute) []load {
	var loads []load
	at := func(zone string) *load {
		for i := range loads {
			if loads[i].zone == zone {
				return &loads[i]
			}
		}
		loads = append(loads, load{zone: zone})
		return &loads[len(loads)-1]
	}
	for _, p := range t.Pods[id] {
		at(p.Zone).pods = p.Pods
	}
	for _, edge := range served {
		_, place := server(&edge.Key)
		_, from := client(&edge.Key)
		at(place.Zone).now += edge.Sent.WireBytes
		at(from.Zone).fromClient += edge.Sent.WireBytes
		to := place.Zone
		if crossesZones(&edge.Key) && t.isServing(id, from.Zone) {
			to = from.Zone
		}
		at(to).then += edge.Sent.WireBytes
	}
	slices.SortFunc(loads, func(a, b load) int { return strings.Compare(a.zone, b.zone) })
	return loads
}

// served are the edges of each server, requests and answers.
func (t *Topology) served() map[model.Identity][]*model.EdgeMinute {
	byServer := map[model.Identity][]*model.EdgeMinute{}
	for i := range t.Days {
		for j := range t.Days[i].Edges {
			edge := &t.Days[i].Edges[j]
			id, _ := server(&edge.Key)
			byServer[id] = append(byServer[id], edge)
		}
	}
	return byServer
}

// loadWarnings say which zones get hot, idle or fall back.
func (t *Topology) loadWarnings(id model.Identity, served []*model.EdgeMinute) []string {
	const hot, percent = 150, 100 // per cent of an even share
	loads := t.loads(id, served)
	var pods, all uint64
	for _, l := range loads {
		pods += uint64(l.pods)
		all += l.then
	}
	var warnings []string
	for _, l := range loads {
		switch {
		case l.zone == "" && l.fromClient > 0:
			warnings = append(warnings, fmt.Sprintf("the zone of some clients is not known: their %s may cross or not", humanBytes(l.fromClient)))
		case l.pods == 0 && l.fromClient > 0:
			warnings = append(warnings, fmt.Sprintf("zone %s has clients and no pod of it: its %s still go to all zones", l.zone, humanBytes(l.fromClient)))
		case l.pods > 0 && l.fromClient == 0:
			warnings = append(warnings, fmt.Sprintf("zone %s has %d pods and no client: they get next to nothing to do", l.zone, l.pods))
		case l.pods > 0 && all > 0 && pods > 0:
			// load of a pod here over the load of a pod on average, in per cent
			share := bigOf(l.then)
			share.Mul(share, bigOf(pods*percent)).Div(share, bigOf(all*uint64(l.pods)))
			if share.IsUint64() && share.Uint64() >= hot {
				warnings = append(warnings, fmt.Sprintf("hot zone: a pod in %s would carry %d %% of the average pod's load; spread the pods like the clients first", l.zone, share.Uint64()))
			}
		}
	}
	return append(warnings, "an autoscaler that looks at the average does not see a hot zone: scale by zone or keep topology spread constraints")
}

// placementText is "2 pods in use1-az1, 1 in use1-az2".
func placementText(pods []Placement) string {
	var parts []string
	for i, p := range pods {
		unit := ""
		if i == 0 {
			unit = " pods"
			if p.Pods == 1 {
				unit = " pod"
			}
		}
		parts = append(parts, fmt.Sprintf("%d%s in %s", p.Pods, unit, p.Zone))
	}
	return strings.Join(parts, ", ")
}

// coLocations proposes, for a server with all its pods in one zone, that a client
// runs there too.
func coLocations(t *Topology) []Proposal {
	of := func(k *model.EdgeKey) (pairOf, bool) {
		pair := pairEnds(k)
		return pair, crossesZones(k) && len(t.zonesServing(pair.server)) == 1 && interchangeable(pair.client.Type) && pair.client.Type != "DaemonSet"
	}
	var proposals []Proposal
	seen := map[model.Identity]bool{}
	for _, g := range groupEdges(t, of) {
		who := g.key.client
		if seen[who] {
			continue // its largest server decides: pods run in one place
		}
		seen[who] = true
		zone := t.zonesServing(g.key.server)[0]
		p := Proposal{
			Kind: CoLocation, Subject: who.ID() + " with " + g.key.server.ID(),
			Title: fmt.Sprintf("Run %s in %s, where %s is", who.Name, zone, g.key.server.Name),
			Why:   []string{fmt.Sprintf("%s crossed to %s, whose pods are all in %s", humanBytes(g.bytes), g.key.server.Name, zone)},
			Assumptions: []string{
				"everything else that it sends and receives moves with it and is priced from there",
				"ways out of the zone (NAT gateways, endpoints) stay the ones used today",
			},
			Warnings: pinWarnings(who.Name, zone, t.Pods[who]),
			Check:    "its edges to " + g.key.server.Name + " no longer cross zones",
			Change:   Change{End: who, Reroute: func(edge model.EdgeMinute) ([]model.EdgeMinute, bool) { return moveInto(edge, who, zone) }},
		}
		p.Apply, p.Undo = zonePinPatch(who, zone)
		proposals = append(proposals, p)
	}
	return proposals
}

// pinWarnings say what comes of running a workload in one zone: pods that are there
// already move nothing.
func pinWarnings(name, zone string, pods []Placement) []string {
	warnings := []string{fmt.Sprintf("all pods of %s in one zone: when %s fails, it fails whole", name, zone)}
	var elsewhere []Placement
	for _, p := range pods {
		if p.Zone != zone && p.Pods > 0 {
			elsewhere = append(elsewhere, p)
		}
	}
	if len(elsewhere) > 0 {
		warnings = append(warnings, fmt.Sprintf("%s takes the load of %s", zone, placementText(elsewhere)))
	}
	return warnings
}

func (t *Topology) zonesServing(id model.Identity) []string {
	var zones []string
	for _, p := range t.Pods[id] {
		if p.Pods > 0 {
			zones = append(zones, p.Zone)
		}
	}
	return zones
}

// moveInto puts a workload's end of an edge into a zone; what stayed on one
// machine may leave it.
func moveInto(edge model.EdgeMinute, id model.Identity, zone string) ([]model.EdgeMinute, bool) {
	source, destination := edge.Key.Source == id && edge.Key.SourcePlace.Zone != zone, edge.Key.Destination == id && edge.Key.DestinationPlace.Zone != zone
	if !source && !destination {
		return nil, false
	}
	return with(edge, func(k *model.EdgeKey) {
		if source {
			k.SourcePlace.Zone = zone
		}
		if destination {
			k.DestinationPlace.Zone = zone
		}
		if k.Path.Kind == model.PathNode && k.SourcePlace.Zone != k.DestinationPlace.Zone {
			k.Path = model.Path{Kind: model.PathVPC}
		}
	}), true
}
