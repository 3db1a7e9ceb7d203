package lab

import (
	"net/netip"
	"time"

	"github.com/egressor/egressor/internal/inventory"
	"github.com/egressor/egressor/internal/model"
)

// facts returns what holds for the lab's whole life: nodes, services,
// endpoints and routes.
func (p Plan) facts(from time.Time) []model.Fact {
	facts := append(p.nodeFacts(from), p.serviceFacts(from)...)
	facts = append(facts, p.endpointFacts()...)
	facts = append(facts, p.routeFacts()...)
	for i := range facts {
		facts[i].Key = inventory.DefaultKey(facts[i])
	}
	return facts
}

func (p Plan) place(zone string) model.Place {
	return model.Place{Provider: "aws", Region: p.Region, Zone: zone}
}

func (p Plan) nodeFacts(from time.Time) []model.Fact {
	var facts []model.Fact
	for i, n := range p.Nodes {
		facts = append(facts, model.Fact{
			Kind: model.FactNode, Period: model.Period{From: from},
			Node: &model.NodeFact{
				Cluster: p.Cluster, Name: n.Name, Addrs: []netip.Addr{nodeAddr(i + 1)},
				Place: p.place(n.Zone), Subnet: n.Subnet,
			},
		})
	}
	return facts
}

func (p Plan) serviceFacts(from time.Time) []model.Fact {
	var facts []model.Fact
	for _, w := range p.Workloads {
		if !w.ServiceAddr.IsValid() {
			continue
		}
		facts = append(facts, model.Fact{
			Kind: model.FactService, Period: model.Period{From: from},
			Service: &model.ServiceFact{
				Cluster: p.Cluster, Namespace: w.Ref.Namespace, Name: w.Ref.Name, Addrs: []netip.Addr{w.ServiceAddr},
			},
		})
	}
	return facts
}

// endpointFacts hold since ever: clouds do not begin with a lab.
func (p Plan) endpointFacts() []model.Fact {
	var facts []model.Fact
	for _, o := range p.Outside {
		endpoint := &model.EndpointFact{Class: o.Class, Name: o.Name, CIDRs: []netip.Prefix{o.CIDR}}
		if o.Region != "" {
			endpoint.Place = model.Place{Provider: "aws", Region: o.Region}
		}
		facts = append(facts, model.Fact{Kind: model.FactEndpoint, Endpoint: endpoint})
	}
	for i, nat := range p.NATs {
		facts = append(facts, model.Fact{
			Kind: model.FactEndpoint,
			Endpoint: &model.EndpointFact{
				Class: "nat-gateway", Name: nat.ID,
				CIDRs: []netip.Prefix{netip.PrefixFrom(natToVPC(i), 32), netip.PrefixFrom(natPublic(i), 32)},
				Place: p.place(nat.Zone),
			},
		})
	}
	return facts
}

// routeFacts are the subnets' route tables, as buildSubnet lays them.
func (p Plan) routeFacts() []model.Fact {
	routes := []model.RouteFact{
		{Destination: vpcRange, Path: model.Path{Kind: model.PathVPC}},
		{Destination: anyRange, Path: p.NATs[0].path()},
	}
	for _, n := range p.Nodes {
		if nat := p.natOf(n.Zone); nat > 0 {
			routes = append(routes, model.RouteFact{Subnet: n.Subnet, Destination: anyRange, Path: p.NATs[nat].path()})
		}
	}
	for _, g := range p.Gateways {
		subnets := g.Subnets
		if len(subnets) == 0 {
			subnets = []string{""}
		}
		for _, subnet := range subnets {
			for _, prefix := range p.prefixesOf(g.Class) {
				routes = append(routes, model.RouteFact{
					Subnet: subnet, Destination: prefix, EndpointClass: g.Class,
					Path: g.path(),
				})
			}
		}
	}
	var facts []model.Fact
	for _, r := range routes {
		facts = append(facts, model.Fact{Kind: model.FactRoute, Route: &r})
	}
	return facts
}

// prefixesOf is an endpoint class's prefix list.
func (p Plan) prefixesOf(class string) []netip.Prefix {
	var prefixes []netip.Prefix
	for _, o := range p.Outside {
		if o.Class == class {
			prefixes = append(prefixes, o.CIDR)
		}
	}
	return prefixes
}

func (n NATPlan) path() model.Path {
	return model.Path{Kind: model.PathNAT, Via: n.ID, ViaZone: n.Zone}
}

func (g GatewayEndpoint) path() model.Path {
	kind := model.PathGatewayEndpoint
	if g.Interface {
		kind = model.PathInterfaceEndpoint
	}
	return model.Path{Kind: kind, Via: g.ID}
}
