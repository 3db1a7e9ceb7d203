package rollup_test

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/egressor/egressor/costsvc/pricebooks"
	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/graphsvc/decision"
	"github.com/egressor/egressor/graphsvc/flowstore"
	"github.com/egressor/egressor/graphsvc/rollup/rolluptest"
	"github.com/egressor/egressor/graphsvc/terms"
)

// An overlay that is put in force while the service runs prices its minutes
// again, as versions; taken out of force, they are back at their price. What was
// true as of an older version stays true, and every version can be proven.
func TestAnOverlayIsPutInForceAndTakenBack(t *testing.T) {
	list := terms.Settings{Books: []string{pricebooks.Default}, Mode: pricing.List}
	batches, _, _ := egressStory(t)
	s := &till{Stores: rolluptest.Open(t), clock: rolluptest.NewClock((rolluptest.First + 6).Start())}
	s.restart(t, list)
	s.Append(t, s.clock.Now(), batches...)
	s.stepUntilQuiet(t)
	before, head := s.costs(t, 1000), s.stepUntilQuiet(t)
	decide := func(action decision.Action) {
		t.Helper()
		body, err := json.Marshal(terms.Overlay{Name: "acme", From: rolluptest.First + 2, Text: "overlay: acme\nbook: aws\ndiscounts:\n  - {name: half, percent: 50}\n"})
		if err != nil {
			t.Fatal(err)
		}
		record := decision.Record{Kind: decision.PriceOverlay, Subject: "acme", At: s.clock.Now(), By: "eve", Key: string(action), Action: action, Body: string(body)}
		if err := s.Flows.AppendDecision(t.Context(), record); err != nil {
			t.Fatal(err)
		}
		request := flowstore.RepriceRequest{RequestedAt: s.clock.Now(), From: rolluptest.First, To: rolluptest.First + 60}
		if err := s.Flows.RequestReprice(t.Context(), request); err != nil {
			t.Fatal(err)
		}
		s.clock.Set(s.clock.Now().Add(time.Second))
	}
	decide(decision.Saved)
	s.stepUntilQuiet(t)
	halved := s.costs(t, 1000)
	for minute, cost := range before {
		if changed := halved[minute] != cost; changed != (minute >= 2 && cost != "0") {
			t.Errorf("minute %d costs %s, and %s under the overlay", minute, cost, halved[minute])
		}
	}
	if kinds := s.kinds(t); slices.Contains(kinds, "reprice 1") || !slices.Contains(kinds, "reprice 2") {
		t.Errorf("versions: %v", kinds)
	}
	s.checkProven(t)
	s.restart(t, list) // in force after a restart too
	s.stepUntilQuiet(t)
	if diff := cmp.Diff(halved, s.costs(t, 1000)); diff != "" {
		t.Errorf("after a restart (-before +after):\n%s", diff)
	}
	decide(decision.Deleted)
	s.stepUntilQuiet(t)
	if diff := cmp.Diff(before, s.costs(t, 1000)); diff != "" {
		t.Errorf("taken back (-list price +now):\n%s", diff)
	}
	if diff := cmp.Diff(before, s.costs(t, head.Number)); diff != "" {
		t.Errorf("as of version %d (-then +now):\n%s", head.Number, diff)
	}
	s.checkProven(t)
}
