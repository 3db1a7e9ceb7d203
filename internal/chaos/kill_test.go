package chaos_test

import (
	"math/rand/v2"
	"slices"
	"syscall"
	"testing"
	"time"

	"github.com/egressor/egressor/internal/testkit"
)

// The service, Neo4j and ClickHouse are killed with SIGKILL in turn, each time a
// random moment after a version that was drawn at random. The story goes on as
// soon as what was killed is back. Every version must then be there once in both
// stores, with the digest that it has in an undisturbed run.
func TestKilledAtRandomPoints(t *testing.T) {
	require(t)
	random := testkit.Rand(t)
	points, laps := scale(t)
	w := newWorld(t, laps)
	want := w.undisturbed(t)
	stores := w.begin(t, "disturbed")
	s := w.launch(t)
	victims := []string{"service", "clickhouse", "neo4j"}
	took := map[string][]time.Duration{}
	for i, at := range drawn(random, points, 4*laps) {
		s.awaitVersion(t, at)
		wait(t.Context(), time.Duration(random.Int64N(int64(150*time.Millisecond))))
		victim, struck := victims[i%len(victims)], time.Now()
		switch victim {
		case "service":
			s.kill()
			stores.LeaseRunsOut(t) // the lease is for TestStandbyTakesOver
			s = w.launch(t)
			s.awaitReady(t)
		case "clickhouse":
			w.killClickHouse(t)
		case "neo4j":
			w.killNeo4j(t)
		}
		took[victim] = append(took[victim], time.Since(struck))
	}
	s.awaitEnd(t)
	expectEqual(t, want, w.read(t, stores))
	for victim, times := range took {
		slices.Sort(times)
		t.Logf("%s: killed %d times, back after %s (median), %s (most)", victim, len(times),
			times[len(times)/2].Round(time.Millisecond), times[len(times)-1].Round(time.Millisecond))
	}
	t.Logf("%d kills in %d versions: none lost, none doubled, all digests equal", points, 4*laps)
}

// drawn are so many different versions below the last, in order.
func drawn(random *rand.Rand, count, versions int) []int {
	all := random.Perm(versions - 1)[:min(count, versions-1)]
	slices.Sort(all)
	for i := range all {
		all[i]++
	}
	return all
}

// killClickHouse kills the engine and returns when another is in its place.
func (w *world) killClickHouse(t *testing.T) {
	t.Helper()
	killed(t, "clickhouse", w.clickHouse.PID)
}

// killNeo4j does the same to the JVM.
func (w *world) killNeo4j(t *testing.T) {
	t.Helper()
	killed(t, "neo4j", w.neo4j.PID)
}

// killed kills a process that is started again by itself, and awaits that.
func killed(t *testing.T, name string, pid func() int) {
	t.Helper()
	before := 0
	eventually(t, name+" runs", func() bool { before = pid(); return before != 0 }) // to kill 0 is to kill the test
	if err := syscall.Kill(before, syscall.SIGKILL); err != nil {
		t.Fatalf("killing %s: %v", name, err)
	}
	eventually(t, name+" is back", func() bool { now := pid(); return now != 0 && now != before })
}
