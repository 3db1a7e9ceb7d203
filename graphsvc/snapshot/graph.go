package snapshot

import (
	"cmp"
	"fmt"
	"io"
	"slices"

	"github.com/egressor/egressor/graphsvc/diff"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// Graph is the graph of the minutes [From, To) as true in a version.
type Graph struct {
	Version  uint64
	Digest   model.Digest
	From, To model.Minute
	Currency string
	// Edges are in order of id.
	Edges []diff.Edge
}

// Format is how a graph is written.
type Format string

// Formats.
const (
	NDJSON  Format = "ndjson"
	Cypher  Format = "cypher"
	GraphML Format = "graphml"
	CSV     Format = "csv"
)

// Write writes a graph in a format.
func Write(out io.Writer, g Graph, format Format) error {
	writers := map[Format]func(io.Writer, Graph) error{NDJSON: writeNDJSON, Cypher: writeCypher, GraphML: writeGraphML, CSV: writeCSV}
	write, known := writers[format]
	if !known {
		return fmt.Errorf("format %q: want ndjson, cypher, graphml or csv", format)
	}
	slices.SortFunc(g.Edges, func(a, b diff.Edge) int { return cmp.Compare(a.ID, b.ID) })
	return write(out, g)
}

// Nodes are the ends of the edges, each once, in order of id.
func (g Graph) Nodes() []model.Identity {
	seen := map[model.Identity]string{}
	for i := range g.Edges {
		for _, end := range []model.Identity{g.Edges[i].Key.Source, g.Edges[i].Key.Destination} {
			if _, known := seen[end]; !known {
				seen[end] = end.ID()
			}
		}
	}
	nodes := make([]model.Identity, 0, len(seen))
	for node := range seen {
		nodes = append(nodes, node)
	}
	slices.SortFunc(nodes, func(a, b model.Identity) int { return cmp.Compare(seen[a], seen[b]) })
	return nodes
}

// total sums the bytes and the cost of all edges.
func (g Graph) total() (bytes uint64, cost money.Amount, err error) {
	for i := range g.Edges {
		bytes += g.Edges[i].Sent.WireBytes
		if cost, err = cost.Add(g.Edges[i].Cost); err != nil {
			return 0, money.Amount{}, err
		}
	}
	return bytes, cost, nil
}
