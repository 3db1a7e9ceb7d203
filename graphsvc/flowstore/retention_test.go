package flowstore_test

import (
	"strings"
	"testing"
	"time"

	"github.com/egressor/egressor/graphsvc/flowstore"
)

// Rows go when they are past their time, and only those.
func TestRowsGoAfterTheirTime(t *testing.T) {
	db := openDB(t)
	s := flowstore.New(db)
	keep := flowstore.Retention{Flows: 48 * time.Hour, Minutes: 100 * 24 * time.Hour}
	for range 2 {
		if err := s.SetRetention(t.Context(), keep); err != nil {
			t.Fatal(err)
		}
	}
	for _, statement := range []string{
		"INSERT INTO edge_minutes (edge_id, minute, version, payload_bytes) SELECT number, intDiv(toUnixTimestamp(now()), 60) - number * 60 * 24 * 50, 1, 7 FROM numbers(5)",
		"INSERT INTO flows (minute, stored_at, node, sent_payload_bytes) SELECT 1, now() - toIntervalHour(number * 30), 'n', 7 FROM numbers(1)",
		"INSERT INTO flows (minute, stored_at, node, sent_payload_bytes) SELECT 1, now() - toIntervalHour(60), 'n', 7 FROM numbers(3)",
		"OPTIMIZE TABLE edge_minutes FINAL", "OPTIMIZE TABLE flows FINAL",
	} {
		if err := db.Exec(t.Context(), statement); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
	for table, most := range map[string]uint64{"edge_minutes": 3, "flows": 4} {
		var rows uint64
		if err := db.QueryRow(t.Context(), "SELECT count() FROM "+table).Scan(&rows); err != nil {
			t.Fatal(err)
		}
		if rows == 0 || rows > most {
			t.Errorf("table %s has %d rows, want those within their time, at most %d", table, rows, most)
		}
	}
	var engine string
	if err := db.QueryRow(t.Context(), "SELECT engine_full FROM system.tables WHERE database = currentDatabase() AND name = 'flows'").Scan(&engine); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(engine, "toIntervalSecond(172800)") {
		t.Errorf("table flows is %s, want rows to go after two days", engine)
	}
}

func TestRetentionThatLosesTooMuchIsRefused(t *testing.T) {
	if err := flowstore.DefaultRetention().Check(); err != nil {
		t.Error(err)
	}
	for _, r := range []flowstore.Retention{{Flows: time.Minute, Minutes: 10_000 * time.Hour}, {Flows: 24 * time.Hour, Minutes: 24 * time.Hour}} {
		if err := r.Check(); err == nil || !strings.Contains(err.Error(), "want at least") {
			t.Errorf("%+v: %v", r, err)
		}
	}
}

// The embedded engine keeps no logs of its own, whatever it was asked; of a server
// those without an end are named.
func TestLogsWithoutAnEndAreNamed(t *testing.T) {
	db := openDB(t)
	s := flowstore.New(db)
	for _, statement := range []string{
		"SYSTEM FLUSH LOGS",
		"CREATE TABLE text_log (event_date Date) ENGINE = MergeTree ORDER BY event_date",
		"CREATE TABLE query_log (event_date Date) ENGINE = MergeTree ORDER BY event_date TTL event_date + INTERVAL 7 DAY DELETE",
	} {
		if err := db.Exec(t.Context(), statement); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
	if found, err := s.UnboundedLogs(t.Context(), "system"); err != nil || len(found) != 0 {
		t.Errorf("the embedded engine keeps %v (%v), want no logs", found, err)
	}
	found, err := s.UnboundedLogs(t.Context(), db.Database())
	if _, named := found["text_log"]; err != nil || !named {
		t.Errorf("%v (%v), want text_log named", found, err)
	}
	if _, named := found["query_log"]; named {
		t.Errorf("%v has an end", found)
	}
}
