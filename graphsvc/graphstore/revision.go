package graphstore

import (
	"fmt"

	"github.com/egressor/egressor/internal/model"
)

// change is a piece with what it adds to its edge's live totals.
type change struct {
	piece
	bytes, costNano int64
}

// revision is what turns the open pieces of some minutes into the published
// ones. A piece that stays the same is in none of the lists.
type revision struct {
	closed    []string // Neo4j's ids of pieces that end
	carried   []change // pieces that begin
	withdrawn []change // ended pieces without a successor; the totals shrink
}

// revise compares what is open with what is published. For a minute's first
// fold nothing is open and everything is carried.
func revise(open []openPiece, edges []model.PricedEdge) (revision, error) {
	before := make(map[spot]openPiece, len(open))
	for _, p := range open {
		before[p.spot()] = p
	}
	var r revision
	published := make(map[spot]bool, len(edges))
	for i := range edges {
		p, err := pieceOf(&edges[i])
		if err != nil {
			return revision{}, err
		}
		if published[p.spot()] {
			return revision{}, fmt.Errorf("edge %s is published twice for %s", p.edge, p.minute)
		}
		published[p.spot()] = true
		old, was := before[p.spot()]
		if was && old.piece == p {
			continue
		}
		if was {
			r.closed = append(r.closed, old.element)
		}
		r.carried = append(r.carried, change{piece: p, bytes: p.wireBytes - old.wireBytes, costNano: p.costNano - old.costNano})
	}
	for _, p := range open {
		if !published[p.spot()] {
			r.closed = append(r.closed, p.element)
			r.withdrawn = append(r.withdrawn, change{piece: p.piece, bytes: -p.wireBytes, costNano: -p.costNano})
		}
	}
	return r, nil
}
