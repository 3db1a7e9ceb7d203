package rollup

import (
	"context"
	"time"

	"github.com/egressor/egressor/graphsvc/minute"
	"github.com/egressor/egressor/internal/model"
)

// Source is where a minute's input is read from.
type Source interface {
	Minute(ctx context.Context, minute model.Minute, inputs []model.InputRange) ([]model.BatchHead, []model.ReportedRow, error)
	Facts(ctx context.Context, from, to, through time.Time) ([]model.Fact, time.Time, error)
}

// ReadMinute reads a minute's input as it is known now.
func ReadMinute(ctx context.Context, source Source, of model.Minute) (minute.Input, error) {
	return read(ctx, source, of, nil, time.Time{})
}

// ReadVersion reads the input that a version was folded from: the batches that
// it names, and the facts recorded by then.
func ReadVersion(ctx context.Context, source Source, version model.GraphVersion) (minute.Input, error) {
	inputs := version.Inputs
	if inputs == nil {
		inputs = []model.InputRange{} // none, as opposed to all
	}
	return read(ctx, source, version.From, inputs, version.FactsRecordedThrough)
}

// factsBefore is how far back the facts of a minute reach: what held an address
// shortly before tells a straggler from something outside. It is less than the
// hour before a day's start that the flow store keeps with the day.
const factsBefore = 10 * time.Minute

func read(ctx context.Context, source Source, of model.Minute, inputs []model.InputRange, through time.Time) (minute.Input, error) {
	batches, rows, err := source.Minute(ctx, of, inputs)
	if err != nil {
		return minute.Input{}, err
	}
	facts, through, err := source.Facts(ctx, of.Start().Add(-factsBefore), of.End(), through)
	if err != nil {
		return minute.Input{}, err
	}
	return minute.Input{Minute: of, Batches: batches, Rows: rows, Facts: facts, FactsThrough: through}, nil
}
