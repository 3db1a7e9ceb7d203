package app

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/egressor/egressor/agent/metering"
)

type metrics struct {
	rows, counters, wireBytes prometheus.Counter
	odd, failed               *prometheus.CounterVec
	living, took              prometheus.Gauge
}

func newMetrics(registry prometheus.Registerer) *metrics {
	counter := func(name, help string) prometheus.Counter {
		return prometheus.NewCounter(prometheus.CounterOpts{Name: "egressor_agent_" + name, Help: help})
	}
	m := &metrics{
		rows:      counter("flow_rows_total", "Flow rows metered."),
		counters:  counter("counters_read_total", "Kernel counters read."),
		wireBytes: counter("wire_bytes_total", "Wire bytes metered, both directions."),
		odd: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "egressor_agent_odd_counters_total", Help: "Counters that fell, were reused, vanished or came late.",
		}, []string{"kind"}),
		failed: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "egressor_agent_failures_total", Help: "Windows whose reading or spooling failed and was put off.",
		}, []string{"step"}),
		living: prometheus.NewGauge(prometheus.GaugeOpts{Name: "egressor_agent_counters", Help: "Counters remembered."}),
		took:   prometheus.NewGauge(prometheus.GaugeOpts{Name: "egressor_agent_window_seconds", Help: "Time that the last window took to read, meter and spool."}),
	}
	registry.MustRegister(m.rows, m.counters, m.wireBytes, m.odd, m.failed, m.living, m.took)
	return m
}

func (m *metrics) observe(counted metering.Result, living int, took time.Duration) {
	m.rows.Add(float64(len(counted.Rows)))
	m.counters.Add(float64(counted.Stats.Counters))
	for i := range counted.Rows {
		m.wireBytes.Add(float64(counted.Rows[i].Sent.WireBytes + counted.Rows[i].Received.WireBytes))
	}
	for kind, n := range map[string]uint64{
		"reset": counted.Stats.Reset, "reused": counted.Stats.Reused,
		"vanished": counted.Stats.Vanished, "stale": counted.Stats.Stale,
	} {
		m.odd.WithLabelValues(kind).Add(float64(n))
	}
	m.living.Set(float64(living))
	m.took.Set(took.Seconds())
}
