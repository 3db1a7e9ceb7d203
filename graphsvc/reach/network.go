package reach

import (
	"cmp"
	"slices"

	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// Link is one edge of the transfer graph, summed over a window.
type Link struct {
	ID    model.EdgeID
	Key   *model.EdgeKey
	Bytes uint64
	Cost  money.Amount
}

// Sense is the direction in which links are followed.
type Sense string

// Senses.
const (
	// Data follows the bytes: from the sender to the receiver.
	Data Sense = "data"
	// Calls follows the connections: from the end that opened them to the end
	// that accepted. Where that is not known a link is followed either way.
	Calls Sense = "calls"
)

// Hop is everything that goes from one node to another one in the network's
// sense: all links between them, added up.
type Hop struct {
	From, To model.Identity
	// Links are costliest first.
	Links []Link
	Bytes uint64
	// CrossZoneBytes are those between two zones that are known and differ.
	CrossZoneBytes uint64
	Cost           money.Amount

	from, to int
	// observed is true where a link has a known opener: the hop is then no guess.
	observed bool
}

// Network is the nodes and hops of a window.
type Network struct {
	nodes   []model.Identity // in order of id
	ids     []string
	byID    map[string]int
	out, in [][]*Hop // by node, most bytes first
}

// New builds the network of links. Links from a node to itself are left out:
// they lead nowhere.
func New(links []Link, sense Sense) (*Network, error) {
	n := &Network{byID: map[string]int{}}
	ends := n.number(links)
	n.out, n.in = make([][]*Hop, len(n.nodes)), make([][]*Hop, len(n.nodes))
	hops := map[[2]int]*Hop{}
	for i, link := range links {
		source, destination := ends[i][0], ends[i][1]
		if source == destination {
			continue
		}
		for _, pair := range directions(link, sense, source, destination) {
			hop := hops[pair]
			if hop == nil {
				hop = &Hop{From: n.nodes[pair[0]], To: n.nodes[pair[1]], from: pair[0], to: pair[1]}
				hops[pair] = hop
			}
			if err := hop.add(link); err != nil {
				return nil, err
			}
		}
	}
	n.connect(hops)
	return n, nil
}

// number lists the nodes in order of id, so that answers never depend on the
// order of the links, and returns the numbers of each link's ends.
func (n *Network) number(links []Link) (ends [][2]int) {
	seen := map[model.Identity]int{}
	var nodes []model.Identity
	first := func(end model.Identity) int {
		i, known := seen[end]
		if !known {
			i = len(nodes)
			seen[end], nodes = i, append(nodes, end)
		}
		return i
	}
	ends = make([][2]int, len(links))
	for i, link := range links {
		ends[i] = [2]int{first(link.Key.Source), first(link.Key.Destination)}
	}
	order := make([]int, len(nodes))
	ids := make([]string, len(nodes))
	for i, node := range nodes {
		order[i], ids[i] = i, node.ID()
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(ids[a], ids[b]) })
	place := make([]int, len(nodes))
	for i, was := range order {
		place[was] = i
		n.nodes, n.ids = append(n.nodes, nodes[was]), append(n.ids, ids[was])
		n.byID[ids[was]] = i
	}
	for i := range ends {
		ends[i] = [2]int{place[ends[i][0]], place[ends[i][1]]}
	}
	return ends
}

func (l *Link) openerKnown() bool { return l.Key.Initiator != model.InitiatorUnknown }

func directions(link Link, sense Sense, source, destination int) [][2]int {
	with, against := [2]int{source, destination}, [2]int{destination, source}
	switch {
	case sense == Data || link.Key.Initiator == model.InitiatorSource:
		return [][2]int{with}
	case link.Key.Initiator == model.InitiatorDestination:
		return [][2]int{against}
	default:
		return [][2]int{with, against}
	}
}

func (h *Hop) add(link Link) (err error) {
	h.Links = append(h.Links, link)
	h.Bytes += link.Bytes
	h.observed = h.observed || link.openerKnown()
	if from, to := link.Key.SourcePlace.Zone, link.Key.DestinationPlace.Zone; from != "" && to != "" && from != to {
		h.CrossZoneBytes += link.Bytes
	}
	h.Cost, err = h.Cost.Add(link.Cost)
	return err
}

func (n *Network) connect(hops map[[2]int]*Hop) {
	for _, hop := range hops {
		slices.SortFunc(hop.Links, func(a, b Link) int { return cmp.Or(b.Cost.Cmp(a.Cost), cmp.Compare(a.ID, b.ID)) })
		n.out[hop.from] = append(n.out[hop.from], hop)
		n.in[hop.to] = append(n.in[hop.to], hop)
	}
	for i := range n.nodes {
		slices.SortFunc(n.out[i], func(a, b *Hop) int { return cmp.Or(cmp.Compare(b.Bytes, a.Bytes), cmp.Compare(a.to, b.to)) })
		slices.SortFunc(n.in[i], func(a, b *Hop) int { return cmp.Or(cmp.Compare(b.Bytes, a.Bytes), cmp.Compare(a.from, b.from)) })
	}
}

// Node is a node by id; false where the window holds none of it.
func (n *Network) Node(id string) (model.Identity, bool) {
	i, ok := n.byID[id]
	if !ok {
		return model.Identity{}, false
	}
	return n.nodes[i], true
}
