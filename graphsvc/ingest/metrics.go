package ingest

import (
	"github.com/prometheus/client_golang/prometheus"
)

// Outcomes of a batch.
const (
	outcomeStored    = "stored"
	outcomeRepeated  = "repeated"  // stored before, acknowledged again
	outcomeMalformed = "malformed" // refused for what it holds
	outcomeConflict  = "conflict"  // refused: its key was stored with other content
	outcomeBusy      = "busy"      // pushed back: no room
	outcomeFailed    = "failed"    // the store failed; the agent sends again
)

type metrics struct {
	batches *prometheus.CounterVec
	flows   prometheus.Counter
	bytes   prometheus.Counter
	streams prometheus.Gauge
	offset  *prometheus.GaugeVec
	// strangers called without an agent's token.
	strangers prometheus.Counter
}

func newMetrics(registry prometheus.Registerer) *metrics {
	m := &metrics{
		batches: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "egressor_ingest_batches_total", Help: "Batches received, by what became of them.",
		}, []string{"outcome"}),
		flows: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "egressor_ingest_flows_total", Help: "Flow rows stored.",
		}),
		bytes: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "egressor_ingest_received_bytes_total", Help: "Encoded bytes of batches received.",
		}),
		streams: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "egressor_ingest_streams", Help: "Agents connected.",
		}),
		offset: prometheus.NewGaugeVec(prometheus.GaugeOpts{
			Name: "egressor_ingest_lag_seconds", Help: "Arrival of an agent's last batch minus the end of the time that it covers; below zero the agent's clock is fast.",
		}, []string{"cluster", "node"}),
		strangers: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "egressor_ingest_strangers_total", Help: "Calls refused for want of an agent's token.",
		}),
	}
	registry.MustRegister(m.batches, m.flows, m.bytes, m.streams, m.offset, m.strangers)
	for _, outcome := range []string{outcomeStored, outcomeRepeated, outcomeMalformed, outcomeConflict, outcomeBusy, outcomeFailed} {
		m.batches.WithLabelValues(outcome)
	}
	return m
}
