package flowstore

import (
	"context"
	"fmt"

	"github.com/egressor/egressor/internal/clickhouse"
)

// UnboundedLogs are tables in ClickHouse's database for its own logs, by default
// "system", that have no time to live: they grow without end beside our data.
// Each comes with what it takes, in bytes.
func (s *Store) UnboundedLogs(ctx context.Context, database string) (bytesByTable map[string]uint64, err error) {
	bytesByTable = map[string]uint64{}
	const statement = `SELECT name, ifNull(total_bytes, 0) FROM system.tables
		WHERE database = {database:String} AND engine LIKE '%MergeTree' AND engine_full NOT LIKE '% TTL %'`
	err = s.each(ctx, statement, []any{clickhouse.Named("database", database)}, func(rows clickhouse.Rows) error {
		var name string
		var bytes uint64
		err := rows.Scan(&name, &bytes)
		bytesByTable[name] = bytes
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("looking for logs of ClickHouse that have no end: %w", err)
	}
	return bytesByTable, nil
}
