package flowstore

import (
	"context"
	"encoding/hex"
	"fmt"
	"slices"
	"time"

	"github.com/egressor/egressor/internal/clickhouse"
	"github.com/egressor/egressor/internal/model"
)

const (
	insertFacts    = `INSERT INTO facts (kind, cluster, key, valid_from, valid_to, recorded_at, source, digest, body)`
	insertFactDays = `INSERT INTO fact_days (day, kind, cluster, key, valid_from, valid_to, recorded_at, source, digest, body)`
)

// knownFact is what the newest version of a fact says.
type knownFact struct {
	digest factDigest
	to     int64
}

// RecordFacts stores what is new among facts, stamped with a moment that is
// later than that of every fact recorded before, so that "all facts recorded
// up to T" is the same set for ever. Facts that say what was said before are
// left out.
func (s *Store) RecordFacts(ctx context.Context, facts []model.Fact, now time.Time) error {
	if len(facts) == 0 {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.recall(ctx, now); err != nil {
		return err
	}
	fresh, err := s.fresh(ctx, facts)
	if err != nil || len(fresh) == 0 {
		return err
	}
	recorded := now.UTC()
	if !recorded.After(s.lastRecorded) {
		recorded = s.lastRecorded.Add(1)
	}
	if err := s.reachDay(ctx, dayOf(recorded.UnixNano())); err != nil {
		return err
	}
	// By day first: what is there and not in table facts is recorded again.
	if err := s.insertDays(ctx, fresh, recorded); err != nil {
		return fmt.Errorf("recording %d facts by day: %w", len(fresh), err)
	}
	err = s.fill(ctx, insertFacts, func(b clickhouse.Batch) error {
		for _, f := range fresh {
			if err := b.Append(string(f.id.kind), f.id.cluster, f.id.key, f.id.from, f.to, recorded, f.id.source, f.digest.String(), f.text); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("recording %d facts: %w", len(fresh), err)
	}
	s.lastRecorded = recorded
	for _, f := range fresh {
		s.known[f.id] = knownFact{f.digest, f.to}
	}
	return nil
}

// recall reads, once, the newest moment of recording and every fact that still
// holds: those are told again and again. What has ended is looked up when it is
// told again.
func (s *Store) recall(ctx context.Context, now time.Time) error {
	if !s.lastRecorded.IsZero() {
		return nil
	}
	last, err := s.newestRecorded(ctx)
	if err != nil {
		return err
	}
	const statement = `SELECT kind, cluster, key, source, valid_from, argMax(digest, recorded_at), argMax(valid_to, recorded_at) AS ends FROM facts
		GROUP BY kind, cluster, key, source, valid_from HAVING ends = 0 OR ends > {now:Int64}`
	if err := s.learn(ctx, statement, clickhouse.Named("now", now.UnixNano())); err != nil {
		return fmt.Errorf("reading the facts recorded so far: %w", err)
	}
	s.lastRecorded = later(last, time.Unix(0, 1).UTC())
	return nil
}

func (s *Store) newestRecorded(ctx context.Context) (time.Time, error) {
	var newest time.Time
	if err := s.db.QueryRow(ctx, "SELECT max(recorded_at) FROM facts").Scan(&newest); err != nil {
		return time.Time{}, fmt.Errorf("reading when the newest fact was recorded: %w", err)
	}
	return newest.UTC(), nil
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// learn reads known facts: id, digest and end.
func (s *Store) learn(ctx context.Context, statement string, args ...any) error {
	return s.each(ctx, statement, args, func(rows clickhouse.Rows) error {
		var id factID
		var fact knownFact
		var kind, digest string
		if err := rows.Scan(&kind, &id.cluster, &id.key, &id.source, &id.from, &digest, &fact.to); err != nil {
			return err
		}
		if _, err := hex.Decode(fact.digest[:], []byte(digest)); err != nil || len(digest) != 2*len(fact.digest) {
			return fmt.Errorf("the stored digest of %s fact %q is %q, no SHA-256", kind, id.key, digest)
		}
		id.kind = model.FactKind(kind)
		s.known[id] = fact
		return nil
	})
}

// lookupKeys bounds how many keys one look-up names.
const lookupKeys = 5000

// lookUp learns what was said under keys that have no known fact: they are new,
// or have ended and are told again.
func (s *Store) lookUp(ctx context.Context, keys []string) error {
	const statement = `SELECT kind, cluster, key, source, valid_from, argMax(digest, recorded_at), argMax(valid_to, recorded_at) FROM facts
		WHERE key IN {keys:Array(String)} GROUP BY kind, cluster, key, source, valid_from`
	for chunk := range slices.Chunk(keys, lookupKeys) {
		if err := s.learn(ctx, statement, clickhouse.Named("keys", chunk)); err != nil {
			return fmt.Errorf("looking up the facts of %d keys: %w", len(chunk), err)
		}
	}
	return nil
}

func (s *Store) fresh(ctx context.Context, facts []model.Fact) ([]freshFact, error) {
	told := make([]freshFact, len(facts))
	var unknown []string
	for i, fact := range facts {
		var err error
		if told[i], err = freshOf(fact); err != nil {
			return nil, err
		}
		if _, known := s.known[told[i].id]; !known {
			unknown = append(unknown, fact.Key)
		}
	}
	slices.Sort(unknown)
	if err := s.lookUp(ctx, slices.Compact(unknown)); err != nil {
		return nil, err
	}
	var fresh []freshFact
	newest := map[factID]factDigest{} // of this call: a fact may be told twice in it
	for _, f := range told {
		known, again := s.known[f.id]
		if said, here := newest[f.id]; here {
			known.digest, again = said, true
		}
		if again && known.digest == f.digest {
			continue
		}
		f.again = again
		newest[f.id] = f.digest
		fresh = append(fresh, f)
	}
	return fresh, nil
}

// forget drops what has ended before a moment: it is hardly ever told again.
func (s *Store) forget(before int64) {
	for id, fact := range s.known {
		if fact.to != 0 && fact.to < before {
			delete(s.known, id)
		}
	}
}
