package uplink

import "github.com/prometheus/client_golang/prometheus"

type metrics struct {
	sent, released, refused, setAside, breaks prometheus.Counter
	connected                                 prometheus.Gauge
}

func newMetrics(registry prometheus.Registerer) *metrics {
	counter := func(name, help string) prometheus.Counter {
		c := prometheus.NewCounter(prometheus.CounterOpts{Name: "egressor_uplink_" + name, Help: help})
		registry.MustRegister(c)
		return c
	}
	m := &metrics{
		sent:     counter("sent_batches_total", "Batches sent, repeats included."),
		released: counter("released_batches_total", "Batches that the ingest answered as durable."),
		refused:  counter("refused_batches_total", "Refusals of a batch by the ingest."),
		setAside: counter("set_aside_batches_total", "Batches given up after repeated refusals and reported as lost."),
		breaks:   counter("breaks_total", "Connections that ended in an error."),
		connected: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "egressor_uplink_connected", Help: "1 while a stream to the ingest is open.",
		}),
	}
	registry.MustRegister(m.connected)
	return m
}
