package incidentbench_test

import (
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"github.com/egressor/egressor/graphsvc/incidentbench"
	"github.com/egressor/egressor/internal/clickhouse/clickhousetest"
)

// TestTukeyIsClickHouses: the copy says of random series what the engine's own
// seriesOutliersDetectTukey says of them.
func TestTukeyIsClickHouses(t *testing.T) {
	db := clickhousetest.Open(t)
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 0))
	series := make([][]float64, 300)
	texts := make([]string, len(series))
	for i := range series {
		series[i] = randomSeries(random)
		texts[i] = literal(series[i])
	}
	rows, err := db.Query(t.Context(), "SELECT seriesOutliersDetectTukey(arrayJoin(["+strings.Join(texts, ",")+"]))")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	outliers, n := 0, 0
	for ; rows.Next(); n++ {
		var want []float64
		if err := rows.Scan(&want); err != nil {
			t.Fatal(err)
		}
		got := incidentbench.Tukey(series[n])
		for i := range want {
			if want[i] != 0 {
				outliers++
			}
			// A value at the very fence may be taken for either side of it.
			if off := math.Abs(got[i] - want[i]); off > 1e-9*math.Max(1, math.Abs(series[n][i])) {
				t.Errorf("value %d of %s: %v, the engine says %v", i, texts[n], got[i], want[i])
			}
		}
	}
	if err := rows.Err(); err != nil || n != len(series) || outliers == 0 {
		t.Errorf("%d of %d series with %d outliers came back: %v", n, len(series), outliers, err)
	}
}

// randomSeries is 4 to 120 values, some of them equal, some far out.
func randomSeries(random *rand.Rand) []float64 {
	series := make([]float64, 4+random.IntN(117))
	for i := range series {
		series[i] = math.Round(100*math.Exp(random.NormFloat64())) / 8
		switch random.IntN(20) {
		case 0:
			series[i] *= 50
		case 1:
			series[i] = -series[i]
		case 2:
			series[i] = series[random.IntN(i+1)]
		}
	}
	return series
}

func literal(series []float64) string {
	parts := make([]string, len(series))
	for i, v := range series {
		parts[i] = strconv.FormatFloat(v, 'g', -1, 64)
	}
	return "[" + strings.Join(parts, ",") + "]"
}
