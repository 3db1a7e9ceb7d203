package graphstore

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/egressor/egressor/graphsvc/pieces"
	"github.com/egressor/egressor/internal/model"
)

// packed is a piece as the graph holds it.
type packed struct {
	tier pieces.Tier
	kept
	// again is true where it was kept: it will be asked for again, and few of its rows
	// are found by marks.
	again bool
}

// readAhead is how many pieces wait to be added up while the next is on its way.
const readAhead = 4

// summing adds pieces up beside whoever reads them: unpacking one takes as long as
// the graph takes to send the next.
type summing struct {
	wanted []model.EdgeID // in order; nil is all
	sums   *pieces.Sums
	coming chan packed
	ended  chan struct{}
	err    error // valid once ended is closed
}

// newSumming begins to add up what take is given, until end. Of wanted, nil is all.
func newSumming(wanted map[model.EdgeID]bool, sums *pieces.Sums) *summing {
	s := &summing{sums: sums, coming: make(chan packed, readAhead), ended: make(chan struct{})}
	if wanted != nil {
		s.wanted = slices.AppendSeq(make([]model.EdgeID, 0, len(wanted)), maps.Keys(wanted))
		slices.Sort(s.wanted)
	}
	go s.run()
	return s
}

func (s *summing) run() {
	defer close(s.ended)
	for piece := range s.coming {
		if s.err = s.add(piece); s.err != nil {
			return
		}
	}
}

// take hands a piece over. It fails when an earlier one could not be added.
func (s *summing) take(piece packed) error {
	select {
	case s.coming <- piece:
		return nil
	case <-s.ended:
		return errNotAdded
	}
}

// errNotAdded ends the reading; end says why.
var errNotAdded = errors.New("a piece could not be added")

// end waits until all is added that was taken.
func (s *summing) end() error {
	close(s.coming)
	<-s.ended
	return s.err
}

func (s *summing) add(piece packed) error {
	rows, err := s.unpacked(piece)
	if err != nil {
		return err
	}
	return s.sums.Add(rows)
}

// unpacked are the rows of a piece that are wanted. Where few are, the others are
// passed over without being kept.
func (s *summing) unpacked(piece packed) (rows []pieces.Row, err error) {
	if s.wanted == nil {
		return unpack(piece.tier, piece.from, piece.packed)
	}
	if piece.again {
		rows, err = s.found(piece)
	} else {
		rows, err = pieces.Pick(piece.packed, s.wanted)
	}
	if err != nil {
		return nil, fmt.Errorf("the %s piece of %s: %w", piece.tier.Name, piece.from, err)
	}
	return rows, nil
}

// found are the same rows by the piece's marks.
func (s *summing) found(piece packed) ([]pieces.Row, error) {
	marks, err := piece.marks()
	if err != nil {
		return nil, err
	}
	return pieces.Find(piece.packed, marks, s.wanted)
}
