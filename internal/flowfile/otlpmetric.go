package flowfile

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"time"

	metrics "go.opentelemetry.io/proto/otlp/metrics/v1"

	"github.com/egressor/egressor/internal/model"
)

// flowMetrics are the names of counters of network flows, and what they count.
var flowMetrics = map[string]func(n uint64) model.Counts{
	"obi.network.flow.bytes":     wireBytes,
	"beyla.network.flow.bytes":   wireBytes,
	"obi.network.flow.packets":   packets,
	"beyla.network.flow.packets": packets,
}

// OBI counts on the machine's side of the network stack: headers are among the bytes.
func wireBytes(n uint64) model.Counts { return model.Counts{WireBytes: n} }
func packets(n uint64) model.Counts   { return model.Counts{Packets: n} }

// counter is a cumulative one: what it said when.
type counter struct {
	about attributes
	of    func(uint64) model.Counts
	said  []said
}

// said is a counter's value at a moment, counted since its start.
type said struct {
	start, at time.Time
	value     uint64
}

func (o *otlpReader) metric(about attributes, m *metrics.Metric) error {
	counts, known := flowMetrics[m.GetName()]
	if !known {
		o.capture.LeftOut[leftName]++
		return nil
	}
	sum := m.GetSum()
	if sum == nil || !sum.GetIsMonotonic() {
		return errors.New("it is no counter: want a monotonic sum")
	}
	for n, point := range sum.GetDataPoints() {
		whole := maps.Clone(about)
		whole.add(point.GetAttributes())
		value, err := valueOf(point)
		if err != nil {
			return fmt.Errorf("data point %d: %w", n+1, err)
		}
		s := said{nanoseconds(point.GetStartTimeUnixNano()), nanoseconds(point.GetTimeUnixNano()), value}
		switch sum.GetAggregationTemporality() {
		case metrics.AggregationTemporality_AGGREGATION_TEMPORALITY_DELTA:
			err = o.counted(whole, counts(value), s.start, s.at)
		case metrics.AggregationTemporality_AGGREGATION_TEMPORALITY_CUMULATIVE:
			err = o.said(m.GetName(), whole, counts, s)
		default:
			err = errors.New("it has no aggregation temporality")
		}
		if err != nil {
			return fmt.Errorf("data point %d: %w", n+1, err)
		}
	}
	return nil
}

func valueOf(point *metrics.NumberDataPoint) (uint64, error) {
	switch v := point.GetValue().(type) {
	case *metrics.NumberDataPoint_AsInt:
		if v.AsInt >= 0 {
			return uint64(v.AsInt), nil
		}
	case *metrics.NumberDataPoint_AsDouble:
		const exact = 1 << 53
		if v.AsDouble >= 0 && v.AsDouble <= exact && v.AsDouble == math.Trunc(v.AsDouble) {
			return uint64(v.AsDouble), nil
		}
	}
	return 0, fmt.Errorf("%v is no count", point.GetValue())
}

// said keeps a value of a cumulative counter, after a look at whether it is of a flow.
func (o *otlpReader) said(name string, about attributes, of func(uint64) model.Counts, s said) error {
	if s.at.IsZero() {
		o.capture.LeftOut[leftTime]++
		return nil
	}
	if _, _, why, err := o.flow(about); err != nil || why != "" {
		if why != "" {
			o.capture.LeftOut[why]++
		}
		return err
	}
	id := " " + name + about.id()
	if o.counters[id] == nil {
		o.counters[id] = &counter{about: about, of: of}
	}
	o.counters[id].said = append(o.counters[id].said, s)
	return nil
}

// id tells series apart.
func (a attributes) id() string {
	var id strings.Builder
	for _, name := range slices.Sorted(maps.Keys(a)) {
		fmt.Fprintf(&id, " %q=%q", name, a[name])
	}
	return id.String()
}

// settle makes rows of what cumulative counters grew by, now that all is read.
func (o *otlpReader) settle() error {
	for _, id := range slices.Sorted(maps.Keys(o.counters)) {
		if err := o.grown(o.counters[id]); err != nil {
			return fmt.Errorf("counter%s: %w", id, err)
		}
	}
	for _, report := range o.capture.Reports {
		report.Rows = merged(report.Rows)
	}
	return nil
}

// grown adds what a counter counted between its values. A smaller value, or another
// start, is of a counter that began anew; one that is said twice adds nothing.
func (o *otlpReader) grown(c *counter) error {
	slices.SortStableFunc(c.said, func(a, b said) int { return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.value, b.value)) })
	var before said
	for n, s := range c.said {
		since, grew := before.at, s.value-before.value
		switch restarted := n == 0 || s.value < before.value || s.start.After(before.start) && !before.start.IsZero(); {
		case n > 0 && s.at.Equal(before.at) && s.value == before.value:
			continue
		case restarted && (s.start.IsZero() || s.at.Sub(s.start) > batchMinutes*time.Minute):
			o.capture.LeftOut[leftBegin]++
			before = s
			continue
		case restarted:
			since, grew = s.start, s.value
		}
		if before = s; grew == 0 {
			continue
		}
		if err := o.counted(c.about, c.of(grew), since, s.at); err != nil {
			return err
		}
	}
	return nil
}

func nanoseconds(n uint64) time.Time {
	if n == 0 || n > math.MaxInt64 {
		return time.Time{}
	}
	return time.Unix(0, int64(n)).UTC()
}
