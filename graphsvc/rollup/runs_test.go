package rollup_test

import (
	"fmt"
	"math"
	"runtime"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/egressor/egressor/graphsvc/rollup"
	"github.com/egressor/egressor/internal/model"
)

// Runs are a set of keys: whatever is added and taken, they hold what a map of
// keys holds, in as few runs as there are gaps.
func TestRunsAreASet(t *testing.T) {
	type key struct {
		source   uint32
		sequence uint64
	}
	rapid.Check(t, func(t *rapid.T) {
		highest := rapid.SampledFrom([]uint64{12, math.MaxUint64}).Draw(t, "highest")
		draw := func(label string) (rollup.Runs, map[key]bool) {
			var set rollup.Runs
			keys := map[key]bool{}
			for range rapid.IntRange(0, 12).Draw(t, label) {
				source := rapid.Uint32Range(1, 3).Draw(t, "source")
				first := rapid.Uint64Range(highest-12, highest).Draw(t, "first")
				last := rapid.Uint64Range(first, min(highest, first+min(3, highest-first))).Draw(t, "last")
				set = set.With(source, first, last)
				for n := range last - first + 1 {
					keys[key{source, first + n}] = true
				}
			}
			return set, keys
		}
		a, inA := draw("added")
		b, inB := draw("taken")
		rest := a.Without(b)
		for source := uint32(1); source <= 3; source++ {
			for n := range uint64(13) {
				k := key{source, highest - 12 + n}
				if a.Holds(source, k.sequence) != inA[k] {
					t.Fatalf("%v in %v: want %t", k, a, inA[k])
				}
				if rest.Holds(source, k.sequence) != (inA[k] && !inB[k]) {
					t.Fatalf("%v in %v without %v, which is %v: want %t", k, a, b, rest, inA[k] && !inB[k])
				}
			}
		}
		gaps := 0
		for k := range inA {
			if !inA[key{k.source, k.sequence - 1}] || k.sequence == 0 {
				gaps++
			}
		}
		if len(a) != gaps {
			t.Fatalf("%v is %d runs, want %d", a, len(a), gaps)
		}
	})
}

// TestTwoDaysOf500AgentsFit bounds the tracker's memory: 8.6 million batches
// within the horizon.
func TestTwoDaysOf500AgentsFit(t *testing.T) {
	if testing.Short() {
		t.Skip("tells of 8.6 million batches")
	}
	const agents, minutes, perMinute, limit = 500, 48 * 60, 6, 128 << 20
	before := heap()
	p := rollup.NewPending(rollup.DefaultRules())
	names := make([]model.AgentID, agents)
	for a := range names {
		names[a] = model.AgentID{Cluster: "lab", Node: fmt.Sprint("node-", a)}
	}
	inputs := make([]model.InputRange, agents)
	for m := range minutes {
		for n := range perMinute {
			through := (minute + model.Minute(m)).Start().Add(time.Duration(n+1) * 10 * time.Second)
			for a := range names {
				p.Arrived(head(names[a], uint64(m*perMinute+n+1), through, through.Add(time.Second)).Run())
			}
		}
		for a := range names {
			inputs[a] = model.InputRange{Agent: names[a], Boot: "boot", First: uint64(m*perMinute + 1), Last: uint64((m + 1) * perMinute)}
		}
		p.Folded(minute+model.Minute(m), inputs, time.Time{})
	}
	used := heap() - before
	t.Logf("%d agents, %d minutes, %d batches: %.1f MiB", agents, minutes, agents*minutes*perMinute, float64(used)/(1<<20))
	if used > limit {
		t.Errorf("the tracker takes %d bytes, want at most %d", used, limit)
	}
	end := (minute + minutes).Start()
	if due := p.Ready(end.Add(time.Hour)); len(due) > 0 {
		t.Errorf("all is folded, yet %d minutes are due", len(due))
	}
	p.Forget(end.Add(time.Hour))
	if from, to, ok := p.Span(); ok {
		t.Errorf("after the horizon it still knows of %s to %s", from, to)
	}
}

func heap() int64 {
	runtime.GC()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return int64(stats.HeapAlloc)
}

func TestOnlyWhatIsFoldedIsForgotten(t *testing.T) {
	p := rollup.NewPending(rollup.DefaultRules())
	end := minute.End()
	p.Arrived(head(nodeA, 1, end, end).Run())
	p.Forget(end.Add(time.Hour))
	if due := p.Ready(end.Add(time.Hour)); !slices.Equal(due, []rollup.Due{{Minute: minute}}) {
		t.Fatalf("a minute that was never folded was forgotten: %v is due", due)
	}
	p.Folded(minute, []model.InputRange{{Agent: nodeA, Boot: "boot", First: 1, Last: 1}}, time.Time{})
	p.Forget(end)
	if _, _, ok := p.Span(); !ok {
		t.Fatal("the minute's batch came at the horizon, yet it is forgotten")
	}
	p.Forget(end.Add(1))
	if from, _, ok := p.Span(); ok {
		t.Fatalf("minute %s is still known", from)
	}
}

func TestAPostponedMinuteHoldsUpNothing(t *testing.T) {
	p := rollup.NewPending(rollup.DefaultRules())
	end := minute.End()
	p.Arrived(head(nodeA, 1, end, end).Run())
	p.Arrived(head(nodeA, 2, end.Add(time.Minute), end.Add(time.Minute)).Run())
	now := end.Add(2 * time.Minute)
	p.Postpone(minute, now.Add(time.Minute))
	if due := p.Ready(now); !slices.Equal(due, []rollup.Due{{Minute: minute + 1}}) {
		t.Fatalf("%v is due, want the minute after", due)
	}
	if due := p.Ready(now.Add(time.Minute)); len(due) != 2 {
		t.Fatalf("%v is due, want both", due)
	}
}
