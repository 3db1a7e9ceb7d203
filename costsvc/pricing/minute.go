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
func (r *Run) AddEdge(id model.EdgeID, edge *model.EdgeMinute) {
	t := TransferOf(id, edge)
	r.Add(&t)
}

// TransferOf is the transfer that an edge stands for. Only pods and nodes can
// have been measured; where just one of two such ends reported, it is taken to
// be the sender.
func TransferOf(id model.EdgeID, edge *model.EdgeMinute) Transfer {
	facts := transferclass.FactsOf(&edge.Key)
	source, destination := measurable(facts.Source.Kind), measurable(facts.Destination.Kind)
	return Transfer{
		Edge: id, Facts: facts, Bytes: edge.Sent.WireBytes,
		SourceImputed:      !source,
		DestinationImputed: !destination || source && !edge.Checked,
	}
}

func measurable(kind transferclass.EndKind) bool {
	return kind == transferclass.EndPod || kind == transferclass.EndNode
}
