package api

import (
	"github.com/egressor/egressor/graphsvc/api/gqlmodel"
	"github.com/egressor/egressor/graphsvc/api/scalar"
	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/graphsvc/reach"
	"github.com/egressor/egressor/internal/model"
)

// The schema's defaults, for calls that leave the argument null.
const (
	defaultPathHops  = 4
	defaultPaths     = 20
	defaultRingNodes = 200
	defaultBlastHops = 3
	defaultShared    = 50
	defaultCircles   = 20
	defaultHopIDs    = 5
	defaultCallers   = 10
	maxHopParts      = 100
)

func senseOf(follow *gqlmodel.Follow) reach.Sense {
	if orDefault(follow, gqlmodel.FollowData) == gqlmodel.FollowCalls {
		return reach.Calls
	}
	return reach.Data
}

func nodeRefOf(node model.Identity) *gqlmodel.NodeRef {
	return &gqlmodel.NodeRef{ID: node.ID(), Kind: entityKinds[node.Kind], Name: node.Name, Namespace: node.Namespace}
}

func pathsOf(found query.OfWindow[reach.Paths]) *gqlmodel.PathSet {
	set := &gqlmodel.PathSet{
		Version: versionOf(found.Version), Window: windowOf(found.Window),
		Paths: make([]*gqlmodel.TransferPath, len(found.Answer.Found)), Whole: found.Answer.Whole,
	}
	for i, path := range found.Answer.Found {
		set.Paths[i] = &gqlmodel.TransferPath{
			Hops: hopsOf(path.Hops, found.Currency), Bytes: scalar.BytesOf(path.Bytes),
			Cost: moneyOf(path.Cost, found.Currency), ZoneCrossings: path.ZoneCrossings,
		}
	}
	return set
}

func hopsOf(hops []*reach.Hop, currency string) []*gqlmodel.PathHop {
	converted := make([]*gqlmodel.PathHop, len(hops))
	for i, hop := range hops {
		converted[i] = &gqlmodel.PathHop{
			Hop: hop, From: nodeRefOf(hop.From), To: nodeRefOf(hop.To), Bytes: scalar.BytesOf(hop.Bytes),
			CrossZoneBytes: scalar.BytesOf(hop.CrossZoneBytes), Cost: moneyOf(hop.Cost, currency), Transfers: len(hop.Links),
		}
	}
	return converted
}

func transferIDsOf(hop *reach.Hop, first int) ([]string, error) {
	limit, err := pageSize(first, maxHopParts)
	if err != nil {
		return nil, err
	}
	ids := make([]string, min(limit, len(hop.Links)))
	for i := range ids {
		ids[i] = hop.Links[i].ID.String()
	}
	return ids, nil
}

func ringsOf(found query.OfWindow[reach.Rings]) *gqlmodel.Reachability {
	converted := &gqlmodel.Reachability{
		Version: versionOf(found.Version), Window: windowOf(found.Window),
		Nodes: make([]*gqlmodel.ReachedNode, len(found.Answer.Reached)),
		Left:  found.Answer.Left, LeftCost: moneyOf(found.Answer.LeftCost, found.Currency),
	}
	for i := range found.Answer.Reached {
		r := &found.Answer.Reached[i]
		converted.Nodes[i] = &gqlmodel.ReachedNode{
			Node: nodeRefOf(r.Node), Hops: r.Hops, Bytes: scalar.BytesOf(r.Bytes), Cost: moneyOf(r.Cost, found.Currency),
		}
		if known, ok := dependences[r.Dependence]; ok {
			converted.Nodes[i].Dependence = &known
		}
		if r.Hops > 0 {
			converted.Nodes[i].Through = nodeRefOf(r.Through)
		}
	}
	return converted
}

var dependences = map[reach.Dependence]gqlmodel.Dependence{
	reach.DependenceObserved: gqlmodel.DependenceObserved, reach.DependenceUnknown: gqlmodel.DependenceUnknown,
}

func sharedOf(found query.OfWindow[[]reach.Shared]) *gqlmodel.SharedDestinations {
	converted := &gqlmodel.SharedDestinations{
		Version: versionOf(found.Version), Window: windowOf(found.Window),
		Destinations: make([]*gqlmodel.SharedDestination, len(found.Answer)),
	}
	for i := range found.Answer {
		s := &found.Answer[i]
		converted.Destinations[i] = &gqlmodel.SharedDestination{
			Shared: s, Currency: found.Currency, Node: nodeRefOf(s.Node), CallerCount: len(s.Callers),
			Bytes: scalar.BytesOf(s.Bytes), Cost: moneyOf(s.Cost, found.Currency),
		}
	}
	return converted
}

func callersOf(s *gqlmodel.SharedDestination, first int) ([]*gqlmodel.PathHop, error) {
	limit, err := pageSize(first, maxHopParts)
	if err != nil {
		return nil, err
	}
	return hopsOf(s.Shared.Callers[:min(limit, len(s.Shared.Callers))], s.Currency), nil
}

func circlesOf(found query.OfWindow[[]reach.Circle]) *gqlmodel.CrossZoneCircles {
	converted := &gqlmodel.CrossZoneCircles{
		Version: versionOf(found.Version), Window: windowOf(found.Window),
		Circles: make([]*gqlmodel.CrossZoneCircle, len(found.Answer)),
	}
	for i, circle := range found.Answer {
		nodes := make([]*gqlmodel.NodeRef, len(circle.Nodes))
		for n, node := range circle.Nodes {
			nodes[n] = nodeRefOf(node)
		}
		converted.Circles[i] = &gqlmodel.CrossZoneCircle{
			Nodes: nodes, Zones: circle.Zones, Transfers: circle.Transfers,
			Bytes: scalar.BytesOf(circle.Bytes), Cost: moneyOf(circle.Cost, found.Currency),
		}
	}
	return converted
}

// blastAsk reads a target. gqlgen checks @oneOf for literals only, so that
// variables are checked by the question itself.
func blastAsk(of gqlmodel.BlastTarget, hops, limit *int, window *gqlmodel.Window) (query.RingsAsk, error) {
	ask, err := askOf(window)
	return query.RingsAsk{
		Ask: ask, Node: orDefault(of.Node, ""), Via: orDefault(of.Via, ""),
		Hops: orDefault(hops, defaultBlastHops), Limit: orDefault(limit, defaultRingNodes),
	}, err
}
