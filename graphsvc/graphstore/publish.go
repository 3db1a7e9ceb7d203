package graphstore

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/egressor/egressor/graphsvc/pieces"
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
	// IDs are those of the edges, in their order; nil where they are to be worked out.
	IDs []model.EdgeID
	// Revisions are the facts of kind revision that the edges name, shown as Deployment
	// nodes for as long as the graph has history of such edges.
	Revisions []model.Fact
	// Tier and Spans are the content of a version of kind compact, which has no edges.
	Tier  pieces.Tier
	Spans []pieces.Span
}

// Publish commits one version in one transaction: readers see all of it or
// nothing. Pieces of its minutes that were true before and are not any more
// are closed and their successors opened, and the live totals corrected by the
// difference. Publishing a version that is there already does nothing. It
// fails with ErrLostLease where another process took the lease over, and with
// ErrVersionConflict when the graph has another version under that number or the
// version does not follow the newest one.
func (s *Store) Publish(ctx context.Context, p Publication) error {
	if err := check(p); err != nil {
		return fmt.Errorf("publishing version %d: %w", p.Version.Number, err)
	}
	ids := p.IDs
	if ids == nil {
		ids = column(p.Edges, func(e *model.PricedEdge) model.EdgeID { return e.Key.ID() })
	}
	parted := part(p, ids)
	var err error
	for range attempts {
		if err = s.publishOnce(ctx, p, ids, parted); err == nil || !startOver(err) {
			break
		}
		// What was lost or refused decides nothing: the next attempt reads first
		// whether the version is there.
		s.seen.forget()
		s.recent.forget()
	}
	<-parted.done // it reads the caller's edges
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
	if p.IDs != nil && len(p.IDs) != len(p.Edges) {
		return fmt.Errorf("has %d edges and the ids of %d", len(p.Edges), len(p.IDs))
	}
	if v.Number == 0 || v.Digest == "" || v.From >= v.To {
		return fmt.Errorf("needs a number, a digest and a non-empty range of minutes, has %d, %q, %s to %s", v.Number, v.Digest, v.From, v.To)
	}
	if v.Kind == model.VersionCompact && (p.Tier.Minutes == 0 || v.From != p.Tier.Start(v.From) || v.To != v.From+p.Tier.Minutes || len(p.Edges) > 0) {
		return fmt.Errorf("a version that compacts speaks of one whole %s and has no edges of minutes, this one has %s to %s and %d", p.Tier.Name, v.From, v.To, len(p.Edges))
	}
	for i := range p.Edges {
		if m := p.Edges[i].Minute; m < v.From || m >= v.To {
			return fmt.Errorf("edge %s is of %s, outside of the version's %s to %s", p.Edges[i].Key.ID(), m, v.From, v.To)
		}
	}
	return nil
}

func (s *Store) publishOnce(ctx context.Context, p Publication, ids []model.EdgeID, parted *parting) error {
	ctx, cancel := context.WithTimeout(ctx, p.time())
	defer cancel()
	ready, err := s.prepare(ctx, p, ids)
	if err != nil {
		return err
	}
	var w writer
	err = s.db.ExecuteWrite(ctx, func(tx neo4j.Tx) error {
		w = writer{tx: tx, number: int64(p.Version.Number), seen: &s.seen, recent: &s.recent, found: map[model.EdgeID]int64{}}
		there, err := w.claim(ctx, p.Version)
		if err == nil && !there {
			err = w.write(ctx, p, ready, parted)
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
		s.seen.add(w.ends, w.found)
		s.recent.add(w.made...)
	}
	return err
}

// time bounds one attempt to publish, at the server as well. The lease is locked
// at its end: where the process is frozen just then, nobody else can take the
// lease before the time is over. It is ten times what is needed on a slow machine.
func (p *Publication) time() time.Duration {
	const least, perEdge, perSpan = 30 * time.Second, time.Millisecond, 3 * time.Millisecond
	return least + time.Duration(len(p.Edges))*perEdge + time.Duration(len(p.Spans))*perSpan
}

// writer writes one version in one transaction.
type writer struct {
	tx     neo4j.Tx
	number int64
	seen   *seen
	// newest is the end of the newest minute that was folded before this version.
	newest model.Minute
	// ends and found are what the transaction wrote or met, for seen.
	ends  []model.Identity
	found map[model.EdgeID]int64
	// made are the minutes' pieces that the transaction wrote, for recent.
	recent *recent
	made   []kept
}

func (w *writer) write(ctx context.Context, p Publication, ready prepared, parted *parting) error {
	if p.Version.Kind == model.VersionCompact {
		return w.compact(ctx, p)
	}
	if err := w.newcomers(ctx, ready); err != nil {
		return err
	}
	minutes, err := parted.wait()
	if err != nil {
		return err
	}
	if err := w.history(ctx, p.Version, minutes); err != nil {
		return err
	}
	return w.deployments(ctx, p.Version.To-1, p.Revisions)
}

// newcomers writes the nodes and edges that the graph does not have yet.
func (w *writer) newcomers(ctx context.Context, ready prepared) error {
	if len(ready.edges) > 0 {
		w.ends = ready.ends
		maps.Copy(w.found, ready.edges)
		return nil
	}
	w.ends = w.seen.unknownEnds(ready.few)
	if err := w.entities(ctx, w.ends); err != nil {
		return err
	}
	return w.edges(ctx, ready.few)
}

// history writes the pieces of the minutes, ends those that they follow, and
// brings the live relationships, hours and days in line.
func (w *writer) history(ctx context.Context, version model.GraphVersion, minutes []minuteRows) error {
	found, err := w.readStanding(ctx, pieces.Minute, version.From, version.To)
	if err != nil {
		return err
	}
	before := map[model.Minute]standing{}
	for _, piece := range found {
		before[piece.From] = piece
	}
	var changed []model.Minute
	for _, m := range minutes {
		was, there := before[m.minute]
		differences := pieces.Diff(was.Rows, m.rows)
		if there && len(differences) == 0 {
			continue // what stays the same is not written again
		}
		changed = append(changed, m.minute)
		if there {
			if err := w.close(ctx, pieces.Minute, was); err != nil {
				return err
			}
		}
		if err := w.createMinute(ctx, m); err != nil {
			return err
		}
		if err := w.live(ctx, m.minute, differences); err != nil {
			return err
		}
	}
	return w.respan(ctx, changed)
}

func (w *writer) entities(ctx context.Context, ends []model.Identity) error {
	for chunk := range slices.Chunk(ends, chunkRows) {
		if err := w.tx.Exec(ctx, entitiesMerge, entityColumns(chunk, w.number)); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) edges(ctx context.Context, keys []*model.EdgeKey) error {
	for chunk := range slices.Chunk(keys, chunkRows) {
		params := keyColumns(chunk, w.number)
		wanted := params["keys"].([]string)
		err := w.tx.Each(ctx, edgesMerge, params, func(row neo4j.Row) error {
			var at, number int64
			var known string
			if err := row.Scan(&at, &number, &known); err != nil {
				return err
			}
			id := chunk[at].ID()
			if known != wanted[at] {
				return fmt.Errorf("edge id %s stands for two keys, %q and %q: a 64-bit collision; nothing was written", id, known, wanted[at])
			}
			w.found[id] = number
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// live brings the live relationships in line with what differs in a minute.
func (w *writer) live(ctx context.Context, minute model.Minute, differences []pieces.Change) error {
	changes, err := changesOf(differences)
	if err != nil {
		return err
	}
	if err := w.locate(ctx, changes); err != nil {
		return err
	}
	// In the order in which they lie in the store, which is read and logged in it.
	slices.SortFunc(changes, func(a, b change) int { return cmp.Compare(a.relationship, b.relationship) })
	statement := edgesAmend
	if minute >= w.newest {
		statement = edgesCarry
	}
	for chunk := range slices.Chunk(changes, chunkRows) {
		if err := w.all(ctx, statement, liveColumns(chunk, minute), len(chunk)); err != nil {
			return err
		}
	}
	return nil
}

// locate finds the relationships of changes, asking for those that this process
// has not met: edges that a refold withdraws after a restart.
func (w *writer) locate(ctx context.Context, changes []change) error {
	missing := w.seen.locate(changes, w.found)
	if len(missing) == 0 {
		return nil
	}
	texts := column(missing, func(id *model.EdgeID) string { return id.String() })
	err := w.tx.Each(ctx, edgesLocate, neo4j.Params{"ids": texts}, func(row neo4j.Row) error {
		var text string
		var number int64
		if err := row.Scan(&text, &number); err != nil {
			return err
		}
		id, err := parseEdgeID(text)
		w.found[id] = number
		return err
	})
	if err != nil {
		return err
	}
	if missing = w.seen.locate(changes, w.found); len(missing) > 0 {
		return fmt.Errorf("%w: edge %s has history but no live relationship", errStaleSeen, missing[0])
	}
	return nil
}

// all runs a statement that must find every one of its rows.
func (w *writer) all(ctx context.Context, statement string, params neo4j.Params, want int) error {
	var found int64
	if _, err := w.tx.Single(ctx, statement, params, &found); err != nil {
		return err
	}
	if found != int64(want) {
		return fmt.Errorf("%w: %d rows of %d", errStaleSeen, found, want)
	}
	return nil
}
