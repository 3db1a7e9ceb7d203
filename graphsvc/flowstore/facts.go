package flowstore

import (
	"context"
	"encoding/hex"
	"fmt"
	"slices"
	"time"

	"github.com/egressor/egressor/graphsvc/attribution"
	"github.com/egressor/egressor/internal/clickhouse"
	"github.com/egressor/egressor/internal/model"
)

const (
	insertFacts    = `INSERT INTO facts (kind, cluster, key, valid_from, valid_to, recorded_at, source, digest, body)`
	insertFactDays = `INSERT INTO fact_days (day, kind, cluster, key, valid_from, valid_to, recorded_at, source, digest, body)`
)

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
	if err := s.record(ctx, facts, now); err != nil {
		s.lastRecorded, s.known = time.Time{}, knowledge{} // what was stored of it is read again
		return err
	}
	return nil
}

func (s *Store) record(ctx context.Context, facts []model.Fact, now time.Time) error {
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
	s.lastRecorded = latest(last, time.Unix(0, 1).UTC())
	return nil
}

func (s *Store) newestRecorded(ctx context.Context) (time.Time, error) {
	var newest time.Time
	if err := s.db.QueryRow(ctx, "SELECT max(recorded_at) FROM facts").Scan(&newest); err != nil {
		return time.Time{}, fmt.Errorf("reading when the newest fact was recorded: %w", err)
	}
	return newest.UTC(), nil
}

// learn reads known facts: id, digest and end.
func (s *Store) learn(ctx context.Context, statement string, args ...any) error {
	return s.each(ctx, statement, args, func(rows clickhouse.Rows) error {
		var of thing
		var fact version
		var kind, digest string
		if err := rows.Scan(&kind, &of.cluster, &of.key, &fact.source, &fact.from, &digest, &fact.to); err != nil {
			return err
		}
		if _, err := hex.Decode(fact.digest[:], []byte(digest)); err != nil || len(digest) != 2*len(fact.digest) {
			return fmt.Errorf("the stored digest of %s fact %q is %q, no SHA-256", kind, of.key, digest)
		}
		of.kind = model.FactKind(kind)
		s.known.set(of, fact)
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

// fresh keeps what says something new, and knows it from then on. Agents' sights
// come last, so that they end where the pods' lives do.
func (s *Store) fresh(ctx context.Context, facts []model.Fact) ([]freshFact, error) {
	var unknown []string
	for _, fact := range facts {
		if _, known := s.known.of(idOf(fact)); !known {
			unknown = append(unknown, fact.Key)
		}
	}
	slices.Sort(unknown)
	if err := s.lookUp(ctx, slices.Compact(unknown)); err != nil {
		return nil, err
	}
	var fresh []freshFact
	var sights []model.Fact
	var over []string
	for _, fact := range facts {
		if attribution.IsSight(fact) {
			sights = append(sights, fact)
			continue
		}
		told, err := s.take(&fresh, fact)
		if err != nil {
			return nil, err
		}
		if told && fact.Kind == model.FactPod && !fact.Period.To.IsZero() {
			over = append(over, fact.Key)
		}
	}
	open, err := s.openSights(ctx, over)
	if err != nil {
		return nil, err
	}
	for _, sight := range append(sights, open...) {
		if _, err := s.take(&fresh, s.known.bounded(sight)); err != nil {
			return nil, err
		}
	}
	return fresh, nil
}

// take adds a fact to the fresh ones if it says something new.
func (s *Store) take(fresh *[]freshFact, fact model.Fact) (told bool, err error) {
	f, err := freshOf(fact)
	if err != nil {
		return false, err
	}
	known, again := s.known.of(f.id)
	if again && known.digest == f.digest {
		return false, nil
	}
	f.again = again
	*fresh = append(*fresh, f)
	s.known.set(f.id.thing, version{f.id.source, f.id.from, f.to, f.digest})
	return true, nil
}

// openSights reads the agents' sights of pods that no agent has ended.
func (s *Store) openSights(ctx context.Context, pods []string) ([]model.Fact, error) {
	const statement = `SELECT kind, key, valid_from, valid_to, recorded_at, source, body FROM (
			SELECT * FROM facts WHERE kind = {kind:String} AND key IN {keys:Array(String)} AND startsWith(source, 'agent/')
			ORDER BY cluster, key, valid_from, source, recorded_at DESC, digest DESC LIMIT 1 BY cluster, key, valid_from, source
		) WHERE valid_to = 0`
	var open []model.Fact
	for chunk := range slices.Chunk(pods, lookupKeys) {
		args := []any{clickhouse.Named("kind", string(model.FactPod)), clickhouse.Named("keys", chunk)}
		err := s.each(ctx, statement, args, func(rows clickhouse.Rows) error {
			fact, err := scanFact(rows)
			open = append(open, fact)
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("looking up the agents' sights of %d pods: %w", len(chunk), err)
		}
	}
	return open, nil
}
