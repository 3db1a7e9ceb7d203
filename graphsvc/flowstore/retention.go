package flowstore

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/egressor/egressor/internal/clickhouse"
)

// Retention is how long the tables keep their rows.
type Retention struct {
	// Flows is how long raw rows stay after they came.
	Flows time.Duration
	// Minutes is how long the minute series of edges and charges stays after its minute.
	Minutes time.Duration
}

// DefaultRetention keeps raw rows for 30 days and minutes for 400.
func DefaultRetention() Retention {
	return Retention{Flows: 30 * 24 * time.Hour, Minutes: 400 * 24 * time.Hour}
}

// LeastFlows is how long raw rows stay at the least: in it late data is folded.
const LeastFlows = time.Hour

// Check says what is wrong with the settings.
func (r Retention) Check() error {
	if r.Flows < LeastFlows {
		return fmt.Errorf("--keep-flows %s: want at least 1h, in which late data is folded", r.Flows)
	}
	if least := 62 * 24 * time.Hour; r.Minutes < least {
		return fmt.Errorf("--keep-minutes %s: want at least %s: prices of a month depend on all of its minutes", r.Minutes, least)
	}
	return nil
}

// SetRetention has the tables keep their rows for so long. Rows go in whole
// parts, when the newest row of a part is past its time. Saying the same again
// changes nothing.
func (s *Store) SetRetention(ctx context.Context, r Retention) error {
	minutes := "toDateTime(minute * 60, 'UTC')"
	for _, table := range []struct {
		name, since string
		keep        time.Duration
	}{{"flows", "stored_at", r.Flows}, {"edge_minutes", minutes, r.Minutes}, {"charge_minutes", minutes, r.Minutes}} {
		if err := s.setRetention(ctx, table.name, table.since, table.keep); err != nil {
			return fmt.Errorf("setting how long table %s keeps its rows: %w", table.name, err)
		}
	}
	return nil
}

func (s *Store) setRetention(ctx context.Context, table, since string, keep time.Duration) error {
	var engine string
	err := s.db.QueryRow(ctx, "SELECT engine_full FROM system.tables WHERE database = currentDatabase() AND name = {table:String}",
		clickhouse.Named("table", table)).Scan(&engine)
	if err != nil {
		return err
	}
	interval := fmt.Sprintf("toIntervalSecond(%d)", int64(keep.Seconds()))
	if strings.Contains(engine, interval) {
		return nil
	}
	if err := s.db.Exec(ctx, fmt.Sprintf("ALTER TABLE %s MODIFY SETTING ttl_only_drop_parts = 1", table)); err != nil {
		return err
	}
	// What is stored is not rewritten: parts know when their newest row ends.
	ctx = clickhouse.WithSettings(ctx, clickhouse.Settings{"materialize_ttl_after_modify": 1, "mutations_sync": 0})
	return s.db.Exec(ctx, fmt.Sprintf("ALTER TABLE %s MODIFY TTL %s + %s DELETE", table, since, interval))
}
