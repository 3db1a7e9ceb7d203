package rollup

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/egressor/egressor/graphsvc/attribution"
	"github.com/egressor/egressor/internal/model"
)

type metrics struct {
	failures prometheus.Counter
	versions *prometheus.CounterVec
	seconds  prometheus.Histogram
	lag      prometheus.Gauge
	bytes    prometheus.Counter
	unknown  prometheus.Counter
	silent   prometheus.Counter
	border   prometheus.Counter
	leading  prometheus.Gauge
	// unchanged counts minutes computed again for late facts, with the same outcome.
	unchanged prometheus.Counter
	cost      costMetric
}

func newMetrics(registry *prometheus.Registry) metrics {
	m := metrics{
		failures: prometheus.NewCounter(prometheus.CounterOpts{Name: "egressor_rollup_failures_total", Help: "Folds that failed and were tried again."}),
		versions: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "egressor_rollup_versions_total", Help: "Graph versions committed, by kind."}, []string{"kind"}),
		seconds: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "egressor_rollup_fold_seconds", Help: "Time from reading a minute to its version being committed.",
			Buckets: prometheus.ExponentialBuckets(0.01, 2, 14),
		}),
		lag:     prometheus.NewGauge(prometheus.GaugeOpts{Name: "egressor_rollup_lag_seconds", Help: "Time from the end of the minute folded last to its commit."}),
		bytes:   prometheus.NewCounter(prometheus.CounterOpts{Name: "egressor_rollup_wire_bytes_total", Help: "Wire bytes of minutes folded for the first time."}),
		unknown: prometheus.NewCounter(prometheus.CounterOpts{Name: "egressor_rollup_unknown_bytes_total", Help: "Share of the wire bytes with an unknown end."}),
		cost:    newCostMetric(registry),
		leading: prometheus.NewGauge(prometheus.GaugeOpts{Name: "egressor_rollup_leading", Help: "1 while this service holds the lease and folds, 0 while it stands by."}),
	}
	m.unchanged = prometheus.NewCounter(prometheus.CounterOpts{
		Name: "egressor_rollup_unchanged_total", Help: "Minutes computed again because facts became known late, with the same outcome: no version was made.",
	})
	m.silent = prometheus.NewCounter(prometheus.CounterOpts{
		Name: "egressor_rollup_sender_silent_bytes_total", Help: "Share of the wire bytes that their receivers alone reported although the sender's node reported in full.",
	})
	m.border = prometheus.NewCounter(prometheus.CounterOpts{
		Name: "egressor_rollup_sender_silent_border_bytes_total", Help: "Share of the sender-silent bytes next to a minute's start or end: at most these are counted in two minutes.",
	})
	registry.MustRegister(m.silent, m.border, m.unchanged, m.failures, m.versions, m.seconds, m.lag, m.bytes, m.unknown, m.leading)
	return m
}

func (m metrics) folded(version model.GraphVersion, check attribution.Check, took, lag time.Duration) {
	m.versions.WithLabelValues(string(version.Kind)).Inc()
	m.seconds.Observe(took.Seconds())
	if version.Kind != model.VersionFold {
		return
	}
	m.lag.Set(lag.Seconds())
	m.bytes.Add(float64(version.Totals.Sent.WireBytes))
	m.unknown.Add(float64(version.Totals.UnknownBytes))
	m.silent.Add(float64(check.SenderSilentBytes))
	m.border.Add(float64(check.SilentAtBorderBytes))
}
