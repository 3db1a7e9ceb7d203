package proof

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// names of made clusters, none of which is another's part.
var (
	workloadNames = []string{"checkout", "cart", "orders-db", "payments", "ledger", "fraud-model", "mailer", "thumbnailer", "catalog", "recommender", "auth", "sessions", "invoicer", "telemetry-hub", "loki", "kafka-2", "img-proxy", "pricing-v2"}
	otherNames    = []string{"billing", "frontdoor", "user-sync", "vault-agent", "shipping", "geo-cache", "replicator", "etl-9"}
	endpointNames = []string{"s3", "dynamodb", "ecr", "sqs"}
	zoneNames     = []string{"use1-az1", "use1-az2", "use1-az4"}
)

// world is a made cluster's answer to one question, for the corpus.
type world struct {
	random *rand.Rand
	rows   []made
	total  struct{ bytes, nano int64 }
	// version of the graph, and the window's start within the day.
	version, hour int
}

// made is one transfer.
type made struct {
	id, source, destination, zone, revision, path, rule string
	bytes, nano, connections                            int64
}

func newWorld(seed uint64) *world {
	r := rand.New(rand.NewPCG(seed, 0xC0))
	w := &world{random: r, version: 300 + r.IntN(9000), hour: r.IntN(20)}
	sources := r.Perm(len(workloadNames))
	for i := range 3 + r.IntN(4) {
		row := made{
			id: fmt.Sprintf("t%016x", r.Uint64()), source: workloadNames[sources[i]], zone: zoneNames[r.IntN(len(zoneNames))],
			destination: workloadNames[sources[len(sources)-1-i]], path: "vpc", rule: "B" + fmt.Sprint(1+r.IntN(8)),
			bytes: 1<<20 + r.Int64N(1<<38), connections: 11 + r.Int64N(1<<16),
		}
		if r.IntN(2) == 0 {
			row.destination, row.path = endpointNames[r.IntN(len(endpointNames))], "nat"
		}
		row.revision = fmt.Sprintf("%s-%x", row.source, 0x1000+r.IntN(0xefff))
		row.nano = row.bytes / 1000 * (10 + r.Int64N(90)) / 100
		w.rows = append(w.rows, row)
		w.total.bytes += row.bytes
		w.total.nano += row.nano
	}
	return w
}

func moneyJSON(nano int64) string {
	amount := fmt.Sprintf("%d.%09d", nano/1e9, nano%1e9)
	q, _ := exact(amount)
	return fmt.Sprintf(`{"amount":%q,"currency":"USD","display":%q}`, amount, inMoney(q, "USD"))
}

func (w *world) at(minute int) string {
	return fmt.Sprintf("2026-11-23T%02d:%02d:00Z", w.hour+minute/60, minute%60)
}

// top is what the ranking says of the world.
func (w *world) top() string {
	var rows []string
	for _, m := range w.rows {
		rows = append(rows, fmt.Sprintf(`{"node":{"id":%q,"source":"w/lab/shop/Deployment/%s","sourceName":%q,"destinationName":%q,"sourceRevision":%q,"sourceZone":%q,"path":%q,"serverPort":443,"bytes":%d,"connections":%d,"cost":%s}}`,
			m.id, m.source, m.source, m.destination, m.revision, m.zone, m.path, m.bytes, m.connections, moneyJSON(m.nano)))
	}
	return fmt.Sprintf(`{"transfers":{"window":{"from":%q,"to":%q},"version":{"number":%d},"totalCount":%d,"total":{"bytes":%d,"cost":%s},"edges":[%s]}}`,
		w.at(4), w.at(64), w.version, len(w.rows), w.total.bytes, moneyJSON(w.total.nano), strings.Join(rows, ","))
}

// why is what the engine says of the first transfer's cause.
func (w *world) why() string {
	m := w.rows[0]
	return fmt.Sprintf(`{"incident":{"id":"i1","since":%q,"impactPerDay":%s,"findings":[{"kind":"rollout","subject":%q,"score":85,"confidence":"high","at":%q}]},
		"transfer":{"transfer":{"sourceName":%q,"destinationName":%q},"charges":[{"code":"NatGateway-Bytes","rule":%q,"bytes":%d,"amount":%s}]}}`,
		w.at(34), moneyJSON(m.nano*24), m.revision, w.at(33), m.source, m.destination, m.rule, m.bytes, moneyJSON(m.nano))
}

func (w *world) ledger(t testing.TB) *Ledger {
	t.Helper()
	l := NewLedger()
	for call, result := range []string{w.top(), w.why()} {
		if _, err := l.Add(fmt.Sprint("call", call), "{}", json.RawMessage(result)); err != nil {
			t.Fatal(err)
		}
	}
	return l
}

// ref finds the reference of a figure by its place.
func ref(t testing.TB, l *Ledger, path string) string {
	t.Helper()
	for _, r := range l.order {
		if l.figures[r].Path == path {
			return r
		}
	}
	t.Fatalf("no figure at %s", path)
	return ""
}
