package flowstore

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"github.com/egressor/egressor/internal/clickhouse"
	"github.com/egressor/egressor/internal/model"
)

// factID is what a later fact replaces an earlier one by.
type factID struct {
	kind    model.FactKind
	cluster string
	key     string
	from    int64 // nanoseconds since the epoch
}

func idOf(fact model.Fact) factID {
	return factID{fact.Kind, clusterOf(fact), fact.Key, nanos(fact.Period.From)}
}

func clusterOf(fact model.Fact) string {
	switch {
	case fact.Pod != nil:
		return fact.Pod.Cluster
	case fact.Node != nil:
		return fact.Node.Cluster
	case fact.Service != nil:
		return fact.Service.Cluster
	case fact.Revision != nil:
		return fact.Revision.Cluster
	default:
		return ""
	}
}

// body is the part of a fact that has no column of its own.
type body struct {
	Pod      *model.PodFact      `json:"pod,omitempty"`
	Node     *model.NodeFact     `json:"node,omitempty"`
	Service  *model.ServiceFact  `json:"service,omitempty"`
	Revision *model.RevisionFact `json:"revision,omitempty"`
	Endpoint *model.EndpointFact `json:"endpoint,omitempty"`
	Route    *model.RouteFact    `json:"route,omitempty"`
	Subnet   *model.SubnetFact   `json:"subnet,omitempty"`
}

const insertFacts = `INSERT INTO facts (kind, cluster, key, valid_from, valid_to, recorded_at, source, digest, body)`

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
	if err := s.recall(ctx); err != nil {
		return err
	}
	fresh, err := s.fresh(facts)
	if err != nil || len(fresh) == 0 {
		return err
	}
	recorded := now.UTC()
	if !recorded.After(s.lastRecorded) {
		recorded = s.lastRecorded.Add(1)
	}
	err = s.fill(ctx, insertFacts, func(b clickhouse.Batch) error {
		for _, f := range fresh {
			if err := b.Append(string(f.id.kind), f.id.cluster, f.id.key, f.id.from, f.to, recorded, f.source, f.digest, f.text); err != nil {
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
		s.known[f.id] = f.digest
	}
	return nil
}

// recall reads, once, what was recorded before this process started.
func (s *Store) recall(ctx context.Context) error {
	if !s.lastRecorded.IsZero() {
		return nil
	}
	const statement = `SELECT kind, cluster, key, valid_from, argMax(digest, recorded_at), max(recorded_at) FROM facts GROUP BY kind, cluster, key, valid_from`
	last := time.Unix(0, 1).UTC()
	err := s.each(ctx, statement, nil, func(rows clickhouse.Rows) error {
		var id factID
		var kind, digest string
		var recorded time.Time
		if err := rows.Scan(&kind, &id.cluster, &id.key, &id.from, &digest, &recorded); err != nil {
			return err
		}
		id.kind = model.FactKind(kind)
		s.known[id] = digest
		if recorded.After(last) {
			last = recorded.UTC()
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("reading the facts recorded so far: %w", err)
	}
	s.lastRecorded = last
	return nil
}

type freshFact struct {
	id           factID
	to           int64
	source       string
	digest, text string
}

func (s *Store) fresh(facts []model.Fact) ([]freshFact, error) {
	var fresh []freshFact
	for _, fact := range facts {
		text, err := json.Marshal(body{fact.Pod, fact.Node, fact.Service, fact.Revision, fact.Endpoint, fact.Route, fact.Subnet})
		if err != nil {
			return nil, fmt.Errorf("writing %s fact %q as JSON: %w", fact.Kind, fact.Key, err)
		}
		f := freshFact{id: idOf(fact), to: nanos(fact.Period.To), source: fact.Source, text: string(text)}
		sum := sha256.Sum256(fmt.Appendf(nil, "%d\x00%s\x00%s", f.to, f.source, f.text))
		f.digest = hex.EncodeToString(sum[:])
		if s.known[f.id] != f.digest {
			fresh = append(fresh, f)
		}
	}
	return fresh, nil
}

const selectFacts = `SELECT kind, key, valid_from, valid_to, recorded_at, source, body FROM (
	SELECT * FROM facts WHERE valid_from < {end:Int64} AND recorded_at <= {cut:DateTime64(9)}
	ORDER BY kind, cluster, key, valid_from, recorded_at DESC, digest DESC
	LIMIT 1 BY kind, cluster, key, valid_from
) WHERE valid_to = 0 OR valid_to > {start:Int64}`

// Facts reads the facts that held at any instant of [from, to), as known when
// the fact recorded at through was the newest. It returns the newest Recorded
// that was looked at: through itself, or where that is zero the newest of all.
func (s *Store) Facts(ctx context.Context, from, to time.Time, through time.Time) ([]model.Fact, time.Time, error) {
	if through.IsZero() {
		if err := s.db.QueryRow(ctx, "SELECT max(recorded_at) FROM facts").Scan(&through); err != nil {
			return nil, time.Time{}, fmt.Errorf("reading when the newest fact was recorded: %w", err)
		}
		through = through.UTC()
	}
	if through.Unix() <= 0 { // none was recorded by then
		return nil, through, nil
	}
	args := []any{
		clickhouse.Named("start", from.UnixNano()), clickhouse.Named("end", to.UnixNano()), clickhouse.Named("cut", through),
	}
	var facts []model.Fact
	err := s.each(ctx, selectFacts, args, func(rows clickhouse.Rows) error {
		fact, err := scanFact(rows)
		facts = append(facts, fact)
		return err
	})
	if err != nil {
		return nil, time.Time{}, fmt.Errorf("reading the facts of %s to %s: %w", from.UTC().Format(time.RFC3339), to.UTC().Format(time.RFC3339), err)
	}
	return facts, through, nil
}

func scanFact(rows clickhouse.Rows) (model.Fact, error) {
	var fact model.Fact
	var kind, text string
	var from, to int64
	if err := rows.Scan(&kind, &fact.Key, &from, &to, &fact.Recorded, &fact.Source, &text); err != nil {
		return fact, err
	}
	fact.Kind, fact.Recorded = model.FactKind(kind), fact.Recorded.UTC()
	fact.Period = model.Period{From: instant(from), To: instant(to)}
	var b body
	if err := json.Unmarshal([]byte(text), &b); err != nil {
		return fact, fmt.Errorf("the stored body of %s fact %q is not JSON: %w", fact.Kind, fact.Key, err)
	}
	fact.Pod, fact.Node, fact.Service, fact.Revision, fact.Endpoint, fact.Route, fact.Subnet = b.Pod, b.Node, b.Service, b.Revision, b.Endpoint, b.Route, b.Subnet
	return fact, nil
}

// nanos is a moment as nanoseconds since the epoch, 0 for the zero time
// ("since ever" and "still open").
func nanos(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixNano()
}

func instant(nanos int64) time.Time {
	if nanos == 0 {
		return time.Time{}
	}
	return time.Unix(0, nanos).UTC()
}
