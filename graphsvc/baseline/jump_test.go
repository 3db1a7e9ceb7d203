package baseline

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/egressor/egressor/internal/model"
)

// drifting is a measure that wanders about a flat season for four days, and is
// multiplied from an onset on. What it returns second is the onset.
func drifting(random *rand.Rand, sigma, wander, times float64) (measure, forecast, model.Minute) {
	const days, after = 4, 60
	m := measure{floor: byteFloor}
	m.profile.lift = sigma * sigma / 2
	onset := model.Minute(days*minutesPerDay + random.IntN(minutesPerHour))
	knots := make([]float64, days*hoursPerDay+4)
	for i := range knots {
		knots[i] = wander * random.NormFloat64()
	}
	var hour []float32
	for minute := model.Minute(0); minute < onset+after; minute++ {
		part := float64(minute%minutesPerHour) / minutesPerHour
		knot := knots[minute/minutesPerHour]*(1-part) + knots[minute/minutesPerHour+1]*part
		value := 1e9 * math.Exp(knot+sigma*random.NormFloat64())
		if minute >= onset {
			value *= times
		}
		m.recent.put(minute, value)
		if hour = append(hour, float32(value)); (minute+1)%minutesPerHour == 0 {
			if shape, ok := ShapeOf(hour); ok && minute < onset {
				m.profile.learn(int64(minute)/minutesPerHour, shape, m.floor)
			}
			hour = nil
		}
	}
	return m, newForecast(&m, onset), onset
}

// TestJump: by how much a flow was multiplied is known better than by its season and
// level alone, and as well as is said: half of all are within 0.67 of the deviations
// that are told, 95 % within two of them.
func TestJump(t *testing.T) {
	const flows, times, seed = 300, 3.0, 8
	random := rand.New(rand.NewPCG(seed, 1))
	half, most, jumps, forecasts := 0, 0, 0.0, 0.0
	for range flows {
		m, f, onset := drifting(random, 0.03+0.1*random.Float64(), 0.08, times)
		j, ok := jumpOf(&m, &f, driftOf(&f.season, f.spread), onset, onset+jumpMinutes-1)
		if !ok {
			continue
		}
		off := math.Abs(j.log-math.Log(times)) / math.Sqrt(j.variance)
		if off < 0.6745 {
			half++
		}
		if off < 2 {
			most++
		}
		jumps += math.Pow(j.log-math.Log(times), 2)
		sum := 0.0
		for minute := onset; minute < onset+jumpMinutes; minute++ {
			value, _ := f.at(minute)
			sum += value
		}
		forecasts += math.Pow(math.Log(j.actual/times/sum), 2)
	}
	t.Logf("%d within half, %d within two deviations; off by %.4f, by the forecast %.4f", half, most, math.Sqrt(jumps/flows), math.Sqrt(forecasts/flows))
	if half < flows*4/10 || most < flows*9/10 {
		t.Errorf("%d of %d within 0.67 deviations, want half; %d within 2, want 95 %% (seed %d)", half, flows, most, seed)
	}
	if jumps > 0.7*forecasts {
		t.Errorf("the step is off by %v, the forecast by %v (mean squares, seed %d)", jumps/flows, forecasts/flows, seed)
	}
}

// TestNoJumpIsFoundInDrift: of flows that nothing happened to few are said to have
// made a step.
func TestNoJumpIsFoundInDrift(t *testing.T) {
	const flows, seed = 300, 9
	random := rand.New(rand.NewPCG(seed, 1))
	found := 0
	for range flows {
		m, f, onset := drifting(random, 0.1, 0.05, 1)
		if j, ok := jumpOf(&m, &f, driftOf(&f.season, f.spread), onset, onset+jumpMinutes-1); ok && j.clear() {
			found++
		}
	}
	if found > flows*4/100 {
		t.Errorf("a step in %d of %d flows without one (seed %d)", found, flows, seed)
	}
}

// TestJumpNeedsItsMinutes: where minutes are missing, or nothing came after the
// onset, nothing is said.
func TestJumpNeedsItsMinutes(t *testing.T) {
	m, f, onset := drifting(rand.New(rand.NewPCG(1, 1)), 0.1, 0.05, 3)
	d := driftOf(&f.season, f.spread)
	if _, ok := jumpOf(&m, &f, d, onset, onset+jumpBin-2); ok {
		t.Error("a step was read off four minutes")
	}
	m.recent.from = onset
	if _, ok := jumpOf(&m, &f, d, onset, onset+jumpMinutes-1); ok {
		t.Error("a step was read off without the minutes before it")
	}
}

// TestPool is worked by hand: jumps of 1.0, 1.1 and 1.2 that are each unsure by 0.1
// are one jump of 1.1, unsure by 0.1 over the root of three; one of 3 beside 1 leaves
// it nearly alone.
func TestPool(t *testing.T) {
	const variance = 0.01
	one := jump{log: 1, variance: variance}
	one.pool([]jump{{log: 1.1, variance: variance}, {log: 1.2, variance: variance}})
	if math.Abs(one.log-1.1) > 1e-12 || math.Abs(one.variance-variance/3) > 1e-12 {
		t.Errorf("pooled %v, variance %v; want 1.1 and %v", one.log, one.variance, variance/3)
	}
	apart := jump{log: 1, variance: variance}
	apart.pool([]jump{{log: 3, variance: variance}})
	// Q = 200, between = 199/100 = 1.99; a share of 0.005 of the way to 2.
	if math.Abs(apart.log-1.005) > 1e-12 {
		t.Errorf("beside another one it is %v, want 1.005", apart.log)
	}
	alone := jump{log: 1, variance: variance}
	alone.pool(nil)
	if alone.log != 1 || alone.variance != variance {
		t.Errorf("alone it is %v, variance %v", alone.log, alone.variance)
	}
}

// TestSquare: what a covariance made is taken away again: L times whitened is what
// there was.
func TestSquare(t *testing.T) {
	m := square{{4, 0, 0}, {2, 5, 0}, {1, 3, 6}}
	if !m.factorize() {
		t.Fatal("a covariance is not positive definite")
	}
	values := []float64{1, 2, 3}
	m.whiten(values)
	for i, want := range []float64{1, 2, 3} {
		if got := dot(m[i][:i+1], values[:i+1]); math.Abs(got-want) > 1e-12 {
			t.Errorf("row %d gives %v back, want %v", i, got, want)
		}
	}
	if (square{{1, 0}, {2, 1}}).factorize() {
		t.Error("a matrix that is no covariance was factorized")
	}
}
