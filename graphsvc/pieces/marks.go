package pieces

import (
	"slices"

	"github.com/egressor/egressor/internal/model"
)

// everyMark is how many rows lie between two marks.
const everyMark = 32

// Marks say where some of the rows of a packed column begin, so that few rows are
// found without unpacking all.
type Marks struct {
	edges   []model.EdgeID
	offsets []int32
}

// MarksOf goes through a packed column once.
func MarksOf(packed []byte) (Marks, error) {
	var m Marks
	n := 0
	err := heads(packed, func(edge model.EdgeID, at int) {
		if n%everyMark == 0 {
			m.edges, m.offsets = append(m.edges, edge), append(m.offsets, int32(at))
		}
		n++
	})
	return m, err
}

// Find unpacks the rows of some edges, in order, of those that the column has.
// The edges are in order, and the marks are the column's.
func Find(packed []byte, marks Marks, edges []model.EdgeID) (rows []Row, err error) {
	var row Row
	for len(edges) > 0 {
		at, exact := slices.BinarySearch(marks.edges, edges[0])
		if !exact {
			at--
		}
		if at < 0 { // before the first row
			edges = edges[1:]
			continue
		}
		r := reader{rest: packed[marks.offsets[at]:]}
		for n := 0; n < everyMark && len(r.rest) > 0 && len(edges) > 0; n++ {
			if r.row(&row); r.cut {
				return nil, errCut
			}
			for len(edges) > 0 && edges[0] < row.Edge { // the column does not have it
				edges = edges[1:]
			}
			if len(edges) > 0 && edges[0] == row.Edge {
				rows, edges = append(rows, row), edges[1:]
			}
		}
		// What lies before the next mark and was not met is not there.
		for len(edges) > 0 && (at+1 == len(marks.edges) || edges[0] < marks.edges[at+1]) {
			edges = edges[1:]
		}
	}
	return rows, nil
}
