package inventory

import (
	"net/netip"
	"slices"
	"strings"

	"github.com/egressor/egressor/internal/model"
)

func (p *parser) document(doc document) {
	for i, n := range doc.Nodes {
		p.entry("nodes", i).addNode(n)
	}
	for i, pod := range doc.Pods {
		p.entry("pods", i).addPod(pod)
	}
	for i, s := range doc.Services {
		p.entry("services", i).addService(s)
	}
	for i, r := range doc.Revisions {
		p.entry("revisions", i).addRevision(r)
	}
	for i, o := range doc.Endpoints {
		p.entry("endpoints", i).addEndpoint(o)
	}
	for i, r := range doc.Routes {
		p.entry("routes", i).addRoute(r)
	}
	for i, s := range doc.Subnets {
		p.entry("subnets", i).addSubnet(s)
	}
	for i, s := range doc.Slices {
		p.entry("endpointSlices", i).addSlice(s)
	}
}

func (e entry) addNode(n nodeEntry) {
	e.required(map[string]string{"name": n.Name})
	f := model.Fact{Kind: model.FactNode, Node: &model.NodeFact{
		Cluster: e.clusterOr(n.Cluster), Name: n.Name, Addrs: e.addrs(n.Addrs),
		Place: model.Place(n.Place), Subnet: n.Subnet,
	}}
	f.Key = key(n.Key, f)
	e.state(f, n.Common)
}

func (e entry) addPod(p podEntry) {
	e.required(map[string]string{"uid": p.UID, "namespace": p.Namespace, "name": p.Name})
	owner := model.WorkloadRef{Namespace: p.Namespace, Kind: "Pod", Name: p.Name}
	if p.Workload != "" {
		kind, name, _ := strings.Cut(p.Workload, "/")
		if kind == "" || name == "" || strings.Contains(name, "/") {
			e.fail("workload", "%q is not Kind/name", p.Workload)
		}
		owner.Kind, owner.Name = kind, name
	}
	e.state(model.Fact{Kind: model.FactPod, Key: p.UID, Pod: &model.PodFact{
		Cluster: e.clusterOr(p.Cluster), Namespace: p.Namespace, Name: p.Name, Node: p.Node,
		Addrs: e.addrs(p.Addrs), HostNetwork: p.HostNetwork, Workload: owner, Revision: p.Revision, Labels: p.Labels,
	}}, p.Common)
}

func (e entry) addService(s serviceEntry) {
	e.required(map[string]string{"namespace": s.Namespace, "name": s.Name})
	f := model.Fact{Kind: model.FactService, Service: &model.ServiceFact{
		Cluster: e.clusterOr(s.Cluster), Namespace: s.Namespace, Name: s.Name, Addrs: e.addrs(s.Addrs), TrafficDistribution: s.TrafficDistribution,
	}}
	f.Key = key(s.Key, f)
	e.state(f, s.Common)
}

func (e entry) addRevision(r revisionEntry) {
	e.required(map[string]string{"id": r.ID})
	parts := strings.Split(r.Workload, "/")
	if len(parts) != 3 || slices.Contains(parts, "") {
		e.fail("workload", "%q is not namespace/Kind/name", r.Workload)
		return
	}
	e.state(model.Fact{Kind: model.FactRevision, Key: r.ID, Revision: &model.RevisionFact{
		Cluster:  e.clusterOr(r.Cluster),
		Workload: model.WorkloadRef{Namespace: parts[0], Kind: parts[1], Name: parts[2]},
		Hash:     r.Hash, Number: r.Number, Images: r.Images, RolledOut: r.RolledOut.UTC(),
		ChangedBy: r.ChangedBy, Cause: string(r.Cause), GitCommit: r.GitCommit, Team: r.Team,
	}}, r.Common)
}

func (e entry) addEndpoint(o endpointEntry) {
	e.required(map[string]string{"class": o.Class, "name": o.Name})
	if len(o.CIDRs) == 0 && len(o.Hosts) == 0 {
		e.fail("cidrs", "missing: an endpoint is known by its addresses or its hosts")
	}
	f := model.Fact{Kind: model.FactEndpoint, Endpoint: &model.EndpointFact{
		Class: o.Class, Name: o.Name, Place: model.Place(o.Place), Team: o.Team, Hosts: e.hosts(o.Hosts),
	}}
	if o.Reach != (pathEntry{}) {
		f.Endpoint.Reach = e.way("reach", o.Reach)
	}
	for _, text := range o.CIDRs {
		f.Endpoint.CIDRs = append(f.Endpoint.CIDRs, e.prefix("cidrs", text))
	}
	f.Key = key(o.Key, f)
	e.state(f, o.Common)
}

// notByRoute are the kinds that no route can have.
var notByRoute = []model.PathKind{model.PathNode, model.PathUnknown}

// way reads a path, whose kind is given in the named field.
func (e entry) way(name string, p pathEntry) model.Path {
	kind := model.PathKind(p.Path)
	if kinds := model.PathKinds(); !slices.Contains(kinds, kind) || slices.Contains(notByRoute, kind) {
		kinds = slices.DeleteFunc(kinds, func(k model.PathKind) bool { return slices.Contains(notByRoute, k) })
		e.fail(name, "%q is none of %v", p.Path, kinds)
	}
	return model.Path{Kind: kind, Via: p.Via, ViaZone: p.ViaZone, Assumed: p.Assumed}
}

func (e entry) addRoute(r routeEntry) {
	f := model.Fact{Kind: model.FactRoute, Route: &model.RouteFact{
		Subnet: r.Subnet, Destination: e.prefix("destination", r.Destination),
		EndpointClass: r.EndpointClass, EndpointRegion: r.EndpointRegion,
		Path: e.way("path", r.Path), Network: r.Network, Table: r.Table,
	}}
	f.Key = key(r.Key, f)
	e.state(f, r.Common)
}

func (e entry) addSubnet(s subnetEntry) {
	e.required(map[string]string{"id": s.ID})
	if len(s.CIDRs) == 0 {
		e.fail("cidrs", "missing: a subnet is known by its addresses")
	}
	f := model.Fact{Kind: model.FactSubnet, Key: s.ID, Subnet: &model.SubnetFact{Place: model.Place(s.Place)}}
	for _, text := range s.CIDRs {
		f.Subnet.CIDRs = append(f.Subnet.CIDRs, e.prefix("cidrs", text))
	}
	e.state(f, s.Common)
}

// hosts checks DNS names: a URL or an address in their place is a common slip.
func (e entry) hosts(names []string) []string {
	for _, name := range names {
		_, err := netip.ParseAddr(name)
		switch {
		case err == nil:
			e.fail("hosts", "%q is an address: write it under cidrs", name)
		case name == "" || strings.ContainsAny(name, "/:@ *"):
			e.fail("hosts", "%q is no DNS name: want one like api.example.com, without scheme, port or wildcard", name)
		}
	}
	return names
}

func (e entry) clusterOr(given string) string {
	if given != "" {
		return given
	}
	return e.cluster
}

func (e entry) addrs(texts []string) []netip.Addr {
	var addrs []netip.Addr
	for _, text := range texts {
		addr, err := netip.ParseAddr(text)
		if err != nil {
			e.fail("addrs", "%q is no IP address", text)
		}
		addrs = append(addrs, addr.Unmap())
	}
	return addrs
}

// prefix reads a CIDR, or a single address as a range of one.
func (e entry) prefix(name, text string) netip.Prefix {
	if addr, err := netip.ParseAddr(text); err == nil {
		return netip.PrefixFrom(addr.Unmap(), addr.Unmap().BitLen())
	}
	prefix, err := netip.ParsePrefix(text)
	if err != nil {
		e.fail(name, "%q is no address range", text)
		return netip.Prefix{}
	}
	if prefix != prefix.Masked() {
		e.fail(name, "%q has address bits behind its length: did you mean %s?", text, prefix.Masked())
	}
	return prefix
}

func (e entry) addSlice(s sliceEntry) {
	e.required(map[string]string{"namespace": s.Namespace, "service": s.Service})
	slice := &model.EndpointSliceFact{Cluster: e.clusterOr(s.Cluster), Namespace: s.Namespace, Service: s.Service}
	for _, endpoint := range s.Endpoints {
		for _, addr := range e.addrs([]string{endpoint.Addr}) {
			slice.Endpoints = append(slice.Endpoints, model.SliceEndpoint{
				Addr: addr, Pod: endpoint.Pod, Node: endpoint.Node, Zone: endpoint.Zone, Ready: true, Hints: endpoint.Hints,
			})
		}
	}
	f := model.Fact{Kind: model.FactEndpointSlice, EndpointSlice: slice}
	f.Key = key(s.Key, f)
	e.state(f, s.Common)
}
