package pieces

import (
	"fmt"

	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// Row is what one edge carried in a span of minutes.
type Row struct {
	Edge model.EdgeID
	// Sent and Connections are sums over the span.
	Sent        model.Counts
	Connections uint64
	// RTTMicros is the highest in the span, 0 where unknown.
	RTTMicros uint32
	// CheckBytes is valid only when Checked: every minute of the span in which the
	// edge carried something has the other end's report.
	CheckBytes uint64
	Checked    bool
	// Cost is the exact sum.
	Cost money.Amount
}

// Of is one edge's minute as a row. The id is the key's, which costs a hash.
func Of(id model.EdgeID, edge *model.PricedEdge) Row {
	row := Row{
		Edge: id, Sent: edge.Sent, Connections: edge.Connections, RTTMicros: edge.RTTMicros,
		Checked: edge.Checked, Cost: edge.Cost,
	}
	if edge.Checked {
		row.CheckBytes = edge.CheckBytes
	}
	return row
}

// add adds what the same edge carried in other minutes.
func (r *Row) add(other *Row) error {
	r.Sent = r.Sent.Add(other.Sent)
	r.Connections += other.Connections
	r.RTTMicros = max(r.RTTMicros, other.RTTMicros)
	r.Checked = r.Checked && other.Checked
	r.CheckBytes += other.CheckBytes
	if !r.Checked {
		r.CheckBytes = 0
	}
	var err error
	if r.Cost, err = r.Cost.Add(other.Cost); err != nil {
		return fmt.Errorf("edge %s: %w", r.Edge, err)
	}
	return nil
}

// Sums add rows up by edge. The zero value is ready.
type Sums struct {
	at   map[model.EdgeID]int
	rows []Row
}

// Add adds one row.
func (s *Sums) Add(row *Row) error {
	if at, known := s.at[row.Edge]; known {
		return s.rows[at].add(row)
	}
	if s.at == nil {
		s.at = map[model.EdgeID]int{}
	}
	s.at[row.Edge] = len(s.rows)
	s.rows = append(s.rows, *row)
	return nil
}

// Rows are the sums, each edge once, in the order in which they were first seen.
func (s *Sums) Rows() []Row { return s.rows }
