package app

import (
	"fmt"
	"testing"

	"github.com/egressor/egressor/graphsvc/graphstore"
	"github.com/egressor/egressor/graphsvc/pieces"
	"github.com/egressor/egressor/internal/neo4j"
)

// unreadAsks is how often each part of a first question is asked.
const unreadAsks = 20

// BenchmarkWeekUnread takes a first question about the newest 60 minutes of the week
// apart, sixty pieces of which nobody has read one: the node's neighbourhood as it is
// answered; what Neo4j needs to find and read the pieces; to send them as well; and
// what going through their rows takes then.
func BenchmarkWeekUnread(b *testing.B) {
	w := loadedWeek(b)
	q := w.questions(b)
	head, err := w.headNumber(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	window := graphstore.Window{From: q.end - 60, To: q.end, AsOf: head}
	for b.Loop() {
		warm := graphstore.New(w.Neo4j)
		for name, ask := range map[string]func() error{
			"unread": func() error {
				_, err := graphstore.New(w.Neo4j).Transfers(b.Context(), window, q.node())
				return err
			},
			"read":     func() error { _, err := warm.Transfers(b.Context(), window, q.node()); return err },
			"neo4j":    func() error { return w.newestPieces(b, window, "sum(size(p.columns))", nil) },
			"and-sent": func() error { return w.newestPieces(b, window, "p.columns", nil) },
			"and-gone-through": func() error {
				return w.newestPieces(b, window, "p.columns", func(columns []byte) error {
					return pieces.Each(columns, func(*pieces.Row) error { return nil })
				})
			},
		} {
			if err := ask(); err != nil { // plans and pages are those of a server that runs
				b.Fatal(name, err)
			}
			timed(b, name, unreadAsks, ask)
		}
	}
}

// newestPieces reads the minutes' pieces of a window, or what a statement makes of them.
func (w *week) newestPieces(b *testing.B, of graphstore.Window, what string, each func([]byte) error) error {
	b.Helper()
	statement := fmt.Sprintf(`MATCH (p:Piece) WHERE p.tier = 'minute' AND p.from >= $from AND p.from < $to
		AND p.since <= $asOf AND (p.until IS NULL OR p.until > $asOf) RETURN %s`, what)
	params := neo4j.Params{"from": int64(of.From), "to": int64(of.To), "asOf": int64(of.AsOf)}
	return w.Neo4j.ExecuteRead(b.Context(), func(tx neo4j.Tx) error {
		return tx.Each(b.Context(), statement, params, func(row neo4j.Row) error {
			var value any
			if err := row.Scan(&value); err != nil || each == nil {
				return err
			}
			columns, ok := value.([]byte)
			if !ok {
				return fmt.Errorf("the columns are a %T", value)
			}
			return each(columns)
		})
	})
}
