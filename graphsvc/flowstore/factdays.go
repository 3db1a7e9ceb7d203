package flowstore

import (
	"context"
	"fmt"
	"time"

	"github.com/egressor/egressor/internal/clickhouse"
)

// Table fact_days holds, for each day, every version of a fact that a minute of
// the day may need. The minute m was folded at a moment after its start, so a
// version of a fact that a later one had replaced by the start of the day is of no
// use to it. That leaves
//
//   - what was recorded during the day, of whatever time it speaks,
//   - what was recorded later and speaks of the day, and
//   - of what was recorded before, the newest version if it still holds, or held
//     within the last hour before the day.
//
// The first two are written when they are recorded, the third when the day
// begins, from the day before. Days before the first that the table has are read
// from table facts.

const (
	nanosPerDay = int64(24 * time.Hour)
	// dayOverlap is how long before its start a day already takes what is recorded,
	// since another process may begin the day, and what ended.
	dayOverlap = int64(time.Hour)
	// keptDays is how long days are kept: longer than the raw flows.
	keptDays = 40
)

// dayOf counts days since the epoch. Moments before it are in day 0.
func dayOf(nanos int64) int64 { return max(nanos, 0) / nanosPerDay }

// dayRange is the days that the table has, both included; last is 0 where it is
// empty.
type dayRange struct{ first, last int64 }

func (d dayRange) has(day int64) bool { return d.last != 0 && d.first <= day && day <= d.last }

// reachDay makes sure that the table has a day, if it is the newest.
func (s *Store) reachDay(ctx context.Context, day int64) error {
	if s.days.last == 0 {
		if err := s.readDays(ctx); err != nil {
			return err
		}
	}
	if day <= s.days.last {
		return nil
	}
	if s.days.last == 0 || day-s.days.last > keptDays {
		if err := s.db.Exec(ctx, "TRUNCATE TABLE fact_days"); err != nil {
			return fmt.Errorf("dropping days of facts from before a long pause: %w", err)
		}
		return s.beginDays(ctx, day)
	}
	for next := s.days.last + 1; next <= day; next++ {
		if err := s.carryOver(ctx, next); err != nil {
			return err
		}
		s.days.last = next
	}
	s.known.forget((day - 1) * nanosPerDay)
	return nil
}

func (s *Store) readDays(ctx context.Context) error {
	var first, last uint16
	if err := s.db.QueryRow(ctx, "SELECT min(day), max(day) FROM fact_days").Scan(&first, &last); err != nil {
		return fmt.Errorf("reading which days of facts there are: %w", err)
	}
	s.days = dayRange{int64(first), int64(last)}
	if last > first {
		// It may have but what was recorded in the hour before it, or a part of what a
		// process that died in the middle carried over: it is begun again.
		s.days.last--
	}
	return nil
}

// beginDays fills the table's first day from all history, with every version of
// each fact that the day may need.
func (s *Store) beginDays(ctx context.Context, day int64) error {
	const statement = insertFactDays + ` SELECT {day:UInt16}, kind, cluster, key, valid_from, valid_to, recorded_at, source, digest, body FROM facts
		WHERE ` + noDescription + ` AND (kind, cluster, key, valid_from, source) IN (
			SELECT kind, cluster, key, valid_from, source FROM facts GROUP BY kind, cluster, key, valid_from, source
			HAVING argMax(valid_to, recorded_at) = 0 OR argMax(valid_to, recorded_at) > {ended:Int64}
				OR max(recorded_at) >= fromUnixTimestamp64Nano({start:Int64}, 'UTC'))`
	if err := s.db.Exec(ctx, statement, clickhouse.Named("day", day),
		clickhouse.Named("start", day*nanosPerDay), clickhouse.Named("ended", day*nanosPerDay-dayOverlap)); err != nil {
		return fmt.Errorf("filling the first day of facts: %w", err)
	}
	s.days = dayRange{day, day}
	return nil
}

// carryOver begins a day with what the day before leaves to it. Doing it twice
// adds rows that say the same.
func (s *Store) carryOver(ctx context.Context, day int64) error {
	const statement = insertFactDays + ` SELECT {day:UInt16}, kind, cluster, key, valid_from, valid_to, recorded_at, source, digest, body FROM (
			SELECT * FROM fact_days WHERE day = {before:UInt16} AND recorded_at < fromUnixTimestamp64Nano({start:Int64}, 'UTC')
			ORDER BY kind, cluster, key, valid_from, source, recorded_at DESC, digest DESC
			LIMIT 1 BY kind, cluster, key, valid_from, source
		) WHERE valid_to = 0 OR valid_to > {ended:Int64}`
	args := []any{clickhouse.Named("day", day), clickhouse.Named("before", day-1),
		clickhouse.Named("start", day*nanosPerDay), clickhouse.Named("ended", day*nanosPerDay-dayOverlap)}
	if err := s.db.Exec(ctx, statement, args...); err != nil {
		return fmt.Errorf("beginning day %s of the facts: %w", time.Unix(0, day*nanosPerDay).UTC().Format(time.DateOnly), err)
	}
	return nil
}

func (s *Store) insertDays(ctx context.Context, fresh []freshFact, recorded time.Time) error {
	return s.fill(ctx, insertFactDays, func(b clickhouse.Batch) error {
		for _, f := range fresh {
			if f.id.kind.Describes() { // no minute is folded from it
				continue
			}
			for _, day := range s.daysOf(f, recorded.UnixNano()) {
				err := b.Append(uint16(day), string(f.id.kind), f.id.cluster, f.id.key, f.id.from, f.to, recorded, f.id.source, f.digest.String(), f.text)
				if err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// daysOf are the days that take a version recorded at a moment: that of the
// recording, and those between that the fact speaks of. A version that replaces an
// earlier one is in every day that may have the earlier one.
func (s *Store) daysOf(f freshFact, recorded int64) []int64 {
	today, tomorrow := dayOf(recorded), dayOf(recorded+dayOverlap)
	through := tomorrow
	if f.to != 0 && !f.again {
		through = min(tomorrow, dayOf(f.to+dayOverlap))
	}
	var days []int64
	for day := max(s.days.first, dayOf(f.id.from)); day < min(today, through+1); day++ {
		days = append(days, day)
	}
	days = append(days, today)
	if tomorrow != today && through == tomorrow {
		days = append(days, tomorrow)
	}
	return days
}
