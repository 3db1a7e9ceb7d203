package clickhouse_test

import (
	"net/netip"
	"testing"
	"time"

	"github.com/egressor/egressor/internal/clickhouse"
	"github.com/egressor/egressor/internal/clickhouse/clickhousetest"
)

// insertNumbers sends the numbers [from, to) as one batch under a token.
func insertNumbers(tb testing.TB, db *clickhouse.DB, token string, from, to uint64) error {
	tb.Helper()
	batch, err := db.PrepareBatch(clickhouse.WithToken(tb.Context(), token), "INSERT INTO numbers (n)")
	if err != nil {
		return err
	}
	column := make([]uint64, 0, to-from)
	for n := from; n < to; n++ {
		column = append(column, n)
	}
	if err := batch.Column(0).Append(column); err != nil {
		return err
	}
	return batch.Send()
}

const createNumbers = `CREATE TABLE numbers (n UInt64) ENGINE = MergeTree ORDER BY n
	SETTINGS non_replicated_deduplication_window = 100, fsync_after_insert = 1, fsync_part_directory = 1`

func TestTokenMakesAnInsertHappenOnce(t *testing.T) {
	db := clickhousetest.Open(t)
	do(t, db, createNumbers)
	for range 3 {
		check(t, insertNumbers(t, db, "batch-1", 0, 1000))
	}
	check(t, insertNumbers(t, db, "batch-2", 0, 1000)) // equal rows, another batch
	if got := number(t, db, "SELECT count() FROM numbers"); got != 2000 {
		t.Errorf("%d rows, want 1000 from each of two tokens", got)
	}
}

func TestSettingsEndWithTheStatement(t *testing.T) {
	db := clickhousetest.Open(t)
	ctx := clickhouse.WithSettings(t.Context(), clickhouse.Settings{"max_block_size": 17})
	const ask = "SELECT toUInt64(getSetting('max_block_size'))"
	var inside uint64
	check(t, db.QueryRow(ctx, ask).Scan(&inside))
	if inside != 17 {
		t.Errorf("max_block_size is %d under the setting, want 17", inside)
	}
	for range 10 { // every session of the pool
		if after := number(t, db, ask); after == 17 {
			t.Fatal("the setting outlived its statement")
		}
	}
}

func TestMillionRows(t *testing.T) {
	if testing.Short() {
		t.Skip("a million rows take seconds under the race detector")
	}
	db := clickhousetest.Open(t)
	do(t, db, `CREATE TABLE many (minute UInt32, node LowCardinality(String), addr IPv6, bytes UInt64)
		ENGINE = MergeTree ORDER BY (minute, node)
		SETTINGS non_replicated_deduplication_window = 100, fsync_after_insert = 1, fsync_part_directory = 1`)
	const rows = 1_000_000
	begin := time.Now()
	batch, err := db.PrepareBatch(t.Context(), "INSERT INTO many")
	check(t, err)
	minutes, nodes := make([]uint32, rows), make([]string, rows)
	addrs, bytes := make([]netip.Addr, rows), make([]uint64, rows)
	names := []string{"node-a", "node-b", "node-c"}
	for i := range rows {
		minutes[i], nodes[i] = uint32(i/10_000), names[i%3]
		addrs[i], bytes[i] = netip.AddrFrom16([16]byte{10: 0xff, 11: 0xff, 12: 10, 13: 244, 14: byte(i % 3), 15: byte(i % 200)}), uint64(i)
	}
	check(t, batch.Column(0).Append(minutes))
	check(t, batch.Column(1).Append(nodes))
	check(t, batch.Column(2).Append(addrs))
	check(t, batch.Column(3).Append(bytes))
	sending := time.Now()
	check(t, batch.Send())
	t.Logf("%d rows: %.2f M rows/s, of which sending and storing %.2f M rows/s",
		rows, rows/time.Since(begin).Seconds()/1e6, rows/time.Since(sending).Seconds()/1e6)
	if got := number(t, db, "SELECT sum(bytes) FROM many"); got != rows*(rows-1)/2 {
		t.Errorf("sum of the rows read back is %d, want %d", got, uint64(rows)*(rows-1)/2)
	}

	begin = time.Now()
	read, err := db.Query(t.Context(), "SELECT minute, bytes FROM many")
	check(t, err)
	var sum uint64
	for read.Next() {
		var minute uint32
		var n uint64
		check(t, read.Scan(&minute, &n))
		sum += n
	}
	check(t, read.Err())
	check(t, read.Close())
	t.Logf("%d rows read: %.2f M rows/s", rows, rows/time.Since(begin).Seconds()/1e6)
	if sum != rows*(rows-1)/2 {
		t.Errorf("sum over rows is %d, want %d", sum, uint64(rows)*(rows-1)/2)
	}
}
