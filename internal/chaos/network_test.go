package chaos_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/egressor/egressor/internal/testkit"
)

// networkPatience is how long a piece of the service's work may take in these
// tests; in production it is two minutes.
const networkPatience = 3 * time.Second

// Between the service and each of its stores the network is cut, slow, silent and
// broken in mid-answer, each at a random point of a run and longer than the
// service's patience. Afterwards the stores are as if nothing had happened.
func TestNetworkOfTheServiceFails(t *testing.T) {
	require(t)
	if os.Getenv(pointsVariable) == "" {
		t.Skip("it takes minutes: make chaos does it")
	}
	random := testkit.Rand(t)
	faults := netFaults()
	w := newWorld(t, 2*len(faults))
	want := w.undisturbed(t)
	stores := w.begin(t, "disturbed")
	_, address, _ := strings.Cut(w.role.ClickHouse.Address, "://")
	toClickHouse, toNeo4j := newProxy(t, "clickhouse", address), newProxy(t, "neo4j", w.neo4j.Address())
	w.role.ClickHouse.Address = "http://" + toClickHouse.Listen
	w.role.Neo4j.URI = "bolt://" + toNeo4j.Listen
	w.role.Patience = networkPatience
	s := w.launch(t)
	at := 1
	for _, between := range []struct {
		name string
		proxy
	}{{"clickhouse", toClickHouse}, {"neo4j", toNeo4j}} {
		for _, fault := range faults {
			at += 1 + random.IntN(3)
			s.awaitVersion(t, at)
			wait(t.Context(), time.Duration(random.Int64N(int64(100*time.Millisecond))))
			fault.begin(t, between.proxy)
			before := s.version.Load()
			wait(t.Context(), networkPatience+time.Second)
			during := s.version.Load() - before
			fault.end(t, between.proxy)
			healed := time.Now()
			s.awaitVersion(t, int(before+during)+1)
			t.Logf("%s to %s: %d versions while it lasted, the next %s after it ended", fault.name, between.name, during, time.Since(healed).Round(10*time.Millisecond))
			at = max(at, int(s.version.Load()))
		}
	}
	s.awaitEnd(t)
	expectEqual(t, want, w.read(t, stores))
}
