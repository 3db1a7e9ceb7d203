package flowfile

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/egressor/egressor/internal/model"
)

// batchMinutes is how long a batch's time is at most.
const batchMinutes = 10

// Batches are the capture as its agents would send it. name makes the boots: the
// same files under the same name are the same batches, and the service takes each
// once. A time without a report parts two boots, as an agent that was not there.
func (c *Capture) Batches(name string) []model.Batch {
	var batches []model.Batch
	agents := slices.SortedFunc(maps.Keys(c.Reports), func(a, b model.AgentID) int { return cmp.Compare(a.String(), b.String()) })
	for _, agent := range agents {
		report := c.Reports[agent]
		for n, covered := range united(report.Covered) {
			batches = append(batches, report.within(agent, fmt.Sprintf("%s-%d", name, n+1), covered)...)
		}
	}
	return batches
}

// united are the times that periods cover, in order and apart from each other.
func united(periods []model.Period) []model.Period {
	ordered := slices.SortedFunc(slices.Values(periods), func(a, b model.Period) int { return a.From.Compare(b.From) })
	var apart []model.Period
	for _, p := range ordered {
		if last := len(apart) - 1; last >= 0 && !p.From.After(apart[last].To) {
			apart[last].To = latest(apart[last].To, p.To)
			continue
		}
		apart = append(apart, p)
	}
	return apart
}

// within cuts one boot's time into batches.
func (r *Report) within(agent model.AgentID, boot string, covered model.Period) []model.Batch {
	var batches []model.Batch
	for from := covered.From; from.Before(covered.To); {
		to := from.Truncate(batchMinutes * time.Minute).Add(batchMinutes * time.Minute)
		if to.After(covered.To) {
			to = covered.To
		}
		b := model.Batch{
			BatchKey: model.BatchKey{Agent: agent, Boot: boot, Sequence: uint64(len(batches) + 1)},
			Mode:     model.CaptureImport, CoveredFrom: from, CoveredThrough: to,
		}
		inside := model.Period{From: from, To: to}
		for i := range r.Rows {
			if inside.Contains(r.Rows[i].WindowStart) {
				b.Flows = append(b.Flows, r.Rows[i])
			}
		}
		for _, loss := range r.Losses {
			if inside.Contains(loss.From) {
				b.Losses = append(b.Losses, loss)
			}
		}
		batches = append(batches, b)
		from = to
	}
	return batches
}
