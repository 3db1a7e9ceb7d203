package whatif

import (
	"fmt"

	"github.com/egressor/egressor/internal/model"
)

// pairOf are the two ends of an edge, whichever sends.
type pairOf struct{ client, server model.Identity }

func pairEnds(k *model.EdgeKey) pairOf {
	c, _ := client(k)
	s, _ := server(k)
	return pairOf{c, s}
}

// insideNetwork reports whether both ends are in the user's own network of one
// region: pods, nodes, and services that have an address in the VPC.
func insideNetwork(k *model.EdgeKey) bool {
	if k.SourcePlace.Region == "" || k.SourcePlace.Region != k.DestinationPlace.Region {
		return false
	}
	inside := func(i model.Identity) bool {
		switch i.Type {
		case "rds", "elasticache", "opensearch", "redshift", "load-balancer":
			return i.Kind == model.KindCloudEndpoint
		default:
			return isOwn(i)
		}
	}
	return inside(k.Source) && inside(k.Destination)
}

// reroutePairs makes a proposal of each pair of ends whose traffic is wanted.
func reroutePairs(t *Topology, wanted func(*model.EdgeKey) bool, to model.PathKind, describe func(group[pairOf]) Proposal) []Proposal {
	of := func(k *model.EdgeKey) (pairOf, bool) { return pairEnds(k), wanted(k) }
	var proposals []Proposal
	for _, g := range groupEdges(t, of) {
		p := describe(g)
		p.Change.End = g.key.client
		p.Change.Reroute = func(edge model.EdgeMinute) ([]model.EdgeMinute, bool) {
			if key, ok := of(&edge.Key); !ok || key != g.key {
				return nil, false
			}
			return with(edge, func(k *model.EdgeKey) { k.Path = model.Path{Kind: to} }), true
		}
		proposals = append(proposals, p)
	}
	return proposals
}

func pairText(p pairOf) string { return p.client.ID() + " to " + p.server.ID() }

// inVPCThroughNAT finds own traffic that goes out through NAT and comes back.
func inVPCThroughNAT(t *Topology) []Proposal {
	wanted := func(k *model.EdgeKey) bool { return k.Path.Kind == model.PathNAT && insideNetwork(k) }
	return reroutePairs(t, wanted, model.PathVPC, func(g group[pairOf]) Proposal {
		p := Proposal{
			Kind: InVPCThroughNAT, Subject: pairText(g.key),
			Title:       fmt.Sprintf("Keep traffic between %s and %s inside the VPC", g.key.client.Name, g.key.server.Name),
			Why:         []string{fmt.Sprintf("%s between two ends of one network went through %s", humanBytes(g.bytes), pathsOf(g.edges))},
			Assumptions: []string{"the client dials a public name or address of the server; its private one is reachable"},
			Warnings:    []string{"the server sees the pod's address in place of the NAT gateway's: its allow-lists and security groups must admit it"},
			Check:       "the edges' path turns to vpc",
		}
		p.Apply, p.Undo = privateNamePatch(g.key)
		return p
	})
}

// privatePaths finds own traffic by public addresses.
func privatePaths(t *Topology) []Proposal {
	wanted := func(k *model.EdgeKey) bool {
		public := k.Path.Kind == model.PathInternetGateway || k.Path.Kind == model.PathPublicSameRegion
		return public && insideNetwork(k)
	}
	return reroutePairs(t, wanted, model.PathVPC, func(g group[pairOf]) Proposal {
		p := Proposal{
			Kind: PrivatePath, Subject: pairText(g.key),
			Title:       fmt.Sprintf("Reach %s by its private address", g.key.server.Name),
			Why:         []string{fmt.Sprintf("%s went by public addresses (%s) although both ends are in one region's private network", humanBytes(g.bytes), pathsOf(g.edges))},
			Assumptions: []string{"the two networks are one VPC or are routed to each other"},
			Warnings:    []string{"security groups that admit public addresses must admit the private ones before the name changes"},
			Check:       "the edges' path turns to vpc",
		}
		p.Apply, p.Undo = privateNamePatch(g.key)
		return p
	})
}

// peerings finds own traffic through a transit gateway that a peering could carry.
func peerings(t *Topology) []Proposal {
	wanted := func(k *model.EdgeKey) bool {
		return k.Path.Kind == model.PathTransitGateway && isOwn(k.Source) && isOwn(k.Destination)
	}
	return reroutePairs(t, wanted, model.PathPeering, func(g group[pairOf]) Proposal {
		p := Proposal{
			Kind: Peering, Subject: pairText(g.key),
			Title:       fmt.Sprintf("Peer the VPCs of %s and %s", g.key.client.Name, g.key.server.Name),
			Why:         []string{fmt.Sprintf("%s went through a transit gateway, which charges by the byte; peering does not", humanBytes(g.bytes))},
			Assumptions: []string{"the two VPCs' address ranges do not overlap", "the attachments stay, so their hours are not counted as saved"},
			Warnings:    []string{"peering is not transitive: inspection that hangs off the transit gateway no longer sees this traffic"},
			Check:       "the edges' path turns to peering",
		}
		p.Apply, p.Undo = peeringPatch()
		return p
	})
}
