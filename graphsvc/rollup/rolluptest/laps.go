package rolluptest

import (
	"slices"
	"testing"
	"time"

	"github.com/egressor/egressor/internal/model"
)

// Laps is the story told over and over: each lap is three minutes that are
// folded, the second without its late node, whose report comes after the third
// and has the second folded again. It returns the facts apart, so that a test
// can record them before it disturbs anything: a batch that is stored a second
// time would record them at another moment.
func Laps(tb testing.TB, laps int) (events []Event, facts []model.Fact) {
	tb.Helper()
	story := Story(tb)
	for _, event := range story {
		for _, batch := range event.Batches {
			facts = append(facts, batch.Facts...)
		}
	}
	for lap := range laps {
		for i, event := range story {
			shifted := Later(event, time.Duration(3*lap)*time.Minute, uint64(1000*lap))
			if i == len(story)-1 { // the late report
				third := (First + model.Minute(3*lap) + 2).End()
				shifted.Received, shifted.Step = third.Add(4*time.Second), third.Add(10*time.Second)
			}
			shifted.Versions = uint64(lap*len(story) + i + 1)
			events = append(events, shifted)
		}
	}
	return events, facts
}

// Later is an event that happens later: what it speaks of moves along, and its batches
// are as many further in their order.
func Later(event Event, by time.Duration, batches uint64) Event {
	event.Received, event.Step = event.Received.Add(by), event.Step.Add(by)
	event.Batches = slices.Clone(event.Batches)
	for i := range event.Batches {
		b := &event.Batches[i]
		b.Sequence += batches
		b.CoveredFrom, b.CoveredThrough = b.CoveredFrom.Add(by), b.CoveredThrough.Add(by)
		b.Facts, b.Flows = nil, slices.Clone(b.Flows)
		for j := range b.Flows {
			b.Flows[j].WindowStart = b.Flows[j].WindowStart.Add(by)
		}
	}
	return event
}
