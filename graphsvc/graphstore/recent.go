package graphstore

import (
	"fmt"
	"slices"
	"sync"

	"github.com/egressor/egressor/graphsvc/pieces"
	"github.com/egressor/egressor/internal/model"
)

const (
	// recentBytes bounds the packed rows that are kept: an hour of minutes of 30,000
	// edges takes 50 MB.
	recentBytes = 64 << 20
	// recentRows is of how many pieces the rows are kept unpacked as well.
	recentRows = 2
)

// pieceID names a minute's piece. What it holds never changes.
type pieceID struct {
	from  model.Minute
	since int64
}

// key is the piece as statements name it.
func (id pieceID) key() string { return fmt.Sprintf("%d:%d", id.from, id.since) }

// kept is a minute's piece that was published or read lately.
type kept struct {
	pieceID
	packed []byte
	// marks find few of its rows; they are worked out when somebody first wants them.
	marks func() (pieces.Marks, error)
	// rows are those of the newest few, nil of others. Nobody writes to them.
	rows []pieces.Row
}

func keep(id pieceID, packed []byte, rows []pieces.Row) kept {
	return kept{id, packed, sync.OnceValues(func() (pieces.Marks, error) { return pieces.MarksOf(packed) }), rows}
}

// recent keeps the newest minutes' pieces, so that a question about the open hour does
// not fetch sixty of them, nor a refold what it follows.
type recent struct {
	mu    sync.Mutex
	bytes int
	// held are in the order of their minutes.
	held []kept
}

// known are pieces that need not be sent.
type known map[pieceID]kept

// of are the pieces of a tier that begin in [from, to): none but minutes are kept.
func (r *recent) of(tier pieces.Tier, from, to model.Minute) known {
	held := known{}
	if tier != pieces.Minute {
		return held
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, piece := range r.held {
		if piece.from >= from && piece.from < to {
			held[piece.pieceID] = piece
		}
	}
	return held
}

// keys are how statements name the pieces.
func (k known) keys() []string {
	keys := make([]string, 0, len(k))
	for id := range k {
		keys = append(keys, id.key())
	}
	return keys
}

// piece is one that a statement returned, with its columns or as a known one.
func (k known) piece(tier pieces.Tier, id pieceID, columns any) (kept, error) {
	if columns == nil {
		if piece, there := k[id]; there {
			return piece, nil
		}
	}
	packed, err := packedColumn(tier, id.from, columns)
	return keep(id, packed, nil), err
}

// add keeps pieces, and lets those of the oldest minutes go.
func (r *recent) add(more ...kept) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, piece := range more {
		at, there := slices.BinarySearchFunc(r.held, piece.pieceID, order)
		if there || r.bytes+len(piece.packed) > recentBytes && at == 0 {
			continue // older than all that there is room for
		}
		r.held = slices.Insert(r.held, at, piece)
		r.bytes += len(piece.packed)
	}
	drop := 0
	for ; r.bytes > recentBytes; drop++ {
		r.bytes -= len(r.held[drop].packed)
	}
	r.held = slices.Delete(r.held, 0, drop)
	for i := range r.held[:max(0, len(r.held)-recentRows)] {
		r.held[i].rows = nil
	}
}

func order(piece kept, id pieceID) int {
	if piece.from != id.from {
		return int(piece.from - id.from)
	}
	return int(piece.since - id.since)
}

func (r *recent) forget() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.held, r.bytes = nil, 0
}
