package graphstore

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/egressor/egressor/graphsvc/pieces"
	"github.com/egressor/egressor/internal/model"
)

// minuteRows are the rows of one published minute, in order of their edges, and
// the same packed.
type minuteRows struct {
	minute model.Minute
	rows   []pieces.Row
	packed []byte
}

// parting is the work of byMinute under way: it needs nothing of the graph, so that
// it is done while the transaction's first statements are.
type parting struct {
	done    chan struct{}
	minutes []minuteRows // valid, as err, once done is closed
	err     error
}

// part begins to part the edges of a publication into minutes.
func part(p Publication, ids []model.EdgeID) *parting {
	parted := &parting{done: make(chan struct{})}
	go func() {
		defer close(parted.done)
		parted.minutes, parted.err = byMinute(p.Version.From, p.Version.To, p.Edges, ids)
	}()
	return parted
}

// wait returns the minutes once they are there.
func (p *parting) wait() ([]minuteRows, error) {
	<-p.done
	return p.minutes, p.err
}

// place is an edge and where it stands in a list. The order is that of places, since
// rows are seven times as long.
type place struct {
	edge model.EdgeID
	at   int
}

// byMinute parts edges into the minutes of [from, to), each there even where it
// has no edge: that it was folded is worth a piece.
func byMinute(from, to model.Minute, edges []model.PricedEdge, ids []model.EdgeID) ([]minuteRows, error) {
	places := make([][]place, to-from)
	for i := range edges {
		of := &places[edges[i].Minute-from]
		if *of == nil {
			*of = make([]place, 0, len(edges)/len(places)+1)
		}
		*of = append(*of, place{ids[i], i})
	}
	minutes := make([]minuteRows, len(places))
	for i, of := range places {
		minutes[i].minute = from + model.Minute(i)
		slices.SortFunc(of, func(a, b place) int { return cmp.Compare(a.edge, b.edge) })
		minutes[i].rows = column(of, func(p *place) pieces.Row { return pieces.Of(p.edge, &edges[p.at]) })
		var err error
		if minutes[i].packed, err = pieces.Encode(minutes[i].rows); err != nil {
			return nil, fmt.Errorf("the edges of %s: %w", minutes[i].minute, err)
		}
	}
	return minutes, nil
}
