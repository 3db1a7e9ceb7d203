package incidentbench_test

import (
	"testing"

	"github.com/egressor/egressor/graphsvc/incidentbench"
)

// TestBench runs three small clusters of the bench: each incident is found within
// three minutes and its cause comes first. `make bench-incidents` runs the rest.
func TestBench(t *testing.T) {
	for _, seed := range []uint64{2, 18, 28} {
		c, err := incidentbench.Run(seed)
		if err != nil {
			t.Fatal(err)
		}
		if c.Skipped != "" || !c.Found || c.DelayMinutes > 3 || c.Right != 1 {
			t.Errorf("seed %d, %s: found %t after %d minutes, causes %v, rank of the true one %d, skipped %q", c.Seed, c.Kind, c.Found, c.DelayMinutes, c.Causes, c.Right, c.Skipped)
		}
	}
}

// TestTukey is worked by hand: of 1..9 and 100 the quartiles are 3 and 8, the upper
// fence 15.5.
func TestTukey(t *testing.T) {
	scores := incidentbench.Tukey([]float64{1, 2, 3, 4, 5, 6, 7, 8, 9, 100})
	for i, score := range scores[:9] {
		if score != 0 {
			t.Errorf("value %d has score %v", i+1, score)
		}
	}
	if scores[9] != 84.5 {
		t.Errorf("100 has score %v, want 84.5", scores[9])
	}
}
