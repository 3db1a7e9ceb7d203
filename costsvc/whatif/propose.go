package whatif

import (
	"fmt"
	"slices"
	"strings"

	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/internal/model"
)

// Propose lists every change that the topology gives a reason for, whether it
// saves anything or not.
func Propose(t *Topology) []Proposal {
	return slices.Concat(
		gatewayEndpoints(t), interfaceEndpoints(t), natPerZone(t), inVPCThroughNAT(t), idleNAT(t),
		privatePaths(t), peerings(t), sameZoneRouting(t), coLocations(t),
		registryMirrors(t), regionalReplicas(t), compressions(t),
	)
}

// servicePlace is a provider's service in one region.
type servicePlace struct{ class, region string }

// serviceBy groups edges between own ends and a provider's service of their own
// region that go by one of some ways.
func serviceBy(wanted func(class string) bool, by func(model.PathKind) bool) func(*model.EdgeKey) (servicePlace, bool) {
	return func(k *model.EdgeKey) (servicePlace, bool) {
		place, other, ok := placeAndOther(k)
		region := other.Region
		if !ok || !isProviderService(other) || !wanted(other.Type) || !by(k.Path.Kind) || place.Provider != "aws" || region != place.Region {
			return servicePlace{}, false
		}
		return servicePlace{other.Type, region}, true
	}
}

func gatewayEndpoints(t *Topology) []Proposal {
	dearer := func(kind model.PathKind) bool { return byPublicWay(kind) || kind == model.PathInterfaceEndpoint }
	of := serviceBy(hasGatewayEndpoint, dearer)
	var proposals []Proposal
	for _, g := range groupEdges(t, of) {
		name := "vpce-" + g.key.class
		p := Proposal{
			Kind: GatewayEndpoint, Subject: g.key.class + " in " + g.key.region,
			Title: fmt.Sprintf("Send %s traffic of %s through a gateway endpoint", g.key.class, strings.Join(zonesOf(g.edges), ", ")),
			Why: []string{fmt.Sprintf("%s reached %s in the same region by %s, which is charged by the byte; a gateway endpoint is not",
				humanBytes(g.bytes), g.key.class, pathsOf(g.edges))},
			Assumptions: []string{"the endpoint is associated with the route tables of every subnet that these pods are in"},
			Warnings: []string{
				"when the route appears, open connections to the service are cut once; clients retry",
				"bucket or table policies that name public source addresses (aws:SourceIp) stop matching: use aws:SourceVpce",
			},
			Check: "the edges' path turns to gateway-endpoint within a minute of the route",
			Change: Change{Reroute: func(edge model.EdgeMinute) ([]model.EdgeMinute, bool) {
				if key, ok := of(&edge.Key); !ok || key != g.key {
					return nil, false
				}
				return with(edge, func(k *model.EdgeKey) { k.Path = model.Path{Kind: model.PathGatewayEndpoint, Via: name} }), true
			}},
		}
		p.Apply, p.Undo = gatewayEndpointPatch(g.key)
		proposals = append(proposals, p)
	}
	return proposals
}

func interfaceEndpoints(t *Topology) []Proposal {
	of := serviceBy(func(class string) bool { return !hasGatewayEndpoint(class) }, byPublicWay)
	var proposals []Proposal
	for _, g := range groupEdges(t, of) {
		zones := zonesOf(g.edges)
		name := "vpce-" + g.key.class
		p := Proposal{
			Kind: InterfaceEndpoint, Subject: g.key.class + " in " + g.key.region,
			Title: fmt.Sprintf("Reach %s through an interface endpoint in %d zones", g.key.class, len(zones)),
			Why: []string{fmt.Sprintf("%s reached %s by %s; an interface endpoint costs less by the byte, and an hourly price in each zone",
				humanBytes(g.bytes), g.key.class, pathsOf(g.edges))},
			Assumptions: []string{"one endpoint in each zone that the traffic comes from, private DNS on"},
			Warnings:    []string{"with private DNS every client of the VPC uses the endpoint: its security group must admit them on 443"},
			Check:       "the edges' path turns to interface-endpoint",
			Change: Change{
				Adds: []pricing.Gateway{{Name: name, Kind: pricing.InterfaceEndpoint, Region: g.key.region, Zones: uint64(len(zones))}},
				Reroute: func(edge model.EdgeMinute) ([]model.EdgeMinute, bool) {
					if key, ok := of(&edge.Key); !ok || key != g.key {
						return nil, false
					}
					return with(edge, func(k *model.EdgeKey) { k.Path = model.Path{Kind: model.PathInterfaceEndpoint, Via: name} }), true
				},
			},
		}
		if g.key.class == "ecr" {
			p.Warnings = append(p.Warnings, "ECR keeps image layers in S3: without the S3 gateway endpoint they still go through NAT")
		}
		p.Apply, p.Undo = interfaceEndpointPatch(g.key, zones)
		proposals = append(proposals, p)
	}
	return proposals
}

// natPerZone gives each zone that crosses to a NAT gateway one of its own.
func natPerZone(t *Topology) []Proposal {
	of := func(k *model.EdgeKey) (model.Place, bool) {
		place := k.SourcePlace
		if !isOwn(k.Source) {
			place = k.DestinationPlace
		}
		crosses := k.Path.Kind == model.PathNAT && k.Path.ViaZone != "" && place.Zone != "" && k.Path.ViaZone != place.Zone
		return place, crosses
	}
	var proposals []Proposal
	for _, g := range groupEdges(t, of) {
		zone, name := g.key.Zone, "nat-"+g.key.Zone
		p := Proposal{
			Kind: NATPerZone, Subject: zone,
			Title:       "Give " + zone + " a NAT gateway of its own",
			Why:         []string{fmt.Sprintf("%s of %s crossed to a NAT gateway in %s, charged on both sides of the crossing", humanBytes(g.bytes), zone, viaZones(g.edges))},
			Assumptions: []string{"the private subnets of " + zone + " have a route table of their own"},
			Warnings: []string{
				"outbound connections come from another public address: allow-lists of partners need it",
				"connections that are open when the route changes are cut",
			},
			Check: "the edges' NAT gateway is in their own zone",
			Change: Change{
				Adds: []pricing.Gateway{
					{Name: name, Kind: pricing.ZonalNAT, Region: g.key.Region},
					{Name: name + "-address", Kind: pricing.PublicAddress, Region: g.key.Region},
				},
				Reroute: func(edge model.EdgeMinute) ([]model.EdgeMinute, bool) {
					if place, crosses := of(&edge.Key); !crosses || place != g.key {
						return nil, false
					}
					return with(edge, func(k *model.EdgeKey) { k.Path.Via, k.Path.ViaZone = name, zone }), true
				},
			},
		}
		p.Apply, p.Undo = natPatch(zone)
		proposals = append(proposals, p)
	}
	return proposals
}

// idleNAT finds NAT gateways that nothing used.
func idleNAT(t *Topology) []Proposal {
	used := map[string]bool{}
	for i := range t.Days {
		for j := range t.Days[i].Edges {
			if edge := &t.Days[i].Edges[j]; edge.Sent.WireBytes > 0 {
				used[edge.Key.Path.Via] = true
			}
		}
	}
	var proposals []Proposal
	for i := range t.Gateways {
		g := &t.Gateways[i]
		if used[g.Name] || g.Kind != pricing.ZonalNAT && g.Kind != pricing.RegionalNAT {
			continue
		}
		p := Proposal{
			Kind: IdleNAT, Subject: g.Name, Title: "Delete the idle NAT gateway " + g.Name,
			Why:         []string{"no byte of the observed clusters went through it, and it costs by the hour"},
			Assumptions: []string{"nothing outside the observed clusters uses it: look at its CloudWatch metric ActiveConnectionCount first"},
			Warnings:    []string{"its public address is lost unless the Elastic IP is kept, and routes that point at it become black holes"},
			Check:       "no edge and no route names it",
			Change:      Change{Removes: []string{g.Name}},
		}
		p.Apply, p.Undo = idleNATPatch(g.Name)
		proposals = append(proposals, p)
	}
	return proposals
}

func pathsOf(edges []model.EdgeMinute) string {
	var names []string
	for i := range edges {
		names = append(names, edges[i].Key.Path.String())
	}
	slices.Sort(names)
	return strings.Join(slices.Compact(names), ", ")
}

func viaZones(edges []model.EdgeMinute) string {
	var zones []string
	for i := range edges {
		zones = append(zones, edges[i].Key.Path.ViaZone)
	}
	slices.Sort(zones)
	return strings.Join(slices.Compact(zones), ", ")
}
