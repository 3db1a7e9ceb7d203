package rollup_test

import (
	"errors"
	"testing"
	"time"

	"github.com/egressor/egressor/graphsvc/rollup"
	"github.com/egressor/egressor/graphsvc/rollup/rolluptest"
	"github.com/egressor/egressor/internal/report"
)

func TestAFailedStepIsToldForAWhile(t *testing.T) {
	stores := &disturbed{Stores: rolluptest.Open(t), fault: fault{at: 1}}
	clock := rolluptest.NewClock(rolluptest.First.Start())
	deps := rolluptest.Dependencies(t, stores, stores, clock, rolluptest.Rules(), rollup.NewHub())
	var check report.Check
	deps.Health = func(given report.Check) { check = given }
	loop := rollup.New(deps)
	step := func(want error) {
		t.Helper()
		if err := loop.Step(t.Context()); !errors.Is(err, want) {
			t.Fatalf("the step ended with %v, want %v", err, want)
		}
		if err := check(t.Context()); !errors.Is(err, want) {
			t.Fatalf("the check says %v, want %v", err, want)
		}
	}
	if err := check(t.Context()); err != nil {
		t.Fatalf("before the first step: %v", err)
	}
	step(errStruck)
	clock.Set(clock.Now().Add(30 * time.Second))
	if err := check(t.Context()); err != nil {
		t.Fatalf("30 seconds after the failure: %v", err)
	}
	stores.fault.at = stores.calls + 1
	step(errStruck)
	step(nil)
}
