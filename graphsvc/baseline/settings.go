package baseline

import (
	"fmt"
	"math"

	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// Settings are how sensitive detection is.
type Settings struct {
	// FalseAlarmsPerMonth is how many incidents a cluster whose traffic is normal
	// may raise in 30 days. It sets how many standard deviations a series must be
	// off, given how many series there are.
	FalseAlarmsPerMonth float64
	// MinImpactPerDay is what a deviation must cost beyond the expected, by its
	// present rate, to be worth a person's time.
	MinImpactPerDay money.Amount
	// MinImpactPermille is the same as a share of what the cluster spends on
	// transfer, in thousandths. The larger of the two counts.
	MinImpactPermille uint64
	// MinOutsideBytes is how much must go to a new destination outside, or leak,
	// before it is said whatever it costs.
	MinOutsideBytes uint64
	// AcceptAfter is how many minutes a deviation must last to become the normal.
	AcceptAfter model.Minute
}

const (
	mebibyte         = 1 << 20
	minutesPerDay    = 24 * 60
	minutesPerMonth  = 30 * minutesPerDay
	defaultOutside   = 100 * mebibyte
	defaultPermille  = 5
	nanoPerUnit      = 1_000_000_000
	defaultMinImpact = nanoPerUnit / 2
)

// DefaultSettings are one false incident a month and half a currency unit a day.
func DefaultSettings() Settings {
	return Settings{
		FalseAlarmsPerMonth: 1, MinImpactPerDay: money.FromNano(defaultMinImpact), MinImpactPermille: defaultPermille,
		MinOutsideBytes: defaultOutside, AcceptAfter: 2 * minutesPerDay,
	}
}

// Check refuses settings without a meaning.
func (s Settings) Check() error {
	switch {
	case !(s.FalseAlarmsPerMonth > 0) || math.IsInf(s.FalseAlarmsPerMonth, 0):
		return fmt.Errorf("false alarms a month: %v: want more than 0", s.FalseAlarmsPerMonth)
	case s.MinImpactPerDay.Sign() < 0:
		return fmt.Errorf("least impact a day: %s: want 0 or more", s.MinImpactPerDay)
	case s.MinImpactPermille > 1000:
		return fmt.Errorf("least impact in thousandths of the spend: %d: want 0 to 1000", s.MinImpactPermille)
	case s.AcceptAfter < 1:
		return fmt.Errorf("minutes until a deviation becomes normal: %d: want 1 or more", s.AcceptAfter)
	default:
		return nil
	}
}

// sigmas is how many standard deviations each of three minutes in a row must be
// off so that n series together stay within the budget: the tail probability is
// the budget over all series and minutes, and for minutes that are independent
// about what is expected three in a row have the probability p^3. Three in a row
// also pass over noise with heavy tails, in which bursts of a minute are common.
func (s Settings) sigmas(series int) float64 {
	tail := s.FalseAlarmsPerMonth / (float64(max(series, 1)) * minutesPerMonth)
	return normalQuantile(math.Cbrt(tail))
}

// normalQuantile is how many standard deviations a normal variable exceeds with
// probability p.
func normalQuantile(p float64) float64 { return math.Sqrt2 * math.Erfinv(1-2*p) }
