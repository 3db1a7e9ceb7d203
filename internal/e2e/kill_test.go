//go:build linux

package e2e_test

import (
	"fmt"
	"slices"
	"syscall"
	"testing"
	"time"

	"github.com/egressor/egressor/internal/clickhouse"
	"github.com/egressor/egressor/internal/model"
)

// victim is a process to kill: strike does it, and back says whether it works
// again.
type victim struct {
	name   string
	strike func(t *testing.T, w *world, sent *moved)
	back   func(t *testing.T, w *world) error
}

// TestKilled kills each process of a running system with SIGKILL in the middle
// of a minute, while transfers of known sizes run, and wants every one of them
// in the graph to the byte. The kills come first and the totals after them, so
// that the minutes in which all of it is folded are waited for once.
func TestKilled(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	agent := &agentKill{}
	// The agent comes first and has its minute to itself: of a minute in which the
	// sender's agent lost something the receiver's report is taken, and the two
	// read at different instants. A connection that goes on beyond such a minute
	// is off by what moved between their readings.
	drawn := &drawnMap{}
	victims := []victim{
		{"agent", agent.strike, agent.back},
		killedChild("clickhouse", "clickhouse-embedded"),
		killedChild("neo4j", "java"),
		{"service", func(t *testing.T, w *world, sent *moved) { drawn.awaitStored(t, w); strikeService(t, w, sent) }, func(t *testing.T, w *world) error { return w.ready(t.Context()) }},
	}
	sent := &moved{begin: time.Now()}
	first := map[string]int{} // of each victim's transfers
	for _, v := range victims {
		first[v.name] = len(sent.transfers)
		if v.name == "neo4j" {
			drawn.look(t, w)
		}
		t.Run("kill "+v.name, func(t *testing.T) { w.whileKilling(t, v, sent) })
		if v.name == "agent" {
			waitUntil(t, time.Now().Truncate(time.Minute).Add(time.Minute))
		}
	}
	if t.Failed() {
		t.FailNow()
	}
	s := w.open(t)
	last := len(sent.transfers)
	for _, v := range slices.Backward(victims) {
		mine := sent.transfers[first[v.name]:last]
		last = first[v.name]
		t.Run("totals after "+v.name, func(t *testing.T) { w.awaitTotals(t, s, sent, mine) })
	}
	if t.Failed() {
		logVersions(t, s)
	}
	t.Run("the map", func(t *testing.T) { drawn.check(t, w) })
	t.Run("nothing else", func(t *testing.T) { checkNothingElse(t, s, sent) })
	t.Run("loss", func(t *testing.T) { agent.checkLoss(t, w, s) })
	t.Run("versions", func(t *testing.T) { checkVersions(t, s) })
	t.Run("proven", func(t *testing.T) { w.checkProven(t) })
}

// whileKilling moves bytes before the strike, until the victim is back, and
// once more.
func (w *world) whileKilling(t *testing.T, v victim, sent *moved) {
	t.Helper()
	w.midCoveredMinute(t)
	before := len(sent.transfers)
	const size, pause = 1_000_003, 300 * time.Millisecond
	sent.add(w.transfer(t, size))
	struck := time.Now()
	v.strike(t, w, sent)
	tick := time.NewTicker(pause)
	defer tick.Stop()
	for deadline := struck.Add(patience); ; <-tick.C {
		clearOfMinutesEnds(t)
		sent.add(w.transfer(t, size+int64(len(sent.transfers))))
		err := v.back(t, w)
		if err == nil {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("%s was not back within %s: %v\n%s", v.name, patience, err, lastLines(w.service.stderr.String()))
		}
	}
	clearOfMinutesEnds(t)
	sent.add(w.transfer(t, 2*size))
	t.Logf("killed at %s, back after %s, %d transfers", struck.UTC().Format("15:04:05"), time.Since(struck).Round(time.Millisecond), len(sent.transfers)-before)
}

// killedChild is a child of the service, which starts it again by itself.
func killedChild(name, word string) victim {
	var old int
	return victim{
		name: name,
		strike: func(t *testing.T, w *world, _ *moved) {
			var err error
			if old, err = child(w.service.pid(), word); err != nil {
				t.Fatal(err)
			}
			if err := syscall.Kill(old, syscall.SIGKILL); err != nil {
				t.Fatal(err)
			}
		},
		back: func(t *testing.T, w *world) error {
			now, err := child(w.service.pid(), word)
			if err != nil || now == old {
				return fmt.Errorf("no new process in place of %d (%w)", old, err)
			}
			return w.ready(t.Context())
		},
	}
}

// strikeService kills the service, waits for its databases to die with it, and
// starts it again on the same data.
func strikeService(t *testing.T, w *world, _ *moved) {
	var children []int
	for _, word := range []string{"clickhouse-embedded", "java"} {
		pid, err := child(w.service.pid(), word)
		if err != nil {
			t.Fatal(err)
		}
		children = append(children, pid)
	}
	w.service.kill()
	eventually(t, patience, "the databases die with the service", func() error {
		for _, pid := range children {
			if err := syscall.Kill(pid, 0); err == nil {
				return fmt.Errorf("process %d lives", pid)
			}
		}
		return nil
	})
	w.startService(t)
}

// agentKill is the sender's agent, killed and started again, with the times
// between which nobody counted at the sender's.
type agentKill struct{ killed, restarted time.Time }

func (k *agentKill) strike(t *testing.T, w *world, sent *moved) {
	k.killed = time.Now()
	w.agents[nodeA].kill()
	sent.add(w.transfer(t, 500_000)) // the receiver's agent alone sees this one
	k.restarted = time.Now()
	w.startAgent(t, nodeA)
}

// back wants a report of time after the restart.
func (k *agentKill) back(t *testing.T, w *world) error {
	for _, agent := range w.agentStates(t) {
		if agent.Node == nodeA && agent.CoveredThrough.After(k.restarted) {
			return nil
		}
	}
	return fmt.Errorf("the agent of %s has not reported since its restart", nodeA)
}

// checkLoss wants the time without an agent reported as a loss of unknown size,
// in the store and by the API.
func (k *agentKill) checkLoss(t *testing.T, w *world, s *stores) {
	var from, to time.Time
	var known uint8
	err := s.clickHouse.QueryRow(t.Context(), `SELECT lost_from, lost_to, bytes_known FROM losses WHERE node = {node:String} AND reason = {reason:String}`,
		clickhouse.Named("node", nodeA), clickhouse.Named("reason", string(model.LossAgentRestart))).Scan(&from, &to, &known)
	if err != nil {
		t.Fatalf("no loss of the killed agent: %v", err)
	}
	if from.After(k.killed) || to.Before(k.restarted) || known != 0 {
		t.Errorf("a loss from %s to %s, known %d: nobody counted from %s to %s", from, to, known, k.killed, k.restarted)
	}
	for _, agent := range w.agentStates(t) {
		if agent.Node == nodeA && agent.LostBytes != nil {
			t.Errorf("the API says that agent %s lost %d bytes: nobody knows how many", agent.Node, *agent.LostBytes)
		}
	}
	versions, err := s.flows.Versions(t.Context(), model.MinuteOf(from), model.MinuteOf(from)+1, 1<<62)
	if err != nil || len(versions) == 0 {
		t.Fatalf("no version of the minute of the loss: %v", err)
	}
	var answer struct{ Meta struct{ LostBytes *count } }
	if err := w.ask(t, `query($as: AsOf) { meta(asOf: $as) { lostBytes } }`, map[string]any{"as": map[string]any{"version": versions[0].Number}}, &answer); err != nil {
		t.Fatal(err)
	}
	if answer.Meta.LostBytes != nil {
		t.Errorf("the API says that %d bytes were lost in a minute with a loss of unknown size", *answer.Meta.LostBytes)
	}
}
