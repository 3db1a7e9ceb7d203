package query

import (
	"math"
	"strconv"
	"strings"

	"github.com/egressor/egressor/graphsvc/packed"
	"github.com/egressor/egressor/internal/model"
)

// PackedNodes are a graph's nodes as columns: docs/formats/packed.md.
func (g *Graph) PackedNodes() []packed.Column {
	n := g.Nodes
	rows := len(n)
	text := func(name string, of func(*Node) string) packed.Column {
		return packed.Places(name, rows, func(i int) string { return of(&n[i]) }, same)
	}
	number := func(name string, of func(*Node) uint64) packed.Column {
		values := make([]uint64, rows)
		for i := range n {
			values[i] = of(&n[i])
		}
		return packed.Numbers(name, values)
	}
	ids, costs := make([]string, rows), make([]int64, rows)
	for i := range n {
		ids[i], costs[i] = n[i].Identity.ID(), nanoOf(n[i].Cost.Nano)
	}
	return []packed.Column{
		packed.Texts("id", ids),
		text("kind", func(n *Node) string { return string(n.Identity.Kind) }),
		text("name", func(n *Node) string { return n.Identity.Name }),
		text("namespace", func(n *Node) string { return n.Identity.Namespace }),
		text("type", func(n *Node) string { return n.Identity.Type }),
		text("cluster", func(n *Node) string { return n.Identity.Cluster }),
		text("regions", func(n *Node) string { return strings.Join(n.Regions, " ") }),
		text("zones", func(n *Node) string { return strings.Join(n.Zones, " ") }),
		packed.Points("x", rows, func(i int) float64 { return n[i].X }),
		packed.Points("y", rows, func(i int) float64 { return n[i].Y }),
		number("bytesOut", func(n *Node) uint64 { return n.BytesOut }),
		number("bytesIn", func(n *Node) uint64 { return n.BytesIn }),
		packed.Signed("cost", costs),
	}
}

// way is what many transfers have in common.
type way struct {
	port      uint16
	protocol  model.Protocol
	initiator model.Initiator
	kind      model.PathKind
	via       string
	assumed   bool

	sourceZone, destinationZone, sourceRegion, destinationRegion string
}

// wayText is a way's parts, with tabs between them: what it is a place in.
func wayText(w way) string {
	assumed := "0"
	if w.assumed {
		assumed = "1"
	}
	return strings.Join([]string{
		strconv.Itoa(int(w.port)), w.protocol.String(), string(w.initiator), string(w.kind), w.via, assumed, w.sourceZone, w.destinationZone, w.sourceRegion, w.destinationRegion,
	}, "\t")
}

// PackedTransfers are a graph's transfers as columns, their ends as places among
// its nodes: docs/formats/packed.md.
func (g *Graph) PackedTransfers() []packed.Column {
	t := g.Transfers
	rows := len(t)
	sources, destinations, bytes, costs := make([]uint64, rows), make([]uint64, rows), make([]uint64, rows), make([]int64, rows)
	for i := range t {
		sources[i], destinations[i] = uint64(g.ends[i].source), uint64(g.ends[i].destination)
		bytes[i], costs[i] = t[i].Sent.WireBytes, nanoOf(t[i].Cost.Nano)
	}
	return []packed.Column{
		packed.IDs("id", rows, func(i int) uint64 { return uint64(t[i].ID) }),
		packed.Numbers("source", sources),
		packed.Numbers("destination", destinations),
		packed.Places("sourceRevision", rows, func(i int) string { return t[i].Key.SourceRevision }, same),
		packed.Places("destinationRevision", rows, func(i int) string { return t[i].Key.DestinationRevision }, same),
		packed.Places("way", rows, func(i int) way {
			k := &t[i].Key
			return way{
				k.ServerPort, k.Protocol, k.Initiator, k.Path.Kind, k.Path.Via, k.Path.Assumed,
				k.SourcePlace.Zone, k.DestinationPlace.Zone, k.SourcePlace.Region, k.DestinationPlace.Region,
			}
		}, wayText),
		packed.Numbers("bytes", bytes),
		packed.Signed("cost", costs),
	}
}

func same(text string) string { return text }

// nanoOf is an amount in nano; beyond 64 bits the nearest that there is.
func nanoOf(nano func() (int64, bool)) int64 {
	n, ok := nano()
	if !ok {
		return math.MaxInt64
	}
	return n
}
