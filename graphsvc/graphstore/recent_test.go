package graphstore

import (
	"testing"

	"github.com/egressor/egressor/graphsvc/pieces"
	"github.com/egressor/egressor/internal/model"
)

// The newest minutes' pieces are kept, as far as there is room, and the rows of
// the newest few; what is older than all of them takes no room from them.
func TestTheNewestPiecesAreKept(t *testing.T) {
	var r recent
	const size = recentBytes / 4
	piece := func(from model.Minute, since int64) kept {
		return keep(pieceID{from, since}, make([]byte, size), make([]pieces.Row, 1))
	}
	r.add(piece(10, 1), piece(12, 3), piece(11, 2), piece(12, 3), piece(11, 4))
	if len(r.held) != 4 || r.bytes != 4*size {
		t.Fatalf("%d pieces of %d bytes are kept, want the four", len(r.held), r.bytes)
	}
	r.add(piece(9, 5))
	r.add(piece(13, 6))
	var got []pieceID
	for _, p := range r.held {
		got = append(got, p.pieceID)
	}
	want := []pieceID{{11, 2}, {11, 4}, {12, 3}, {13, 6}}
	for i := range want {
		if len(got) != len(want) || got[i] != want[i] {
			t.Fatalf("%v are kept, want %v", got, want)
		}
		if has := r.held[i].rows != nil; has != (i >= len(want)-recentRows) {
			t.Errorf("the rows of %v are kept: %v", got[i], has)
		}
	}
	have := r.of(pieces.Minute, 11, 13)
	if len(have) != 3 || len(r.of(pieces.Hour, 11, 13)) != 0 {
		t.Errorf("of two minutes %v is known, want their three pieces, and of hours none", have.keys())
	}
	if _, err := have.piece(pieces.Minute, pieceID{14, 1}, nil); err == nil {
		t.Error("a piece that was not sent and is not known is no error")
	}
	if r.forget(); r.bytes != 0 || len(r.of(pieces.Minute, 0, 100)) != 0 {
		t.Error("what is forgotten is known")
	}
}
