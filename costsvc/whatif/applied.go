package whatif

import (
	"slices"
	"strings"
	"time"

	"github.com/egressor/egressor/internal/model"
)

// Application is the moment from which facts say that a recommendation is followed.
type Application struct {
	At time.Time
	// Evidence is the fact in words.
	Evidence string
}

// AppliedAt finds in facts whether a recommendation that was first made at a
// moment has been followed since: the first fact after it that still holds and is
// what the change makes. services are ServicesIn of the facts. No fact shows private names, mirrors, replicas or
// compression; of them ok is always false.
func AppliedAt(kind Kind, subject string, made time.Time, facts []model.Fact, services map[string]Service) (Application, bool) {
	switch kind {
	case CoLocation:
		return movedTogether(subject, made, facts)
	case SameZoneRouting:
		return firstOf(made, facts, func(f *model.Fact) string { return serviceShows(subject, services[subject].Name, f) })
	case GatewayEndpoint, InterfaceEndpoint, NATPerZone, Peering:
		return firstOf(made, facts, func(f *model.Fact) string { return shows(kind, subject, f) })
	case InVPCThroughNAT, IdleNAT, PrivatePath, RegistryMirror, RegionalReplica, Compression:
	}
	return Application{}, false
}

// firstOf is the earliest open fact after a moment that shows something.
func firstOf(made time.Time, facts []model.Fact, shows func(*model.Fact) string) (Application, bool) {
	var first Application
	for i := range facts {
		f := &facts[i]
		if !f.Period.To.IsZero() || !f.Period.From.After(made) || first.Evidence != "" && !f.Period.From.Before(first.At) {
			continue
		}
		if text := shows(f); text != "" {
			first = Application{f.Period.From, text}
		}
	}
	return first, first.Evidence != ""
}

// shows says in words that a fact is what a recommendation makes, "" where it is not.
func shows(kind Kind, subject string, f *model.Fact) string {
	switch {
	case f.Route != nil:
		return routeShows(kind, subject, f)
	case f.Endpoint != nil && kind == InterfaceEndpoint:
		if f.Endpoint.Reach.Kind == model.PathInterfaceEndpoint && strings.HasPrefix(subject, f.Endpoint.Class+" in ") {
			return "endpoint " + f.Endpoint.Name + " is reached by interface endpoint " + f.Endpoint.Reach.Via
		}
	}
	return ""
}

// serviceShows says so of same-zone routing: the Service of a workload, which is
// called like it where no slice says otherwise, has it.
func serviceShows(workload, name string, f *model.Fact) string {
	id, err := model.ParseIdentity(workload)
	if err != nil || f.Service == nil || f.Service.TrafficDistribution == "" || f.Service.Namespace != id.Namespace {
		return ""
	}
	if f.Service.Name != name && (name != "" || f.Service.Name != id.Name) {
		return ""
	}
	return "Service " + id.Namespace + "/" + f.Service.Name + " has trafficDistribution " + f.Service.TrafficDistribution
}

func routeShows(kind Kind, subject string, f *model.Fact) string {
	r := f.Route
	wanted := map[Kind]model.PathKind{
		GatewayEndpoint: model.PathGatewayEndpoint, InterfaceEndpoint: model.PathInterfaceEndpoint, NATPerZone: model.PathNAT, Peering: model.PathPeering,
	}[kind]
	if r.Path.Kind != wanted {
		return ""
	}
	switch {
	case (kind == GatewayEndpoint || kind == InterfaceEndpoint) && !strings.HasPrefix(subject, r.EndpointClass+" in "):
		return ""
	case kind == NATPerZone && r.Path.ViaZone != subject:
		return ""
	default:
		return "route " + f.Key + " leads through " + r.Path.String()
	}
}

// movedTogether reports since when all pods of a client run in the one zone of
// its server.
func movedTogether(subject string, made time.Time, facts []model.Fact) (Application, bool) {
	who, with, ok := strings.Cut(subject, " with ")
	if !ok {
		return Application{}, false
	}
	zones := map[string]string{}
	for i := range facts {
		if node := facts[i].Node; node != nil {
			zones[node.Cluster+"/"+node.Name] = node.Place.Zone
		}
	}
	var client, server []string // the zones of their pods
	var newest time.Time
	for i := range facts {
		pod := facts[i].Pod
		if pod == nil || !facts[i].Period.To.IsZero() {
			continue
		}
		zone := zones[pod.Cluster+"/"+pod.Node]
		switch workloadID(pod) {
		case who:
			client = append(client, zone)
			if facts[i].Period.From.After(newest) {
				newest = facts[i].Period.From
			}
		case with:
			server = append(server, zone)
		}
	}
	client, server = distinct(client), distinct(server)
	if len(client) != 1 || !slices.Equal(client, server) || client[0] == "" || !newest.After(made) {
		return Application{}, false
	}
	return Application{newest, "all its pods run in " + client[0]}, true
}

func distinct(texts []string) []string {
	slices.Sort(texts)
	return slices.Compact(texts)
}

func workloadID(pod *model.PodFact) string {
	return pod.Workload.In(pod.Cluster).ID()
}
