package graphstore_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/egressor/egressor/internal/neo4j"
)

// formEdges and formMinutes are the size at which the forms of an open hour are
// compared.
const (
	formEdges   = 20_000
	formMinutes = 12
	formChunk   = 20_000
)

// forms are ways to keep the minutes of the running hour, each as the statement
// that adds one minute to every edge. docs/adr has the outcome.
var forms = map[string]string{
	"a-relationship-per-minute": `UNWIND range(0, size($ids) - 1) AS i MATCH (a)-[t:FORM]->(b) WHERE id(t) = $ids[i]
		SET t.totalBytes = t.totalBytes + $values[i], t.lastMinute = $minute, t.lastBytes = $values[i]
		CREATE (a)-[:FORMED {edge: $ids[i], minute: $minute, since: $minute, wireBytes: $values[i], payloadBytes: $values[i], packets: $values[i] / 1000,
			retransmittedPackets: 0, connections: 3, rttMicros: 400, checkBytes: $values[i], costNano: $values[i] / 100, costRest: $values[i] * 1000}]->(b)`,
	"b-arrays-rewritten": `UNWIND range(0, size($ids) - 1) AS i MATCH (a)-[t:FORM]->(b) WHERE id(t) = $ids[i]
		SET t.totalBytes = t.totalBytes + $values[i], t.lastMinute = $minute, t.lastBytes = $values[i],
			t.wireBytes = coalesce(t.wireBytes, []) + $values[i], t.payloadBytes = coalesce(t.payloadBytes, []) + $values[i],
			t.packets = coalesce(t.packets, []) + $values[i] / 1000, t.retransmittedPackets = coalesce(t.retransmittedPackets, []) + 0,
			t.connections = coalesce(t.connections, []) + 3, t.rttMicros = coalesce(t.rttMicros, []) + 400,
			t.checkBytes = coalesce(t.checkBytes, []) + $values[i], t.costNano = coalesce(t.costNano, []) + $values[i] / 100,
			t.costRest = coalesce(t.costRest, []) + $values[i] * 1000`,
	"c-packed-per-edge": `UNWIND range(0, size($ids) - 1) AS i MATCH (a)-[t:FORM]->(b) WHERE id(t) = $ids[i]
		SET t.totalBytes = t.totalBytes + $values[i], t.lastMinute = $minute, t.lastBytes = $values[i], t.hour = $packed[i]`,
	"d-packed-per-minute": `UNWIND range(0, size($ids) - 1) AS i MATCH (a)-[t:FORM]->(b) WHERE id(t) = $ids[i]
		SET t.totalBytes = t.totalBytes + $values[i], t.lastMinute = $minute, t.lastBytes = $values[i]`,
}

// BenchmarkOpenHourForms writes minutes of edges that all carried something, in
// each form, one transaction a minute.
func BenchmarkOpenHourForms(b *testing.B) {
	for name, statement := range forms {
		b.Run(name, func(b *testing.B) {
			benchForm(b, statement, name == "c-packed-per-edge", name == "d-packed-per-minute")
		})
	}
}

func benchForm(b *testing.B, statement string, perEdge, perMinute bool) {
	b.Helper()
	_, db := store(b)
	ids := formGraph(b, db)
	seed := rand.New(rand.NewPCG(1, 2))
	for b.Loop() {
		begin := time.Now()
		for minute := range formMinutes {
			err := db.ExecuteWrite(b.Context(), func(tx neo4j.Tx) error {
				for from := 0; from < len(ids); from += formChunk {
					params := formParams(seed, ids[from:from+formChunk], minute, perEdge)
					if err := tx.Exec(b.Context(), statement, params); err != nil {
						return err
					}
				}
				if !perMinute {
					return nil
				}
				return tx.Exec(b.Context(), "CREATE (:FormMinute {minute: $minute, columns: $columns})",
					neo4j.Params{"minute": minute, "columns": make([]byte, 25*len(ids))})
			})
			if err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(formMinutes*len(ids))/time.Since(begin).Seconds(), "edge-minutes/s")
	}
}

func formParams(seed *rand.Rand, ids []int64, minute int, perEdge bool) neo4j.Params {
	params := neo4j.Params{"ids": ids, "minute": minute, "values": column(len(ids), func(int) int64 { return 1<<20 + seed.Int64N(1<<30) })}
	if perEdge {
		params["packed"] = column(len(ids), func(int) []byte { return make([]byte, 18*(minute+1)) })
	}
	return params
}

func formGraph(b *testing.B, db *neo4j.DB) []int64 {
	b.Helper()
	var ids []int64
	err := db.ExecuteWrite(b.Context(), func(tx neo4j.Tx) error {
		return tx.Each(b.Context(), `UNWIND range(0, 1999) AS i CREATE (n:FormNode) WITH collect(n) AS nodes
			UNWIND range(0, $edges - 1) AS i
			WITH nodes[i % 2000] AS a, nodes[(i * 7 + i / 2000 + 1) % 2000] AS b
			CREATE (a)-[t:FORM {totalBytes: 0, lastMinute: 0, lastBytes: 0}]->(b) RETURN id(t)`,
			neo4j.Params{"edges": formEdges}, func(row neo4j.Row) error {
				var id int64
				err := row.Scan(&id)
				ids = append(ids, id)
				return err
			})
	})
	if err != nil {
		b.Fatal(err)
	}
	return ids
}

func column[T any](count int, value func(int) T) []T {
	values := make([]T, count)
	for i := range values {
		values[i] = value(i)
	}
	return values
}
