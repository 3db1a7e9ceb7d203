package graphstore

import (
	"context"
	"fmt"
	"math"
	"math/big"
	"slices"

	"github.com/egressor/egressor/graphsvc/pieces"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
	"github.com/egressor/egressor/internal/neo4j"
)

// Upgrade rewrites history that an earlier release left as one relationship per
// edge and minute into packed pieces, a minute a transaction, so that it may be
// stopped anywhere and run again, and takes off the live relationships what they do
// not say any more. It returns how many minutes it rewrote. The schema must have
// been migrated before.
func (s *Store) Upgrade(ctx context.Context) (minutes int, err error) {
	if err := s.upgradeLive(ctx); err != nil {
		return 0, fmt.Errorf("taking old properties off the graph's live relationships: %w", err)
	}
	for {
		done := false
		err := s.db.ExecuteWrite(ctx, func(tx neo4j.Tx) error {
			// One upgrade at a time: the lock lasts as long as the transaction.
			if err := tx.Exec(ctx, leaseLock, nil); err != nil {
				return err
			}
			var minute int64
			there, err := tx.Single(ctx, oldMinute, nil, &minute)
			done = !there
			if err != nil || done {
				return err
			}
			return upgradeMinute(ctx, tx, model.Minute(minute))
		})
		if err != nil {
			return minutes, fmt.Errorf("rewriting the graph's history in its new form: %w", err)
		}
		if done {
			return minutes, nil
		}
		minutes++
	}
}

func (s *Store) upgradeLive(ctx context.Context) error {
	for left := int64(1); left > 0; {
		err := s.db.ExecuteWrite(ctx, func(tx neo4j.Tx) error {
			_, err := tx.Single(ctx, oldLive, neo4j.Params{"limit": chunkRows}, &left)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func upgradeMinute(ctx context.Context, tx neo4j.Tx, minute model.Minute) error {
	var old []oldPiece
	params := neo4j.Params{"minute": int64(minute)}
	err := tx.Each(ctx, oldPieces, params, func(row neo4j.Row) error {
		piece, err := scanOldPiece(row)
		old = append(old, piece)
		return err
	})
	if err != nil {
		return err
	}
	for _, state := range statesOf(old) {
		packed, err := pack(pieces.Minute, minute, state.rows)
		if err != nil {
			return err
		}
		properties := pieceProperties(pieces.Minute, minute, state.since, len(state.rows), packed)
		if state.until != math.MaxInt64 {
			properties["until"] = state.until
		}
		if err := tx.Exec(ctx, pieceCreate, neo4j.Params{"properties": properties}); err != nil {
			return err
		}
	}
	return tx.Exec(ctx, oldDelete, params)
}

// oldPiece is one edge's minute as one relationship held it.
type oldPiece struct {
	row          pieces.Row
	since, until int64 // until is the largest number where it is still true
}

// state is what was true of a minute from one version to before another.
type state struct {
	since, until int64
	rows         []pieces.Row
}

// statesOf puts pieces that begin and end each for itself together.
func statesOf(old []oldPiece) []state {
	var bounds []int64
	for i := range old {
		bounds = append(bounds, old[i].since, old[i].until)
	}
	slices.Sort(bounds)
	bounds = slices.Compact(bounds)
	var states []state
	for i := 0; i+1 < len(bounds); i++ {
		now := state{since: bounds[i], until: bounds[i+1]}
		for at := range old {
			if old[at].since <= now.since && now.since < old[at].until {
				now.rows = append(now.rows, old[at].row)
			}
		}
		states = append(states, now)
	}
	if last := len(bounds) - 1; last >= 0 && bounds[last] != math.MaxInt64 {
		states = append(states, state{since: bounds[last], until: math.MaxInt64}) // nothing is left of the minute
	}
	return states
}

func scanOldPiece(row neo4j.Row) (oldPiece, error) {
	var p oldPiece
	var edge string
	var until, check any
	var nano, rest int64
	r := &p.row
	err := row.Scan(&edge, &p.since, &until, &r.Sent.WireBytes, &r.Sent.PayloadBytes, &r.Sent.Packets, &r.Sent.RetransmittedPackets,
		&r.Connections, &r.RTTMicros, &check, &nano, &rest)
	if err != nil {
		return p, err
	}
	p.until = math.MaxInt64
	if number, ended := until.(int64); ended {
		p.until = number
	}
	if bytes, checked := check.(int64); checked {
		r.CheckBytes, r.Checked = uint64(bytes), true
	}
	if r.Edge, err = parseEdgeID(edge); err != nil {
		return p, err
	}
	atoms := new(big.Int).Mul(big.NewInt(nano), big.NewInt(money.AtomsPerNano))
	r.Cost, err = money.FromBigInt(atoms.Add(atoms, big.NewInt(rest)))
	return p, err
}
