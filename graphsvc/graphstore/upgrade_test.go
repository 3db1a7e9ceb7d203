package graphstore_test

import (
	"testing"
	"time"

	"github.com/egressor/egressor/graphsvc/graphstore"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/neo4j"
)

// asBefore puts a minute into the form before the packed pieces: one
// relationship per edge, true from one version until another (0: still).
func asBefore(t *testing.T, db *neo4j.DB, since, until int64, edges ...model.PricedEdge) {
	t.Helper()
	const statement = `MATCH (a:Entity {id: $source}) MATCH (b:Entity {id: $destination})
		CREATE (a)-[:TRANSFERRED {edge: $edge, minute: $minute, since: $since, until: CASE WHEN $until = 0 THEN null ELSE $until END,
			wireBytes: $wire, payloadBytes: $payload, packets: $packets, retransmittedPackets: $retransmitted, connections: $connections,
			rttMicros: CASE WHEN $rtt = 0 THEN null ELSE $rtt END, checkBytes: CASE WHEN $checked THEN $check ELSE null END,
			costNano: $nano, costRest: $rest}]->(b)`
	for _, e := range edges {
		nano := e.Cost.BigInt().Int64() / (1 << 30 * 1953125)
		err := db.ExecuteWrite(t.Context(), func(tx neo4j.Tx) error {
			return tx.Exec(t.Context(), statement, neo4j.Params{
				"source": e.Key.Source.ID(), "destination": e.Key.Destination.ID(), "edge": e.Key.ID().String(), "minute": int64(e.Minute),
				"since": since, "until": until, "wire": int64(e.Sent.WireBytes), "payload": int64(e.Sent.PayloadBytes), "packets": int64(e.Sent.Packets),
				"retransmitted": int64(e.Sent.RetransmittedPackets), "connections": int64(e.Connections), "rtt": int64(e.RTTMicros),
				"checked": e.Checked, "check": int64(e.CheckBytes), "nano": nano, "rest": e.Cost.BigInt().Int64() - nano*(1<<30*1953125),
			})
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// What an earlier release wrote answers as it did, as of each version.
func TestHistoryOfAnEarlierReleaseIsRewritten(t *testing.T) {
	s, db := store(t)
	web, cart, mail := workload("web"), workload("cart"), workload("mail")
	m := firstMinute
	same, grows, goes := edge(m, web, cart, 1000), edge(m, cart, bucket, 5001), edge(m, mail, bucket, 700)
	grown, comes, next := edge(m, cart, bucket, 9000), edge(m, web, mail, 80), edge(m+1, web, cart, 10)
	var c chain
	// The live relationships and versions, then history as it was kept before.
	refold := c.next(m, same, grows, goes)
	publish(t, s, refold, c.next(m+1, next), c.next(m, same, grown, comes))
	gone := c.next(m + 1)
	publish(t, s, gone)
	if err := db.ExecuteWrite(t.Context(), func(tx neo4j.Tx) error { return tx.Exec(t.Context(), "MATCH (p:Piece) DELETE p", nil) }); err != nil {
		t.Fatal(err)
	}
	asBefore(t, db, 1, 0, same)
	asBefore(t, db, 1, 3, grows, goes)
	asBefore(t, db, 2, 4, next)
	asBefore(t, db, 3, 0, grown, comes)

	mark := "MATCH ()-[t:TRANSFERS]->() SET t.lastBytes = 1, t.lastCostNano = 2"
	if err := db.ExecuteWrite(t.Context(), func(tx neo4j.Tx) error { return tx.Exec(t.Context(), mark, nil) }); err != nil {
		t.Fatal(err)
	}

	for _, want := range []int{2, 0} {
		if minutes, err := s.Upgrade(t.Context()); err != nil || minutes != want {
			t.Fatalf("%d minutes rewritten (%v), want %d", minutes, err, want)
		}
	}
	if left := count(t, db, "MATCH ()-[t:TRANSFERS]->() WHERE t.lastBytes IS NOT NULL OR t.lastCostNano IS NOT NULL RETURN count(t)"); left != 0 {
		t.Errorf("%d live relationships still say what the last minute carried", left)
	}
	again := graphstore.New(db)
	expect(t, again, window(m, m+hour, 1), "", same, grows, goes)
	expect(t, again, window(m, m+hour, 2), "", same, grows, goes, next)
	expect(t, again, window(m, m+hour, 3), "", same, grown, comes, next)
	expect(t, again, window(m, m+hour, 4), "", same, grown, comes)
	if left := count(t, db, "MATCH ()-[r:TRANSFERRED]->() RETURN count(r)"); left != 0 {
		t.Errorf("%d relationships are left in the old form", left)
	}
}

// Rollouts that an earlier release wrote do not tell which minute named them last: they
// are taken to be named until now, and go when that is past its time. Later word of an
// earlier minute takes nothing back.
func TestRolloutsOfAnEarlierReleaseAreNamedUntilNow(t *testing.T) {
	s, db := store(t)
	var c chain
	first := c.next(firstMinute, edge(firstMinute, workload("web"), workload("cart"), 1000))
	first.Revisions = []model.Fact{rollout("web", "a", time.Time{})}
	publish(t, s, first, c.next(firstMinute+5, edge(firstMinute+5, workload("web"), workload("cart"), 1000)))
	err := db.ExecuteWrite(t.Context(), func(tx neo4j.Tx) error {
		return tx.Exec(t.Context(), "MATCH (d:Deployment) REMOVE d.lastMinute WITH count(d) AS all MATCH (m:SchemaMigration) WHERE m.id >= 8 DELETE m", nil)
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := neo4j.Migrate(t.Context(), db); err != nil {
		t.Fatal(err)
	}
	expect := func(want model.Minute) {
		t.Helper()
		if got := count(t, db, "MATCH (d:Deployment) RETURN max(d.lastMinute)"); got != int64(want) {
			t.Errorf("the rollout was named last at %s, want %s", model.Minute(got), want)
		}
	}
	expect(firstMinute + 5)
	for _, at := range []model.Minute{2, 9} {
		named := c.next(firstMinute+at, edge(firstMinute+at, workload("web"), workload("cart"), 1000))
		named.Revisions = first.Revisions
		publish(t, s, named)
		expect(firstMinute + max(5, at))
	}
}
