package app

import (
	"context"
	"slices"

	"github.com/egressor/egressor/graphsvc/minute"
	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/internal/model"
)

const (
	// maxToldRows bounds the raw rows that are kept: about 0.4 kB each. A minute
	// weighs toldWeight more, so that empty ones are bounded too.
	maxToldRows = 200_000
	toldWeight  = 100
	// maxFolded bounds the minutes whose version is kept.
	maxFolded = 1000
	// evidenceMinutes is how many minutes are searched for the rows of an edge.
	evidenceMinutes = 5
)

// told is what the agents told of a minute, as its version took it: a minute is read
// and attributed once for all edges that somebody wants the evidence of.
type told struct {
	rows     []query.RawRow
	speaking map[model.EdgeID][]int32
}

// Flows are the raw rows that speak of an edge in the newest minutes in which
// it carried anything, newest first.
func (s series) Flows(ctx context.Context, w query.Window, edge model.EdgeKey, limit int) ([]query.RawRow, error) {
	var rows []query.RawRow
	id := edge.ID()
	err := s.newest(ctx, w, id, evidenceMinutes, func(of model.Minute) (bool, error) {
		said, err := s.toldOf(ctx, of, w.Version)
		if err != nil {
			return false, err
		}
		found := make([]query.RawRow, len(said.speaking[id]))
		for i, at := range said.speaking[id] {
			found[i] = said.rows[at]
		}
		slices.SortStableFunc(found, func(a, b query.RawRow) int { return b.Flow.WindowStart.Compare(a.Flow.WindowStart) })
		rows = append(rows, found...)
		return len(rows) < limit, nil
	})
	return rows[:min(limit, len(rows))], err
}

// minuteAsk is a minute as a version knows it.
type minuteAsk struct {
	minute  model.Minute
	through uint64
}

// toldOf is kept, unless it is too much to keep.
func (s series) toldOf(ctx context.Context, of model.Minute, through uint64) (*told, error) {
	version, err := s.folded.Of(ctx, minuteAsk{of, through}, func(ctx context.Context) (*model.GraphVersion, error) {
		version, ok, err := s.foldOf(ctx, of, through)
		if err != nil || !ok {
			return nil, err
		}
		return &version, nil
	})
	if err != nil || version == nil {
		return &told{}, err
	}
	var large *told
	said, err := s.told.Of(ctx, version.Number, func(ctx context.Context) (*told, error) {
		read, err := s.readTold(ctx, *version)
		if err == nil && len(read.rows) > maxToldRows/2 {
			large = read
			return &told{}, nil
		}
		return read, err
	})
	switch {
	case err != nil || said.speaking != nil:
		return said, err
	case large != nil:
		return large, nil
	default: // too much: each reads it for themselves
		return s.readTold(ctx, *version)
	}
}

func (s series) readTold(ctx context.Context, version model.GraphVersion) (*told, error) {
	input, rows, err := s.reread(ctx, version)
	if err != nil {
		return nil, err
	}
	speaking, err := minute.Speaking(input)
	return &told{rows, speaking}, err
}
