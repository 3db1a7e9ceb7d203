package graphstore

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/egressor/egressor/graphsvc/pieces"
	"github.com/egressor/egressor/internal/model"
)

// change is what a minute does to one live relationship.
type change struct {
	edge         model.EdgeID
	relationship int64 // Neo4j's number of it
	// bytes and costNano are added to the totals.
	bytes, costNano int64
	carried         bool // in the end
}

// minuteRows are the rows of one published minute, in order of their edges.
type minuteRows struct {
	minute model.Minute
	rows   []pieces.Row
}

// byMinute parts edges into the minutes of [from, to), each there even where it
// has no edge: that it was folded is worth a piece.
func byMinute(from, to model.Minute, edges []model.PricedEdge, ids []model.EdgeID) ([]minuteRows, error) {
	minutes := make([]minuteRows, to-from)
	for i := range minutes {
		minutes[i].minute = from + model.Minute(i)
	}
	for i := range edges {
		at := &minutes[edges[i].Minute-from]
		if at.rows == nil {
			at.rows = make([]pieces.Row, 0, len(edges)/len(minutes)+1)
		}
		at.rows = append(at.rows, pieces.Of(ids[i], &edges[i]))
	}
	for _, m := range minutes {
		slices.SortFunc(m.rows, func(a, b pieces.Row) int { return cmp.Compare(a.Edge, b.Edge) })
		for i := 1; i < len(m.rows); i++ {
			if m.rows[i].Edge == m.rows[i-1].Edge {
				return nil, fmt.Errorf("edge %s is published twice for %s", m.rows[i].Edge, m.minute)
			}
		}
	}
	return minutes, nil
}

// changesOf turns what differs into what the live relationships become.
func changesOf(differences []pieces.Change) ([]change, error) {
	changes := make([]change, len(differences))
	for i := range differences {
		d := &differences[i]
		c := change{edge: d.After.Edge, carried: d.Is}
		if !d.Is {
			c.edge = d.Before.Edge
		}
		if d.Before.Sent.WireBytes > math.MaxInt64 || d.After.Sent.WireBytes > math.MaxInt64 {
			return nil, fmt.Errorf("edge %s: its bytes do not fit 63 bits", c.edge)
		}
		before, err := nanoOf(d.Before.Cost)
		if err != nil {
			return nil, fmt.Errorf("edge %s: %w", c.edge, err)
		}
		after, err := nanoOf(d.After.Cost)
		if err != nil {
			return nil, fmt.Errorf("edge %s: %w", c.edge, err)
		}
		c.bytes, c.costNano = int64(d.After.Sent.WireBytes)-int64(d.Before.Sent.WireBytes), after-before
		changes[i] = c
	}
	return changes, nil
}
