package attribution

import (
	"math"
	"time"

	"github.com/egressor/egressor/internal/model"
)

// span is a half-open interval in microseconds since the Unix epoch, with the
// open ends of model.Period as the extreme values. Integers sort and compare
// faster than time.Time, and every address look-up compares them.
type span struct {
	from, to int64
}

const (
	sinceEver = math.MinInt64
	forEver   = math.MaxInt64
)

func spanOf(p model.Period) span {
	s := span{from: sinceEver, to: forEver}
	if !p.From.IsZero() {
		s.from = p.From.UnixMicro()
	}
	if !p.To.IsZero() {
		s.to = p.To.UnixMicro()
	}
	return s
}

// windowSpan is the time that a row counted in, at least one microsecond long.
func windowSpan(start time.Time, length time.Duration) span {
	from := start.UnixMicro()
	return span{from: from, to: max(from+1, start.Add(length).UnixMicro())}
}

func (s span) overlaps(other span) bool { return s.from < other.to && other.from < s.to }

func (s span) contains(at int64) bool { return s.from <= at && at < s.to }

func (s span) empty() bool { return s.from >= s.to }
