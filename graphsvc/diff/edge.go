package diff

import (
	"errors"
	"math"

	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// Edge is one edge summed over a window.
type Edge struct {
	ID          model.EdgeID
	Key         model.EdgeKey
	Sent        model.Counts
	Connections uint64
	// RTTMicros is the highest in the window, 0 where unknown.
	RTTMicros uint32
	// CheckBytes is valid only when Checked.
	CheckBytes uint64
	Checked    bool
	Cost       money.Amount
}

// Sum adds edges up.
type Sum struct {
	Transfers int
	// Bytes are IP-layer bytes.
	Bytes uint64
	Cost  money.Amount
}

// ErrBytes says that a total of bytes does not fit 63 bits (8 EiB).
var ErrBytes = errors.New("bytes out of range (2^63)")

func (s Sum) plus(t Sum) (Sum, error) {
	bytes := s.Bytes + t.Bytes
	if bytes < s.Bytes || bytes > math.MaxInt64 {
		return Sum{}, ErrBytes
	}
	cost, err := s.Cost.Add(t.Cost)
	return Sum{Transfers: s.Transfers + t.Transfers, Bytes: bytes, Cost: cost}, err
}

func sumOf(e *Edge) Sum { return Sum{Transfers: 1, Bytes: e.Sent.WireBytes, Cost: e.Cost} }
