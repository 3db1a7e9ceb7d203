package chaos_test

import (
	"math/rand/v2"
	"syscall"
	"testing"
	"time"

	"github.com/egressor/egressor/graphsvc/rollup/rolluptest"
	"github.com/egressor/egressor/internal/testkit"
)

// A service that leads is stopped (SIGSTOP) at a random point of a fold, its
// lease is taken from it, and the other folds the same minute and more. Then it
// wakes, and whatever it had begun to write reaches the stores beside the other's.
func TestTwoLeadersLeaveWhatOneWould(t *testing.T) {
	require(t)
	random := testkit.Rand(t)
	points, laps := scale(t)
	w := newWorld(t, laps)
	want := w.undisturbed(t)
	stores := w.begin(t, "disturbed")
	services := []*service{w.launch(t), w.launch(t)}
	stolen := 0
	for _, at := range drawn(random, points, 4*laps-4) {
		services[0].awaitVersion(t, at)
		leader, standby := leaderOf(t, services)
		if leader == nil {
			break // the story was told before the test got its turn
		}
		w.steal(t, random, stores, leader, standby)
		stolen++
	}
	for _, s := range services {
		s.awaitEnd(t)
	}
	expectEqual(t, want, w.read(t, stores))
	t.Logf("the lease was stolen %d times in %d versions: none lost, none doubled, all digests equal", stolen, 4*laps)
}

// steal takes the lease from a leader in the middle of what it does.
func (w *world) steal(t *testing.T, random *rand.Rand, stores *rolluptest.Stores, leader, standby *service) {
	t.Helper()
	wait(t.Context(), time.Duration(random.Int64N(int64(120*time.Millisecond))))
	leader.signal(syscall.SIGSTOP)
	before := standby.version.Load()
	stores.LeaseRunsOut(t)
	standby.await(t, "leads, or the end", func() bool { return standby.leads.Load() || standby.ended.Load() })
	standby.await(t, "another version", func() bool { return standby.version.Load() > before || standby.ended.Load() })
	// The story's clock runs a thousand times as fast as time does: it stands still
	// while what the first had begun goes on, for less than its next heart beat.
	standby.signal(syscall.SIGSTOP)
	leader.signal(syscall.SIGCONT)
	wait(t.Context(), 500*time.Millisecond)
	standby.signal(syscall.SIGCONT)
}

// leaderOf waits until one of two leads. It is nil once both have ended: who stands
// by has no turn any more, and who led may have said that it does not now.
func leaderOf(t *testing.T, services []*service) (leader, standby *service) {
	t.Helper()
	over := func() bool { return services[0].ended.Load() && services[1].ended.Load() }
	eventually(t, "one of them leads", func() bool {
		return services[0].leads.Load() != services[1].leads.Load() || over()
	}, services[0].stderr, services[1].stderr)
	switch {
	case over():
		return nil, nil
	case services[0].leads.Load():
		return services[0], services[1]
	default:
		return services[1], services[0]
	}
}
