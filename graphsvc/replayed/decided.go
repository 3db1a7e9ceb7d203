package replayed

import (
	"context"
	"slices"
	"sync"

	"github.com/egressor/egressor/graphsvc/decision"
	"github.com/egressor/egressor/graphsvc/query"
)

// Decided keeps what people decide over a scenario for as long as it is served,
// and no longer: a scenario is the same for everybody who opens it. The zero
// value is empty.
type Decided struct {
	mu      sync.Mutex
	records []decision.Record
}

var _ query.Decisions = (*Decided)(nil)

// AppendDecision adds a record.
func (d *Decided) AppendDecision(_ context.Context, record decision.Record) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.records = append(d.records, record)
	return nil
}

// Decisions are those about some subjects of a kind, or about all of them.
func (d *Decided) Decisions(_ context.Context, kind decision.Kind, subjects []string) ([]decision.Record, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(d.records), func(r decision.Record) bool {
		return r.Kind != kind || len(subjects) > 0 && !slices.Contains(subjects, r.Subject)
	}), nil
}
