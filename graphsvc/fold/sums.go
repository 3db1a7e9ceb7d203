package fold

import "github.com/egressor/egressor/internal/model"

// sums adds edge minutes up by key.
type sums struct {
	numbers map[model.EdgeKey]int
	edges   []model.EdgeMinute
}

func newSums(capacity int) *sums {
	return &sums{numbers: make(map[model.EdgeKey]int, capacity), edges: make([]model.EdgeMinute, 0, capacity)}
}

// add adds a part to its edge. An edge is checked only if all of its parts are:
// a check that covers a part of the bytes would look like loss.
func (s *sums) add(part *model.EdgeMinute) {
	number, known := s.numbers[part.Key]
	if !known {
		s.numbers[part.Key] = len(s.edges)
		s.edges = append(s.edges, *part)
		if !part.Checked {
			s.edges[len(s.edges)-1].CheckBytes = 0
		}
		return
	}
	edge := &s.edges[number]
	edge.Sent = edge.Sent.Add(part.Sent)
	edge.Connections += part.Connections
	edge.RTTMicros = max(edge.RTTMicros, part.RTTMicros)
	edge.Checked = edge.Checked && part.Checked
	edge.CheckBytes += part.CheckBytes
	if !edge.Checked {
		edge.CheckBytes = 0
	}
}
