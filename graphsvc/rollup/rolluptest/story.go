package rolluptest

import (
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/scenario"
)

// Event is what comes in at a moment, and when the loop is then stepped.
type Event struct {
	Received time.Time
	Batches  []model.Batch
	Step     time.Time
	// Versions is how many versions there are after the step.
	Versions uint64
}

// Scenario reads a scenario of docs/scenarios.
func Scenario(tb testing.TB, name string) *scenario.Scenario {
	tb.Helper()
	_, here, _, _ := runtime.Caller(0)
	sc, err := scenario.Load(filepath.Join(filepath.Dir(here), "../../../docs/scenarios", name+".txtar"))
	if err != nil {
		tb.Fatal(err)
	}
	return sc
}

// First is the minute that the story begins with.
var First = model.MinuteOf(time.Date(2026, 11, 23, 10, 4, 0, 0, time.UTC))

// LateNode is the node whose report of the second minute is late.
const LateNode = "node-b"

// Story is the rollout of scenario 07 as four versions: three minutes are
// folded, and the second is folded again when the late node's report comes,
// twenty minutes afterwards.
func Story(tb testing.TB) []Event {
	tb.Helper()
	var punctual [3][]model.Batch
	var late []model.Batch
	for _, batch := range Scenario(tb, "07-rollout-across-zones").Batches() {
		number := model.MinuteOf(batch.CoveredFrom) - First
		if number == 1 && batch.Agent.Node == LateNode {
			late = append(late, batch)
			continue
		}
		punctual[number] = append(punctual[number], batch)
	}
	if len(late) != 1 {
		tb.Fatalf("the scenario has %d reports by %s of the second minute, want 1", len(late), LateNode)
	}
	end := func(number model.Minute, and time.Duration) time.Time { return (First + number).End().Add(and) }
	return []Event{
		{Received: end(0, time.Second), Batches: punctual[0], Step: end(0, 2*time.Second), Versions: 1},
		{Received: end(1, time.Second), Batches: punctual[1], Step: end(1, 20*time.Second), Versions: 2},
		{Received: end(2, time.Second), Batches: punctual[2], Step: end(2, 2*time.Second), Versions: 3},
		{Received: end(22, 0), Batches: late, Step: end(22, 6*time.Second), Versions: 4},
	}
}
