package flowstore

import (
	"context"
	"fmt"
	"net/netip"
	"time"

	"github.com/egressor/egressor/internal/clickhouse"
	"github.com/egressor/egressor/internal/model"
)

// FactChange is a version of a fact and the one that it replaced.
type FactChange struct {
	After model.Fact
	// Before is nil where nothing was said under this id before.
	Before *model.Fact
}

const selectChanges = `SELECT kind, key, valid_from, valid_to, recorded_at, source, body FROM fact_days
	WHERE day >= {day:UInt16} AND (kind, cluster, key, valid_from, source) IN (
		SELECT kind, cluster, key, valid_from, source FROM fact_days WHERE day >= {day:UInt16} AND recorded_at > {since:DateTime64(9)})
	ORDER BY kind, cluster, key, valid_from, source, recorded_at, digest
	LIMIT 1 BY kind, cluster, key, valid_from, source, recorded_at`

// FactsSince lists what was recorded after a moment, each with what it replaced.
func (s *Store) FactsSince(ctx context.Context, since time.Time) ([]FactChange, error) {
	var changes []FactChange
	var previous *model.Fact
	args := []any{clickhouse.Named("day", dayOf(since.UnixNano())), clickhouse.Named("since", since.UTC())}
	err := s.each(ctx, selectChanges, args, func(rows clickhouse.Rows) error {
		fact, err := scanFact(rows)
		if err != nil {
			return err
		}
		if previous != nil && idOf(*previous) != idOf(fact) {
			previous = nil
		}
		if fact.Recorded.After(since) {
			changes = append(changes, FactChange{After: fact, Before: previous})
		}
		previous = &fact
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("reading the facts recorded since %s: %w", since.UTC().Format(time.RFC3339Nano), err)
	}
	return changes, nil
}

// MinutesWith lists the minutes in [from, to) of which a raw row names one of the
// addresses, at either end, or was counted for one of the pods.
func (s *Store) MinutesWith(ctx context.Context, from, to model.Minute, addrs []netip.Addr, pods []string) ([]model.Minute, error) {
	stored := make([]string, len(addrs))
	for i, addr := range addrs {
		stored[i] = ipv6(addr).String()
	}
	const statement = `SELECT DISTINCT minute FROM flows WHERE minute >= {from:UInt32} AND minute < {to:UInt32} AND (
		local_addr IN (SELECT toIPv6(arrayJoin({addrs:Array(String)}))) OR remote_addr IN (SELECT toIPv6(arrayJoin({addrs:Array(String)})))
		OR local_id IN {pods:Array(String)}) ORDER BY minute`
	args := []any{
		clickhouse.Named("from", uint32(from)), clickhouse.Named("to", uint32(to)),
		clickhouse.Named("addrs", stored), clickhouse.Named("pods", pods),
	}
	var minutes []model.Minute
	err := s.each(ctx, statement, args, func(rows clickhouse.Rows) error {
		var minute uint32
		err := rows.Scan(&minute)
		minutes = append(minutes, model.Minute(minute))
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("looking for rows of %d addresses in %s to %s: %w", len(addrs), from, to, err)
	}
	return minutes, nil
}
