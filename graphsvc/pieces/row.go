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
	rows []Row // in order of their edges
}

// Add adds the rows of one piece up, which are in order of their edges, each once,
// as Decode returns them. They are its own from then on.
func (s *Sums) Add(rows []Row) error {
	if len(s.rows) == 0 {
		s.rows = rows
		return nil
	}
	var fresh []Row
	at := 0
	for i := range rows {
		row := &rows[i]
		for at < len(s.rows) && s.rows[at].Edge < row.Edge {
			at++
		}
		if at == len(s.rows) || s.rows[at].Edge != row.Edge {
			fresh = append(fresh, *row)
		} else if err := s.rows[at].add(row); err != nil {
			return err
		}
	}
	s.rows = merged(s.rows, fresh)
	return nil
}

// merged puts rows of different edges into one order.
func merged(rows, fresh []Row) []Row {
	if len(fresh) == 0 {
		return rows
	}
	// From the end, so that the longer list moves within itself.
	from, more := len(rows)-1, len(fresh)-1
	rows = append(rows, fresh...)
	for to := len(rows) - 1; more >= 0; to-- {
		if from >= 0 && rows[from].Edge > fresh[more].Edge {
			rows[to] = rows[from]
			from--
			continue
		}
		rows[to] = fresh[more]
		more--
	}
	return rows
}

// Rows are the sums, each edge once, in order of their edges.
func (s *Sums) Rows() []Row { return s.rows }
