package incidentbench

import (
	"context"

	"github.com/egressor/egressor/internal/incidentgen"
)

// Quiet is a cluster in which nothing happened, and what was raised all the same.
type Quiet struct {
	Seed            uint64
	Workloads, Days int
	// Raised says of each false incident what and when.
	Raised []string
}

// RunQuiet watches a seed's cluster for a number of days in which nothing happens
// but what happens every day, or for as many as are done when ctx ends: a month of a
// large cluster takes an hour, and what was watched of it counts.
func RunQuiet(ctx context.Context, seed uint64, days int) (Quiet, error) {
	result := Quiet{Seed: seed}
	cluster, err := incidentgen.New(seed)
	if err != nil {
		return result, err
	}
	if err := cluster.Prepare(""); err != nil {
		return result, err
	}
	result.Workloads = cluster.Size()
	w, err := newWatch(cluster)
	if err != nil {
		return result, err
	}
	w.keep = 1
	for result.Days < days && ctx.Err() == nil {
		if err := w.observe(w.next+24*hour, nil); err != nil {
			return result, err
		}
		result.Days++
	}
	for _, id := range w.order {
		raised := w.raised[id]
		result.Raised = append(result.Raised, otherText(&raised, w.detected[id]-cluster.Start))
	}
	return result, nil
}
