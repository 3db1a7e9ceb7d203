package graphstore

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/neo4j"
)

// attempts bounds how often Publish starts over after an unknown outcome.
const attempts = 5

// Publication is one version with everything that it says.
type Publication struct {
	Version model.GraphVersion
	// Lease is the right to publish it, see AcquireLease.
	Lease Lease
	// Edges are all edges of the minutes [Version.From, Version.To), for a refold
	// too: what differs from the graph is found out here.
	Edges []model.PricedEdge
	// Revisions are facts of kind revision, shown as Deployment nodes.
	Revisions []model.Fact
}

// Publish commits one version in one transaction: readers see all of it or
// nothing. Pieces of its minutes that were true before and are not any more
// are closed, their successors opened, and the live totals corrected by the
// difference. Publishing a version that is there already does nothing. It
// fails with ErrLostLease where another process took the lease over, and with
// ErrVersionConflict when the graph has another version under that number or the
// version does not follow the newest one.
func (s *Store) Publish(ctx context.Context, p Publication) error {
	if err := check(p); err != nil {
		return fmt.Errorf("publishing version %d: %w", p.Version.Number, err)
	}
	var err error
	for range attempts {
		if err = s.publishOnce(ctx, p); err == nil || !startOver(err) {
			break
		}
		// What was lost or refused decides nothing: the next attempt reads first
		// whether the version is there.
		s.seen.forget()
	}
	if err != nil {
		return fmt.Errorf("publishing version %d: %w", p.Version.Number, err)
	}
	return nil
}

// startOver tells the failures after which the graph must be read again: a lost
// commit reply, another writer of the same key, and a graph emptied behind our back.
func startOver(err error) bool {
	return errors.Is(err, neo4j.ErrUnknownOutcome) || errors.Is(err, errStaleSeen) || neo4j.IsConstraintViolation(err)
}

func check(p Publication) error {
	v := p.Version
	if v.Number == 0 || v.Digest == "" || v.From >= v.To {
		return fmt.Errorf("needs a number, a digest and a non-empty range of minutes, has %d, %q, %s to %s", v.Number, v.Digest, v.From, v.To)
	}
	for i := range p.Edges {
		if m := p.Edges[i].Minute; m < v.From || m >= v.To {
			return fmt.Errorf("edge %s is of %s, outside of the version's %s to %s", p.Edges[i].Key.ID(), m, v.From, v.To)
		}
	}
	return nil
}

func (s *Store) publishOnce(ctx context.Context, p Publication) error {
	var ends []model.Identity
	var keys []*model.EdgeKey
	err := s.db.ExecuteWrite(ctx, func(tx neo4j.Tx) error {
		keys = s.seen.unknownEdges(p.Edges)
		ends = s.seen.unknownEnds(keys)
		w := writer{tx: tx, number: int64(p.Version.Number)}
		there, err := w.claim(ctx, p.Version)
		if err == nil && !there {
			err = w.write(ctx, p, ends, keys)
		}
		if errors.Is(err, ErrVersionConflict) { // it may be the next holder's
			return errors.Join(err, fence(ctx, tx, p.Lease))
		}
		if err != nil {
			return err
		}
		// Last, so that the lease is locked, and its renewal held up, for as long as
		// the commit takes and no longer.
		return fence(ctx, tx, p.Lease)
	})
	if err == nil {
		s.seen.add(ends, keys)
	}
	return err
}

// writer writes one version in one transaction.
type writer struct {
	tx     neo4j.Tx
	number int64
}

func (w writer) write(ctx context.Context, p Publication, ends []model.Identity, keys []*model.EdgeKey) error {
	open, err := w.open(ctx, p.Version.From, p.Version.To)
	if err != nil {
		return err
	}
	revised, err := revise(open, p.Edges)
	if err != nil {
		return err
	}
	for _, step := range []func() error{
		func() error { return w.entities(ctx, ends) },
		func() error { return w.edges(ctx, keys) },
		func() error { return w.close(ctx, revised.closed) },
		func() error { return w.withdraw(ctx, revised.withdrawn) },
		func() error { return w.carry(ctx, revised.carried) },
		func() error { return w.deployments(ctx, p.Revisions) },
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

func (w writer) entities(ctx context.Context, ends []model.Identity) error {
	for chunk := range slices.Chunk(ends, chunkRows) {
		if err := w.tx.Exec(ctx, entitiesMerge, entityColumns(chunk, w.number)); err != nil {
			return err
		}
	}
	return nil
}

func (w writer) edges(ctx context.Context, keys []*model.EdgeKey) error {
	for chunk := range slices.Chunk(keys, chunkRows) {
		err := w.tx.Each(ctx, edgesMerge, keyColumns(chunk, w.number), func(row neo4j.Row) error {
			var id, known, wanted string
			if err := row.Scan(&id, &known, &wanted); err != nil {
				return err
			}
			return fmt.Errorf("edge id %s stands for two keys, %q and %q: a 64-bit collision; nothing was written", id, known, wanted)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (w writer) carry(ctx context.Context, changes []change) error {
	for chunk := range slices.Chunk(changes, chunkRows) {
		if err := w.all(ctx, edgesCarry, carryColumns(chunk, w.number), len(chunk)); err != nil {
			return err
		}
	}
	return nil
}

func (w writer) withdraw(ctx context.Context, changes []change) error {
	for chunk := range slices.Chunk(changes, chunkRows) {
		if err := w.all(ctx, edgesWithdraw, withdrawColumns(chunk), len(chunk)); err != nil {
			return err
		}
	}
	return nil
}

func (w writer) close(ctx context.Context, pieces []string) error {
	for chunk := range slices.Chunk(pieces, chunkRows) {
		if err := w.all(ctx, piecesClose, neo4j.Params{"pieces": chunk, "number": w.number}, len(chunk)); err != nil {
			return err
		}
	}
	return nil
}

// all runs a statement that must find every one of its rows.
func (w writer) all(ctx context.Context, statement string, params neo4j.Params, want int) error {
	var found int64
	if _, err := w.tx.Single(ctx, statement, params, &found); err != nil {
		return err
	}
	if found != int64(want) {
		return fmt.Errorf("%w: %d rows of %d", errStaleSeen, found, want)
	}
	return nil
}

// open reads the open pieces of the minutes [from, to).
func (w writer) open(ctx context.Context, from, to model.Minute) ([]openPiece, error) {
	var open []openPiece
	err := w.tx.Each(ctx, piecesOpen, neo4j.Params{"from": int64(from), "to": int64(to)}, func(row neo4j.Row) error {
		p, err := scanOpenPiece(row)
		open = append(open, p)
		return err
	})
	return open, err
}
