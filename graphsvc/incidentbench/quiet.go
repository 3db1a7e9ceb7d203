package incidentbench

import (
	"github.com/egressor/egressor/internal/incidentgen"
	"github.com/egressor/egressor/internal/model"
)

// Quiet is a cluster in which nothing happened, and what was raised all the same.
type Quiet struct {
	Seed            uint64
	Workloads, Days int
	// Raised says of each false incident what and when.
	Raised []string
}

// RunQuiet watches a seed's cluster for a number of days in which nothing happens
// but what happens every day.
func RunQuiet(seed uint64, days int) (Quiet, error) {
	result := Quiet{Seed: seed, Days: days}
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
	if err := w.observe(cluster.Start+model.Minute(days*24*hour), nil); err != nil {
		return result, err
	}
	for _, id := range w.order {
		raised := w.raised[id]
		result.Raised = append(result.Raised, otherText(&raised, w.detected[id]-cluster.Start))
	}
	return result, nil
}
