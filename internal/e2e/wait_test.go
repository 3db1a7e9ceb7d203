//go:build linux

package e2e_test

import (
	"net"
	"testing"
	"time"

	"github.com/egressor/egressor/internal/testkit"
)

// patience is generous: a JVM on a busy machine takes 40 s to start.
const patience = 4 * time.Minute

// eventually asks again and again until the answer is nil, and fails the test
// with the last answer when that takes too long.
func eventually(tb testing.TB, within time.Duration, what string, ask func() error) {
	tb.Helper()
	const pause = 200 * time.Millisecond
	tick := time.NewTicker(pause)
	defer tick.Stop()
	late := time.NewTimer(within)
	defer late.Stop()
	for {
		err := ask()
		if err == nil {
			return
		}
		select {
		case <-tick.C:
		case <-late.C:
			tb.Fatalf("%s: not within %s: %v", what, within, err)
		}
	}
}

// waitUntil returns at a moment.
func waitUntil(tb testing.TB, moment time.Time) {
	tb.Helper()
	timer := time.NewTimer(time.Until(moment))
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-tb.Context().Done():
		tb.Fatal("the test ended while it waited")
	}
}

// midMinute returns in the middle of a minute: so far from both ends that what
// is done now and in the next seconds is within it.
func midMinute(tb testing.TB) {
	tb.Helper()
	within(tb, 40*time.Second)
}

// clearOfMinutesEnds returns when a transfer falls into one minute, whichever agent counts
// it, also on a machine that is busy. One agent may read its counters seconds after the
// minute's end and the other at once: what moves in between, the first has in the minute
// before and the other in the minute after. Where the sender has nothing else there, the
// receiver's report is taken, and the bytes are in both minutes.
func clearOfMinutesEnds(tb testing.TB) {
	tb.Helper()
	within(tb, 50*time.Second)
}

// within waits for a second of a minute that is not near its beginning and not later
// than a given one.
func within(tb testing.TB, late time.Duration) {
	tb.Helper()
	const early = 10 * time.Second
	now := time.Now()
	start := now.Truncate(time.Minute)
	switch second := now.Sub(start); {
	case second < early:
		waitUntil(tb, start.Add(early))
	case second > late:
		waitUntil(tb, start.Add(time.Minute+early))
	}
}

// freeAddress is a loopback address that nobody listens on.
func freeAddress(tb testing.TB) string {
	tb.Helper()
	address, release, err := testkit.HoldAddress()
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(release)
	return address
}

// busyAddress is a loopback address that somebody listens on until the test ends.
func busyAddress(tb testing.TB) string {
	tb.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = listener.Close() })
	return listener.Addr().String()
}
