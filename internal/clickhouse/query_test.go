package clickhouse_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/egressor/egressor/internal/clickhouse"
	"github.com/egressor/egressor/internal/clickhouse/clickhousetest"
)

func TestParametersAreValuesNotText(t *testing.T) {
	db := clickhousetest.Open(t)
	at := time.Date(2026, 11, 23, 10, 4, 5, 123456789, time.UTC)
	for _, text := range []string{"", "plain", `a'b"c\d`, "tab\tnewline\nend", "x') OR 1=1 --", "ü"} {
		var gotText string
		var gotNumber uint64
		var gotTime time.Time
		err := db.QueryRow(t.Context(), "SELECT {text:String}, {n:UInt64}, {at:DateTime64(9, 'UTC')}",
			clickhouse.Named("text", text), clickhouse.Named("n", uint64(1)<<63), clickhouse.Named("at", at)).
			Scan(&gotText, &gotNumber, &gotTime)
		check(t, err)
		if gotText != text || gotNumber != 1<<63 || !gotTime.Equal(at) {
			t.Errorf("sent %q, 1<<63, %v; got %q, %d, %v", text, at, gotText, gotNumber, gotTime)
		}
	}
}

func TestWrongStatementGivesTheEnginesMessage(t *testing.T) {
	db := clickhousetest.Open(t)
	do(t, db, "CREATE TABLE t (a UInt64) ENGINE = MergeTree ORDER BY a")
	statements := []struct {
		statement, want string
		code            int32
	}{
		{"SELECT b FROM t", "b", 47},
		{"SELECT * FROM nowhere", "nowhere", 60},
		{"SELECT * FROM t WHERE", "Syntax error", 62},
		{"INSERT INTO t VALUES ('x')", "Cannot parse string 'x'", 6},
		{"SELECT throwIf(number = 3, 'halfway') FROM numbers(10)", "halfway", 395},
	}
	for _, c := range statements {
		err := db.Exec(t.Context(), c.statement)
		var exception *clickhouse.Exception
		if !errors.As(err, &exception) {
			t.Errorf("%s: %v is not the engine's exception", c.statement, err)
			continue
		}
		if exception.Code != c.code || !strings.Contains(exception.Message, c.want) {
			t.Errorf("%s: code %d %q, want %d with %q", c.statement, exception.Code, exception.Message, c.code, c.want)
		}
	}
	check(t, db.Exec(t.Context(), "SELECT 1")) // and the connection lives on
}

func TestEmptyResultHasNoRows(t *testing.T) {
	db := clickhousetest.Open(t)
	rows, err := db.Query(t.Context(), "SELECT 1 WHERE 0")
	check(t, err)
	if rows.Next() {
		t.Error("a row of nothing")
	}
	check(t, rows.Err())
	check(t, rows.Close())
}

// The second statement sees the first one run.
func TestTwoStatementsRunAtOnce(t *testing.T) {
	db := clickhousetest.Open(t)
	slow := make(chan error, 1)
	go func() {
		slow <- db.Exec(t.Context(), "SELECT sum(sleepEachRow(0.2)) FROM numbers(25) SETTINGS max_block_size = 1")
	}()
	for {
		select {
		case err := <-slow:
			check(t, err)
			t.Fatal("no statement ran beside the slow one")
		default:
		}
		if number(t, db, "SELECT count() FROM system.processes WHERE query LIKE 'SELECT sum(sleepEachRow%'") == 1 {
			check(t, <-slow)
			return
		}
	}
}
