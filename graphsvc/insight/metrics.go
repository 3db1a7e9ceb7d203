package insight

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

type metrics struct {
	failures, incidents           prometheus.Counter
	open, series, recommendations prometheus.Gauge
	seconds, searched, inquired   prometheus.Histogram
}

func newMetrics(registry *prometheus.Registry) metrics {
	name := func(n string) string { return "egressor_insight_" + n }
	m := metrics{
		failures:        prometheus.NewCounter(prometheus.CounterOpts{Name: name("failures_total"), Help: "Steps that failed and are tried again."}),
		incidents:       prometheus.NewCounter(prometheus.CounterOpts{Name: name("incidents_total"), Help: "Incidents that began."}),
		open:            prometheus.NewGauge(prometheus.GaugeOpts{Name: name("open_incidents"), Help: "Incidents that last."}),
		series:          prometheus.NewGauge(prometheus.GaugeOpts{Name: name("series"), Help: "Series with a baseline."}),
		recommendations: prometheus.NewGauge(prometheus.GaugeOpts{Name: name("recommendations"), Help: "Recommendations that are made now."}),
		seconds:         prometheus.NewHistogram(prometheus.HistogramOpts{Name: name("step_seconds"), Help: "How long a step took, detection and explanation.", Buckets: prometheus.DefBuckets}),
		searched:        prometheus.NewHistogram(prometheus.HistogramOpts{Name: name("search_seconds"), Help: "How long a search for savings took, which runs beside detection.", Buckets: []float64{0.1, 0.3, 1, 3, 10, 30, 100}}),
		inquired:        prometheus.NewHistogram(prometheus.HistogramOpts{Name: name("investigation_seconds"), Help: "How long an investigation by rule took, which runs beside detection.", Buckets: []float64{0.03, 0.1, 0.3, 1, 2, 5, 20, 60}}),
	}
	if registry != nil {
		registry.MustRegister(m.failures, m.incidents, m.open, m.series, m.recommendations, m.seconds, m.searched, m.inquired)
	}
	return m
}

func (m *metrics) took(d time.Duration, series int) {
	m.seconds.Observe(d.Seconds())
	m.series.Set(float64(series))
}
