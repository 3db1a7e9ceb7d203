package graphstore

import (
	"fmt"
	"math"

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
