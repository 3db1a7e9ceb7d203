package ingest

import (
	"errors"
	"fmt"
	"time"

	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/wire"
)

const (
	// maxNameBytes bounds a cluster, node, boot or build.
	maxNameBytes = 253
	// maxLosses bounds the losses of one batch.
	maxLosses = 10_000
	// maxSpan bounds the time that one batch speaks of. Every minute of it is
	// folded anew, oldest first: a clock that was set in between, or a batch made
	// for it, would keep the fold busy for days with minutes that hold nothing.
	maxSpan = 48 * time.Hour
)

// earliest is before any batch: a smaller time is a clock that was never set.
var earliest = time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)

// Check reports what makes a batch unfit to be stored, now being the time of
// its arrival and maxAhead how much faster an agent's clock may be.
func Check(b model.Batch, now time.Time, maxAhead time.Duration) error {
	if err := checkKey(b.BatchKey); err != nil {
		return err
	}
	switch b.Mode {
	case model.CaptureSockets, model.CapturePackets, model.CaptureImport:
	default:
		return fmt.Errorf("capture mode %q", b.Mode)
	}
	if len(b.Build) > maxNameBytes {
		return fmt.Errorf("build of %d bytes, want at most %d", len(b.Build), maxNameBytes)
	}
	if len(b.Flows) > wire.MaxFlows || len(b.Losses) > maxLosses {
		return fmt.Errorf("%d flows and %d losses: the limits are %d and %d, cut batches smaller", len(b.Flows), len(b.Losses), wire.MaxFlows, maxLosses)
	}
	latest := now.Add(maxAhead)
	if err := checkSpan(b.CoveredFrom, b.CoveredThrough, latest); err != nil {
		return fmt.Errorf("covered time: %w", err)
	}
	reach := b.CoveredFrom.Add(maxSpan)
	if b.CoveredThrough.After(reach) {
		return fmt.Errorf("covered time: %v from %v, more than %v: cut batches smaller", b.CoveredThrough.Sub(b.CoveredFrom), b.CoveredFrom, maxSpan)
	}
	if reach.After(latest) {
		reach = latest
	}
	for i := range b.Flows {
		if err := checkWindow(&b.Flows[i], b.CoveredFrom, reach); err != nil {
			return fmt.Errorf("flow %d: %w", i, err)
		}
	}
	for i, loss := range b.Losses {
		if loss.Reason == "" {
			return fmt.Errorf("loss %d has no reason", i)
		}
		if err := checkSpan(loss.From, loss.To, latest); err != nil {
			return fmt.Errorf("loss %d, %s: %w", i, loss.Reason, err)
		}
	}
	return nil
}

func checkKey(key model.BatchKey) error {
	for what, name := range map[string]string{"cluster": key.Agent.Cluster, "node": key.Agent.Node, "boot": key.Boot} {
		if name == "" || len(name) > maxNameBytes {
			return fmt.Errorf("%s name of %d bytes, want 1 to %d", what, len(name), maxNameBytes)
		}
	}
	if key.Sequence == 0 {
		return errors.New("sequence 0: sequences start at 1")
	}
	return nil
}

func checkSpan(from, to, latest time.Time) error {
	switch {
	case from.Before(earliest):
		return fmt.Errorf("begins at %v: set the agent's clock", from)
	case to.Before(from):
		return fmt.Errorf("ends at %v, before it begins at %v", to, from)
	case to.After(latest):
		return fmt.Errorf("ends at %v, in the future: set the agent's clock", to)
	}
	return nil
}

// checkWindow wants a window within one minute and not before the batch's own
// time. It may end after it: see docs/formats/wire.md on windows of several
// batches.
func checkWindow(f *model.FlowRow, coveredFrom, latest time.Time) error {
	if f.WindowLength <= 0 || f.WindowLength > time.Minute {
		return fmt.Errorf("window of %v", f.WindowLength)
	}
	end := f.WindowStart.Add(f.WindowLength)
	if end.After(f.Minute().End()) {
		return fmt.Errorf("window of %v from %v crosses a minute", f.WindowLength, f.WindowStart)
	}
	if f.WindowStart.Before(coveredFrom) || end.After(latest) {
		return fmt.Errorf("window of %v from %v lies outside of the batch's time", f.WindowLength, f.WindowStart)
	}
	if !f.RemoteAddr.IsValid() {
		return errors.New("no remote address")
	}
	return nil
}
