package whatif

import (
	"cmp"
	"math/big"
	"slices"

	"github.com/egressor/egressor/internal/model"
)

func bigOf(n uint64) *big.Int { return new(big.Int).SetUint64(n) }

// isOwn reports whether an end runs in the user's own network.
func isOwn(i model.Identity) bool { return i.Kind == model.KindWorkload || i.Kind == model.KindNode }

// placeAndOther are the place of the user's own end of an edge, and the far end;
// ok is false where both or neither is the user's own.
func placeAndOther(k *model.EdgeKey) (ownPlace model.Place, other model.Identity, ok bool) {
	switch {
	case isOwn(k.Source) && k.Destination.Kind == model.KindCloudEndpoint:
		return k.SourcePlace, k.Destination, true
	case isOwn(k.Destination) && k.Source.Kind == model.KindCloudEndpoint:
		return k.DestinationPlace, k.Source, true
	default:
		return model.Place{}, model.Identity{}, false
	}
}

// client and server are the ends by who opened the connections.
func client(k *model.EdgeKey) (model.Identity, model.Place) {
	if k.Initiator == model.InitiatorDestination {
		return k.Destination, k.DestinationPlace
	}
	return k.Source, k.SourcePlace
}

func server(k *model.EdgeKey) (model.Identity, model.Place) {
	if k.Initiator == model.InitiatorDestination {
		return k.Source, k.SourcePlace
	}
	return k.Destination, k.DestinationPlace
}

// isProviderService reports whether an endpoint is a managed service of the
// provider.
func isProviderService(i model.Identity) bool {
	return i.Kind == model.KindCloudEndpoint && !slices.Contains([]string{"internet", "on-premises", "saas"}, i.Type)
}

// hasGatewayEndpoint are the services that gateway endpoints exist for.
func hasGatewayEndpoint(class string) bool { return class == "s3" || class == "dynamodb" }

// byPublicWay reports whether a path leaves the private network or is paid by
// the byte where a gateway endpoint would not be.
func byPublicWay(kind model.PathKind) bool {
	return kind == model.PathNAT || kind == model.PathInternetGateway || kind == model.PathPublicSameRegion
}

// group collects the edges of all days that belong to a key, in a fixed order.
type group[K comparable] struct {
	key   K
	edges []model.EdgeMinute
	bytes uint64
}

// groupEdges sorts groups by bytes, largest first, then by first appearance.
func groupEdges[K comparable](t *Topology, keyOf func(*model.EdgeKey) (K, bool)) []group[K] {
	at := map[K]int{}
	var groups []group[K]
	for i := range t.Days {
		for j := range t.Days[i].Edges {
			edge := &t.Days[i].Edges[j]
			key, ok := keyOf(&edge.Key)
			if !ok {
				continue
			}
			n, known := at[key]
			if !known {
				n = len(groups)
				at[key] = n
				groups = append(groups, group[K]{key: key})
			}
			groups[n].edges = append(groups[n].edges, *edge)
			groups[n].bytes += edge.Sent.WireBytes
		}
	}
	slices.SortStableFunc(groups, func(a, b group[K]) int { return cmp.Compare(b.bytes, a.bytes) })
	return groups
}

// zonesOf are the distinct zones of the own ends, sorted, "" left out.
func zonesOf(edges []model.EdgeMinute) []string {
	var zones []string
	for i := range edges {
		place, _, ok := placeAndOther(&edges[i].Key)
		if ok && place.Zone != "" {
			zones = append(zones, place.Zone)
		}
	}
	slices.Sort(zones)
	return slices.Compact(zones)
}

// with is the edge under another key.
func with(edge model.EdgeMinute, change func(*model.EdgeKey)) []model.EdgeMinute {
	change(&edge.Key)
	return []model.EdgeMinute{edge}
}
