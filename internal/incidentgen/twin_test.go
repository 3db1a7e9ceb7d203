package incidentgen_test

import (
	"testing"

	"github.com/egressor/egressor/internal/incidentgen"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

const (
	twinSeeds = 2
	earlier   = 20 // minutes before the incident
	later     = 30
)

// TestExtraIsTheDifferenceFromATwin: what an incident is said to have cost is what
// the cluster paid less what the same cluster paid to which nothing happened, to a
// millionth (shares of pods round to bytes); and what happens every day costs nothing.
func TestExtraIsTheDifferenceFromATwin(t *testing.T) {
	small := smallSeeds(t)
	for _, kind := range incidentgen.Kinds {
		told := 0
		for _, seed := range small {
			if told == twinSeeds {
				break
			}
			with := prepared(t, seed, kind)
			incident, err := with.Inject(kind, with.Start+earlier, 1e8)
			if err != nil {
				continue
			}
			told++
			differs(t, with, prepared(t, seed, kind), incident)
		}
		if told == 0 {
			t.Errorf("%s happened to no cluster", kind)
		}
	}
}

// smallSeeds are the seeds of some small clusters.
func smallSeeds(t *testing.T) (seeds []uint64) {
	t.Helper()
	const most, workloads = 60, 120
	for seed := uint64(1); seed < most; seed++ {
		c, err := incidentgen.New(seed)
		if err != nil {
			t.Fatal(err)
		}
		if c.Size() <= workloads {
			seeds = append(seeds, seed)
		}
	}
	return seeds
}

func prepared(t *testing.T, seed uint64, kind incidentgen.Kind) *incidentgen.Cluster {
	t.Helper()
	c, err := incidentgen.New(seed)
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Prepare(kind); err != nil {
		t.Fatal(err)
	}
	return c
}

// differs compares both clusters from the incident on: before it the pods already
// are where it puts them, since a cluster is changed when an incident is injected.
func differs(t *testing.T, with, without *incidentgen.Cluster, incident *incidentgen.Incident) {
	t.Helper()
	var difference, extra money.Accumulator
	for m := with.Start; m < with.Start+earlier+later; m++ {
		with.Everyday(m)
		paid, said := minute(t, with, m, incident)
		usual, _ := minute(t, without, m, nil)
		if m < incident.At {
			continue
		}
		more, err := paid.Sub(usual)
		if err != nil {
			t.Fatal(err)
		}
		difference.Add(more)
		extra.Add(said)
	}
	got, err := extra.Amount()
	if err != nil {
		t.Fatal(err)
	}
	want, err := difference.Amount()
	if err != nil {
		t.Fatal(err)
	}
	slack, err := want.Scale(1, 1_000_000)
	if err != nil {
		t.Fatal(err)
	}
	off, err := got.Sub(want)
	if err != nil {
		t.Fatal(err)
	}
	if off.Sign() < 0 {
		if off, err = off.Neg(); err != nil {
			t.Fatal(err)
		}
	}
	if off.Cmp(slack) > 0 {
		t.Errorf("seed %d, %s: said to cost %s more, the twin paid %s less", with.Seed, incident.Kind, got, want)
	}
}

func minute(t *testing.T, c *incidentgen.Cluster, m model.Minute, incident *incidentgen.Incident) (paid, extra money.Amount) {
	t.Helper()
	traffic, err := c.Minute(m, incident)
	if err != nil {
		t.Fatal(err)
	}
	var sum money.Accumulator
	for i := range traffic.Edges {
		sum.Add(traffic.Edges[i].Cost)
	}
	if paid, err = sum.Amount(); err != nil {
		t.Fatal(err)
	}
	return paid, traffic.Extra
}
