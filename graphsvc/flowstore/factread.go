package flowstore

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/egressor/egressor/internal/clickhouse"
	"github.com/egressor/egressor/internal/model"
)

// currentFacts selects, of a table's versions recorded by a moment, the newest of
// each fact that began before a moment, and of those what held after another.
const currentFacts = `SELECT kind, key, valid_from, valid_to, recorded_at, source, body FROM (
	SELECT * FROM %s AND valid_from < {end:Int64} AND recorded_at <= {cut:DateTime64(9)}
	ORDER BY kind, cluster, key, valid_from, source, recorded_at DESC, digest DESC
	LIMIT 1 BY kind, cluster, key, valid_from, source
) WHERE valid_to = 0 OR valid_to > {start:Int64}`

// noDescription leaves out what only describes: model.FactKind.Describes.
const noDescription = "kind NOT IN ('namespace', 'workload', 'endpoint-slice', 'gateway', 'watch')"

// Facts reads the facts by which addresses are resolved that held at any instant of [from, to), as known when
// the fact recorded at through was the newest. It returns the newest Recorded
// that was looked at: through itself, or where that is zero the newest of all.
// The cost goes by the facts of the day, not by all history, where the minute is
// of a day that table fact_days has.
func (s *Store) Facts(ctx context.Context, from, to time.Time, through time.Time) ([]model.Fact, time.Time, error) {
	if through.IsZero() {
		newest, err := s.newestRecorded(ctx)
		if err != nil {
			return nil, time.Time{}, err
		}
		through = newest
	}
	if through.Unix() <= 0 { // none was recorded by then
		return nil, through, nil
	}
	table := "facts WHERE " + noDescription
	day, byDay, err := s.dayFor(ctx, from.UnixNano(), to.UnixNano())
	if err != nil {
		return nil, time.Time{}, err
	}
	if byDay {
		table = fmt.Sprintf("fact_days WHERE day = %d", day)
	}
	facts, err := s.factsFrom(ctx, table, from, to, through)
	return facts, through, err
}

func (s *Store) factsFrom(ctx context.Context, table string, from, to, through time.Time) ([]model.Fact, error) {
	args := []any{
		clickhouse.Named("start", from.UnixNano()), clickhouse.Named("end", to.UnixNano()), clickhouse.Named("cut", through),
	}
	var facts []model.Fact
	err := s.each(ctx, fmt.Sprintf(currentFacts, table), args, func(rows clickhouse.Rows) error {
		fact, err := scanFact(rows)
		facts = append(facts, fact)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("reading the facts of %s to %s: %w", from.UTC().Format(time.RFC3339), to.UTC().Format(time.RFC3339), err)
	}
	return facts, nil
}

// dayFor tells which day has all facts of an interval, if any has. A day has those
// of the hour before it, too.
func (s *Store) dayFor(ctx context.Context, from, to int64) (day int64, ok bool, err error) {
	day = dayOf(to - 1)
	if from < day*nanosPerDay-dayOverlap {
		return 0, false, nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if day > s.days.last {
		if err := s.reachPast(ctx, day); err != nil {
			return 0, false, err
		}
	}
	return day, s.days.has(day), nil
}

// reachPast is reachDay for a day that has begun by the database's clock. A
// minute of tomorrow, which only a wrong clock can have seen, begins no day.
func (s *Store) reachPast(ctx context.Context, day int64) error {
	var now time.Time
	if err := s.db.QueryRow(ctx, "SELECT now64(9, 'UTC')").Scan(&now); err != nil {
		return fmt.Errorf("asking the database for the time: %w", err)
	}
	if day > dayOf(now.UnixNano()) {
		return nil
	}
	return s.reachDay(ctx, day)
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
	b.into(&fact)
	return fact, nil
}
