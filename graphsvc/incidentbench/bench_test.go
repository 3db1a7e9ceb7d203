package incidentbench_test

import (
	"os"
	"strconv"
	"testing"

	"github.com/egressor/egressor/graphsvc/incidentbench"
)

// TestDevelop is for building the detector: seeds below 1000 are its own.
func TestDevelop(t *testing.T) {
	n, _ := strconv.Atoi(os.Getenv("EGRESSOR_INCIDENT_SEEDS"))
	if n == 0 {
		t.Skip("set EGRESSOR_INCIDENT_SEEDS")
	}
	from, _ := strconv.Atoi(os.Getenv("EGRESSOR_INCIDENT_FROM"))
	for seed := uint64(from); seed < uint64(from+n); seed++ {
		c, err := incidentbench.Run(seed)
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%3d %-16s n=%4d found=%t delay=%d others=%q told=%s right=%d impact=%+.3f causes=%v %v %s z=%v tukey=%v", c.Seed, c.Kind, c.Workloads, c.Found, c.DelayMinutes, c.Others, c.Told, c.Right, c.ImpactError, c.Causes, c.Scores, c.Skipped, c.ZScore, c.Tukey)
	}
}
