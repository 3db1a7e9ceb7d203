package clickhouse_test

import (
	"os"
	"testing"

	"github.com/egressor/egressor/internal/clickhouse"
)

func check(tb testing.TB, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
}

func do(tb testing.TB, conn clickhouse.Conn, statement string, args ...any) {
	tb.Helper()
	check(tb, conn.Exec(tb.Context(), statement, args...))
}

// number reads the single number that statement answers with.
func number(tb testing.TB, conn clickhouse.Conn, statement string, args ...any) uint64 {
	tb.Helper()
	var n uint64
	check(tb, conn.QueryRow(tb.Context(), statement, args...).Scan(&n))
	return n
}

func readFile(tb testing.TB, path string) string {
	tb.Helper()
	text, err := os.ReadFile(path)
	check(tb, err)
	return string(text)
}
