package watch

import "github.com/prometheus/client_golang/prometheus"

type metrics struct {
	failures      *prometheus.CounterVec
	read, objects *prometheus.GaugeVec
	gaps          prometheus.Gauge
}

func newMetrics(registry *prometheus.Registry) *metrics {
	m := &metrics{
		failures: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "egressor_cloud_inventory_failures_total", Help: "Times a cloud inventory could not be read; what it said before holds.",
		}, []string{"source"}),
		read: prometheus.NewGaugeVec(prometheus.GaugeOpts{
			Name: "egressor_cloud_inventory_read_timestamp_seconds", Help: "When a cloud inventory was last read in full, as Unix time.",
		}, []string{"source"}),
		objects: prometheus.NewGaugeVec(prometheus.GaugeOpts{
			Name: "egressor_cloud_inventory_objects", Help: "Objects in the last reading of a cloud inventory.",
		}, []string{"source"}),
		gaps: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "egressor_cloud_inventory_gaps", Help: "Things that the cloud inventories do not say and paths need.",
		}),
	}
	registry.MustRegister(m.failures, m.read, m.objects, m.gaps)
	return m
}
