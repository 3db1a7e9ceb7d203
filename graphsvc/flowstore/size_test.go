package flowstore_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/egressor/egressor/graphsvc/flowstore"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/testkit/gen"
)

// otherFlows are tables of the same rows as others would keep them: every name
// and address as text in order of time; and as akvorado does, with dictionaries,
// ZSTD on addresses and T64 on counters, in order of five minutes.
var otherFlows = map[string]string{
	"naive": `CREATE TABLE other ENGINE = MergeTree ORDER BY ts AS SELECT window_start AS ts, toString(node) AS node, toString(local_id) AS local_id,
		IPv6NumToString(local_addr) AS local_addr, IPv6NumToString(remote_addr) AS remote_addr, toString(server_port) AS port, toString(protocol) AS protocol, role,
		sent_wire_bytes, sent_payload_bytes, sent_packets, received_wire_bytes, received_payload_bytes, received_packets, connections, rtt_micros FROM flows`,
	"akvorado-like": `CREATE TABLE other (ts DateTime CODEC(DoubleDelta), node LowCardinality(String), local_id LowCardinality(String), local_addr IPv6 CODEC(ZSTD(1)),
		remote_addr IPv6 CODEC(ZSTD(1)), port UInt16, protocol UInt8, role UInt8, sent_wire_bytes UInt64 CODEC(T64, LZ4), sent_payload_bytes UInt64 CODEC(T64, LZ4),
		sent_packets UInt64 CODEC(T64, LZ4), received_wire_bytes UInt64 CODEC(T64, LZ4), received_payload_bytes UInt64 CODEC(T64, LZ4), received_packets UInt64 CODEC(T64, LZ4),
		connections UInt32, rtt_micros UInt32) ENGINE = MergeTree ORDER BY (toStartOfFiveMinutes(ts), node) AS SELECT window_start, node, local_id, local_addr, remote_addr,
		server_port, protocol, role, sent_wire_bytes, sent_payload_bytes, sent_packets, received_wire_bytes, received_payload_bytes, received_packets, connections, rtt_micros FROM flows`,
}

// BenchmarkRowSize says how many bytes a raw row takes on disk, merged, of a
// load of 30,000 edges a minute, and how many it takes in tables of others.
func BenchmarkRowSize(b *testing.B) {
	db := openDB(b)
	s := flowstore.New(db)
	load, first := gen.Week(1), model.MinuteOf(time.Date(2026, 11, 23, 15, 0, 0, 0, time.UTC))
	for b.Loop() {
		for minute := first; minute < first+2; minute++ {
			for _, batch := range load.Batches(minute, first) {
				if err := s.Append(b.Context(), batch, "digest", minute.End()); err != nil {
					b.Fatal(err)
				}
			}
		}
		report := func(name, table string) {
			if err := db.Exec(b.Context(), "OPTIMIZE TABLE "+table+" FINAL"); err != nil {
				b.Fatal(err)
			}
			var bytes, rows uint64
			err := db.QueryRow(b.Context(), fmt.Sprintf("SELECT sum(data_compressed_bytes), sum(rows) FROM system.parts WHERE database = currentDatabase() AND active AND table = '%s'", table)).Scan(&bytes, &rows)
			if err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(float64(bytes)/float64(rows), name+"-B/row")
		}
		report("ours", "flows")
		for name, statement := range otherFlows {
			if err := db.Exec(b.Context(), statement); err != nil {
				b.Fatal(err)
			}
			report(name, "other")
			if err := db.Exec(b.Context(), "DROP TABLE other SYNC"); err != nil {
				b.Fatal(err)
			}
		}
	}
}
