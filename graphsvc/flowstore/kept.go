package flowstore

import (
	"context"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/egressor/egressor/internal/clickhouse"
	"github.com/egressor/egressor/internal/model"
)

// Kept is how long the tables keep their rows as they are, whoever set it: 0 is
// for ever.
func (s *Store) Kept(ctx context.Context) (Retention, error) {
	var kept Retention
	for table, keep := range map[string]*time.Duration{"flows": &kept.Flows, "edge_minutes": &kept.Minutes} {
		var engine string
		err := s.db.QueryRow(ctx, "SELECT engine_full FROM system.tables WHERE database = currentDatabase() AND name = {table:String}",
			clickhouse.Named("table", table)).Scan(&engine)
		if err == nil {
			*keep, err = ttlOf(engine)
		}
		if err != nil {
			return Retention{}, fmt.Errorf("reading how long table %s keeps its rows: %w", table, err)
		}
	}
	return kept, nil
}

var ttl = regexp.MustCompile(`TTL .* \+ toInterval(Second|Day)\((\d+)\)`)

// ttlOf reads the time out of a table's engine, as the database writes it.
func ttlOf(engine string) (time.Duration, error) {
	found := ttl.FindStringSubmatch(engine)
	if found == nil {
		return 0, nil
	}
	count, err := strconv.ParseInt(found[2], 10, 64)
	if err != nil {
		return 0, err
	}
	unit := time.Second
	if found[1] == "Day" {
		unit = 24 * time.Hour
	}
	return time.Duration(count) * unit, nil
}

const (
	// said is everything that a fact's row says, as one number.
	said = "sipHash64(kind, cluster, key, valid_from, valid_to, recorded_at, source, digest, body)"

	// The day's rows came from table facts, and what was recorded within the day
	// went into both.
	selectFactDifference = `SELECT kind, key, 'is not in table facts as it was recorded' FROM fact_days
			WHERE day = {day:UInt16} AND ` + said + ` NOT IN (SELECT ` + said + ` FROM facts) LIMIT 1
		UNION ALL
		SELECT kind, key, 'is in table facts and was not known on the day' FROM facts
			WHERE ` + noDescription + ` AND recorded_at >= fromUnixTimestamp64Nano({start:Int64}, 'UTC') AND recorded_at < fromUnixTimestamp64Nano({end:Int64}, 'UTC')
				AND ` + said + ` NOT IN (SELECT ` + said + ` FROM fact_days WHERE day = {day:UInt16}) LIMIT 1`
)

// FactDifference names a fact in which table facts differs from what the minutes
// of a minute's day are folded from; "" where it does not. Of days that have no
// facts of their own there is nothing to compare.
func (s *Store) FactDifference(ctx context.Context, of model.Minute) (difference string, err error) {
	day, byDay, err := s.dayFor(ctx, of.Start().UnixNano(), of.End().UnixNano())
	if err != nil || !byDay {
		return "", err
	}
	args := []any{
		clickhouse.Named("day", uint16(day)),
		clickhouse.Named("start", day*nanosPerDay), clickhouse.Named("end", (day+1)*nanosPerDay),
	}
	err = s.each(ctx, selectFactDifference, args, func(rows clickhouse.Rows) error {
		var kind, key, how string
		err := rows.Scan(&kind, &key, &how)
		// The two halves come in any order: what was changed is named by what it was.
		if told := fmt.Sprintf("%s %s %s", kind, key, how); difference == "" || strings.Contains(how, "is not in") {
			difference = told
		}
		return err
	})
	if err != nil {
		return "", fmt.Errorf("comparing table facts with the facts of the day of %s: %w", of, err)
	}
	return difference, nil
}
