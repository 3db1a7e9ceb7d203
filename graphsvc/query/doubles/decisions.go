package doubles

import (
	"context"
	"slices"

	"github.com/egressor/egressor/graphsvc/decision"
	"github.com/egressor/egressor/graphsvc/query"
)

// Decisions is a double of what keeps people's decisions. The zero value is empty.
type Decisions struct {
	Asked
	Kept []decision.Record
}

var _ query.Decisions = (*Decisions)(nil)

// AppendDecision keeps a record.
func (d *Decisions) AppendDecision(_ context.Context, record decision.Record) error {
	d.count("AppendDecision")
	d.mu.Lock()
	defer d.mu.Unlock()
	d.Kept = append(d.Kept, record)
	return nil
}

// Decisions are the records of a kind about some subjects, or all.
func (d *Decisions) Decisions(_ context.Context, kind decision.Kind, subjects []string) ([]decision.Record, error) {
	d.count("Decisions")
	d.mu.Lock()
	defer d.mu.Unlock()
	var found []decision.Record
	for _, r := range d.Kept {
		if r.Kind == kind && (len(subjects) == 0 || slices.Contains(subjects, r.Subject)) {
			found = append(found, r)
		}
	}
	return found, nil
}
