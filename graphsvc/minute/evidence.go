package minute

import (
	"fmt"
	"net/netip"
	"slices"

	"github.com/egressor/egressor/graphsvc/attribution"
	"github.com/egressor/egressor/internal/model"
)

// Speaking returns which rows of a minute, by index and in order, speak of an
// edge: the reports that were taken as the truth and those kept as the check.
// A row speaks of the edge if the edge would have a byte more for each byte more
// in the row. (Leaving the row out would prove less: it may also have named an
// end for the others.)
func Speaking(input Input, edge model.EdgeKey) ([]int, error) {
	index, err := attribution.NewIndex(input.Facts)
	if err != nil {
		return nil, fmt.Errorf("indexing the facts of %s: %w", input.Minute, err)
	}
	coverage := coverageOf(input.Batches)
	var speaking []int
	for _, group := range transfersOf(input.Rows) {
		rows := make([]attribution.ReportedRow, len(group))
		for i, at := range group {
			rows[i] = input.Rows[at]
		}
		whole := said(index, coverage, rows, edge)
		if whole == (attribution.AttributedFlow{}) {
			continue
		}
		for i, at := range group {
			untouched := rows[i].Row
			touch(&rows[i].Row)
			if said(index, coverage, rows, edge) != whole {
				speaking = append(speaking, at)
			}
			rows[i].Row = untouched
		}
	}
	slices.Sort(speaking)
	return speaking, nil
}

// touch adds a byte to each direction in which something was counted.
func touch(row *model.FlowRow) {
	for _, counts := range []*model.Counts{&row.Sent, &row.Received} {
		if !counts.IsZero() {
			counts.WireBytes++
		}
	}
}

// said is what rows say of one edge, the zero value where they do not.
func said(index *attribution.Index, coverage *attribution.Coverage, rows []attribution.ReportedRow, edge model.EdgeKey) attribution.AttributedFlow {
	flows, _ := attribution.Attribute(index, coverage, rows)
	for i := range flows {
		if flows[i].Key == edge {
			return flows[i]
		}
	}
	return attribution.AttributedFlow{}
}

// transferKey brings the reports of one conversation together, whichever end
// made them.
type transferKey struct {
	low, high netip.Addr
	port      uint16
	protocol  model.Protocol
	// scope keeps apart what never left a machine, where all share a few addresses.
	agent model.AgentID
	local model.LocalEnd
}

// transfersOf groups rows that may be reports of one transfer: each end's report
// helps to name the other end, so that no row is understood alone.
func transfersOf(rows []attribution.ReportedRow) map[transferKey][]int {
	groups := map[transferKey][]int{}
	for i := range rows {
		row := &rows[i].Row
		key := transferKey{low: row.LocalAddr.Unmap(), high: row.RemoteAddr.Unmap(), port: row.ServerPort, protocol: row.Protocol}
		if key.high.IsLoopback() || key.high.IsLinkLocalUnicast() {
			key.agent, key.local = rows[i].Agent, row.Local
		}
		if key.high.Less(key.low) {
			key.low, key.high = key.high, key.low
		}
		groups[key] = append(groups[key], i)
	}
	return groups
}
