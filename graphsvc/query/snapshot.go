package query

import (
	"context"

	"github.com/egressor/egressor/graphsvc/diff"
	"github.com/egressor/egressor/graphsvc/snapshot"
)

// Snapshot is the graph of a window, to be written to a file.
func (e *Explorer) Snapshot(ctx context.Context, ask Ask) (snapshot.Graph, error) {
	window, version, only, err := e.chosen(ctx, ask)
	if err != nil {
		return snapshot.Graph{}, err
	}
	if version == nil {
		return snapshot.Graph{}, nothingFolded()
	}
	edges, err := e.edges(ctx, window)
	if err != nil {
		return snapshot.Graph{}, err
	}
	if !only.all() {
		edges = (&DiffSide{only: only}).kept(edges)
	}
	graph := snapshot.Graph{
		Version: version.Number, Digest: version.Digest, From: window.From, To: window.To, Currency: version.Currency,
		Edges: make([]diff.Edge, len(edges)),
	}
	for i, edge := range edges {
		graph.Edges[i] = *edge
	}
	return graph, nil
}
