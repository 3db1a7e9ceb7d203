package query

import (
	"cmp"
	"slices"

	"github.com/egressor/egressor/internal/model"
)

// ends are the places of a transfer's source and destination among nodes.
type ends struct{ source, destination int32 }

// nodesOf sums the transfers by their ends, in order of node id, and tells the
// ends of each.
func nodesOf(transfers []Transfer) ([]Node, []ends, error) {
	at := make(map[model.Identity]int32, len(transfers)/4)
	var nodes []Node
	node := func(identity *model.Identity) int32 {
		n, known := at[*identity]
		if !known {
			n = int32(len(nodes))
			at[*identity] = n
			nodes = append(nodes, Node{Identity: *identity, Regions: withPlace(nil, identity.Region)})
		}
		return n
	}
	of := make([]ends, len(transfers))
	for i := range transfers {
		t := &transfers[i]
		from, to := node(&t.Key.Source), node(&t.Key.Destination)
		of[i] = ends{from, to}
		source, destination := &nodes[from], &nodes[to]
		source.BytesOut += t.Sent.WireBytes
		destination.BytesIn += t.Sent.WireBytes
		source.seenIn(t.Key.SourcePlace)
		destination.seenIn(t.Key.DestinationPlace)
		var err error
		if source.Cost, err = source.Cost.Add(t.Cost); err != nil {
			return nil, nil, err
		}
		if from == to {
			continue
		}
		if destination.Cost, err = destination.Cost.Add(t.Cost); err != nil {
			return nil, nil, err
		}
	}
	nodes, of = sortedNodes(nodes, of)
	return nodes, of, nil
}

func (n *Node) seenIn(place model.Place) {
	n.Regions = withPlace(n.Regions, place.Region)
	n.Zones = withPlace(n.Zones, place.Zone)
}

func withPlace(places []string, place string) []string {
	if place == "" || slices.Contains(places, place) {
		return places
	}
	places = append(places, place)
	slices.Sort(places)
	return places
}

// sortedNodes are in order of id. An id is put together once: that costs more than
// comparing it.
func sortedNodes(nodes []Node, of []ends) ([]Node, []ends) {
	type named struct {
		id string
		at int32
	}
	order := make([]named, len(nodes))
	for i := range nodes {
		order[i] = named{nodes[i].Identity.ID(), int32(i)}
	}
	slices.SortFunc(order, func(a, b named) int { return cmp.Compare(a.id, b.id) })
	sorted, places := make([]Node, len(nodes)), make([]int32, len(nodes))
	for i, n := range order {
		sorted[i] = nodes[n.at]
		places[n.at] = int32(i)
	}
	return sorted, moved(of, places)
}

// moved are ends after the nodes have moved to other places.
func moved(of []ends, places []int32) []ends {
	now := make([]ends, len(of))
	for i, e := range of {
		now[i] = ends{places[e.source], places[e.destination]}
	}
	return now
}
