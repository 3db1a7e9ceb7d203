package baseline_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/egressor/egressor/graphsvc/baseline"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// calls are what clients ask of a server and what it answers, with a week's and a
// day's season, a drift from hour to hour and noise that both ways share.
type calls struct {
	count          int
	noise          *rand.Rand
	drift          []float64
	request, reply []model.EdgeKey
}

func newCalls(seed uint64, count int) *calls {
	c := &calls{count: count, noise: rand.New(rand.NewPCG(seed, 9)), drift: make([]float64, count)}
	for n := range count {
		name := string(rune('a' + n))
		to := crossing(workload("client-"+name), workload("server-"+name))
		back := crossing(workload("server-"+name), workload("client-"+name))
		back.Initiator = model.InitiatorDestination
		c.request, c.reply = append(c.request, to), append(c.reply, back)
	}
	return c
}

// minute is what is asked and answered, answers multiplied by a factor and all by
// another, and what the usual would have cost.
func (c *calls) minute(tb testing.TB, m model.Minute, answers, all float64) (edges []model.PricedEdge, usual []money.Amount) {
	tb.Helper()
	const drift, sigma, small, weekend = 0.06, 0.15, 0.03, 0.5
	for n := range c.count {
		if m%hour == 0 {
			c.drift[n] = drift * c.noise.NormFloat64()
		}
		season := 1 + 0.5*math.Sin(2*math.Pi*float64(m%day)/float64(day))
		if (m-monday)/day%7 >= 5 {
			season *= weekend
		}
		base := mean * season * math.Exp(c.drift[n]+sigma*c.noise.NormFloat64())
		asked, answered := base/4*math.Exp(small*c.noise.NormFloat64()), base*math.Exp(small*c.noise.NormFloat64())
		reply := priced(tb, c.reply[n], m, uint64(answered), perGiB)
		usual = append(usual, reply.Cost)
		edges = append(edges, priced(tb, c.request[n], m, uint64(asked*all), perGiB), priced(tb, c.reply[n], m, uint64(answered*answers*all), perGiB))
	}
	return edges, usual
}

// off is by how much the expected cost of the answers is off in an hour of an
// incident, on average over the calls.
func off(t *testing.T, seed uint64, answers, all float64) float64 {
	t.Helper()
	const count = 4
	c, d := newCalls(seed, count), detector(t)
	from := monday + 10*day + 13*hour + 20
	for m := monday; m < from; m++ {
		edges, _ := c.minute(t, m, 1, 1)
		if _, err := d.Observe(baseline.Observation{Minute: m, Edges: edges}); err != nil {
			t.Fatal(err)
		}
	}
	truth := make([]money.Accumulator, count)
	for m := from; m < from+hour; m++ {
		edges, usual := c.minute(t, m, answers, all)
		for n := range usual {
			truth[n].Add(usual[n])
		}
		if _, err := d.Observe(baseline.Observation{Minute: m, Edges: edges}); err != nil {
			t.Fatal(err)
		}
	}
	told := map[model.Identity]money.Amount{}
	for _, open := range d.Open() {
		if open.Scope.Kind == baseline.ScopeFlow {
			told[open.Scope.Flow.Source] = open.ExpectedCost
		}
	}
	sum := 0.0
	for n := range count {
		expected, known := told[c.reply[n].Source]
		if !known {
			t.Fatalf("the answers of call %d, %v times as large, were not noticed (seed %d)", n, answers*all, seed)
		}
		usual, err := truth[n].Amount()
		if err != nil {
			t.Fatal(err)
		}
		sum += math.Abs(ratio(t, expected, usual) - 1)
	}
	t.Logf("answers x %v, all x %v: off by %.4f", answers, all, sum/count)
	return sum / count
}

// TestExpectedCost: what would have been paid is known as well as the requests tell
// where those stayed as they were, and as well as all of the past tells where not.
// The hour's own drift, 6 %, is nothing that the past could know.
func TestExpectedCost(t *testing.T) {
	const seed = 3
	if got := off(t, seed, 4, 1); got > 0.01 {
		t.Errorf("answers four times as large: expected is off by %.4f on average, want at most 0.01 (seed %d)", got, seed)
	}
	if got := off(t, seed, 1, 4); got > 0.07 {
		t.Errorf("all four times as large: expected is off by %.4f on average, want at most 0.07 (seed %d)", got, seed)
	}
}
