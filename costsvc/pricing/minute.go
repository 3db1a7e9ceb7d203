package pricing

import (
	"fmt"

	"github.com/egressor/egressor/costsvc/transferclass"
	"github.com/egressor/egressor/internal/model"
)

// Price prices the edges of one minute with fresh memory. The meters given are
// not changed; the ones returned are further on (the same in list mode).
func Price(book *Book, mode Mode, edges []model.EdgeMinute, meters Meters) (Statement, Meters, error) {
	if len(edges) == 0 {
		return Statement{Book: book.Name, BookVersion: book.Version, BookDigest: book.Digest, Currency: book.Currency, Mode: mode}, meters, nil
	}
	var run Run
	if err := run.Reset(book, mode, edges[0].Minute, meters); err != nil {
		return Statement{}, meters, err
	}
	for i := range edges {
		if edges[i].Minute != edges[0].Minute {
			return Statement{}, meters, fmt.Errorf("edges of two minutes, %s and %s, cannot be priced together", edges[0].Minute, edges[i].Minute)
		}
		run.AddEdge(edges[i].Key.ID(), &edges[i])
	}
	return run.Finish()
}

// AddEdge is Add for an edge of the graph. The caller has the id at hand, and
// computing it costs more than pricing.
//
// Only pods and nodes can have been measured; where just one of two such ends
// reported, it is taken to be the sender.
func (r *Run) AddEdge(id model.EdgeID, edge *model.EdgeMinute) {
	t := &r.transfer // reused: filling it anew would cost as much as pricing it
	r.book.Describe(&edge.Key, edge.Checked, t)
	t.Edge, t.Bytes = id, edge.Sent.WireBytes
	r.Add(t)
}

// Describe writes what decides an edge's charges into a transfer: its facts, and
// which sides nobody measured. Edges that agree in it differ in id and bytes
// alone, so that many can be priced from one description. checked says that both
// ends reported.
func (b *Book) Describe(key *model.EdgeKey, checked bool, t *Transfer) {
	transferclass.FactsOf(key, &t.Facts)
	source, destination := measurable(t.Facts.Source.Kind), measurable(t.Facts.Destination.Kind)
	if t.Facts.Provider == "" && b.carriedByOwn(key) {
		t.Facts.Path[0].Kind = transferclass.HopOwnNetwork
	}
	t.SourceImputed = !source
	t.DestinationImputed = !destination || source && !checked
}

// carriedByOwn reports whether a line of the customer's own carries the edge.
func (b *Book) carriedByOwn(key *model.EdgeKey) bool {
	for i := range b.Networks {
		if b.Networks[i].Carries(key) {
			return true
		}
	}
	return false
}

func measurable(kind transferclass.EndKind) bool {
	return kind == transferclass.EndPod || kind == transferclass.EndNode
}
