package app

import (
	"context"
	"iter"

	"github.com/egressor/egressor/agent/metering"
	"github.com/egressor/egressor/internal/model"
)

// Source is where cumulative counters come from.
type Source interface {
	// Mode is how TCP is counted.
	Mode() model.CaptureMode
	// Read returns the state of all counters. After an error nothing is lost: the
	// next Read has it.
	Read(ctx context.Context) (Reading, error)
	// Close ends the capture. What was not read is gone.
	Close() error
}

// Reading is the state of all counters at one moment.
type Reading struct {
	// Counters yields each live or just closed counter.
	Counters iter.Seq[metering.Counter]
	// Losses are those since the reading before; their times are left to the agent.
	Losses []model.Loss
}
