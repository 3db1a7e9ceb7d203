package kube

import "github.com/prometheus/client_golang/prometheus"

// metrics are the watcher's, by cluster and resource.
type metrics struct {
	watching, heard, objects *prometheus.GaugeVec
	lists, failures          *prometheus.CounterVec
	facts, notRecorded       *prometheus.CounterVec
	skew                     *prometheus.GaugeVec
}

func newMetrics(registry *prometheus.Registry) *metrics {
	resource := []string{"cluster", "resource"}
	gauge := func(name, help string, labels ...string) *prometheus.GaugeVec {
		return prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "egressor_kube_" + name, Help: help}, labels)
	}
	counter := func(name, help string, labels ...string) *prometheus.CounterVec {
		return prometheus.NewCounterVec(prometheus.CounterOpts{Name: "egressor_kube_" + name, Help: help}, labels)
	}
	m := &metrics{
		watching:    gauge("watching", "1 where a resource is watched or the cluster does not have it, 0 where there is a gap.", resource...),
		heard:       gauge("heard_timestamp_seconds", "When everything that had happened to a resource was last known.", resource...),
		objects:     gauge("objects", "Objects of a resource that there are.", resource...),
		lists:       counter("lists_total", "Times all objects were listed: once, and once more for each watch that could not be resumed.", resource...),
		failures:    counter("failures_total", "Lists and watches that failed.", resource...),
		facts:       counter("facts_total", "Facts that were recorded.", "cluster"),
		notRecorded: counter("facts_not_recorded_total", "Times facts could not be recorded; they are kept and tried again.", "cluster"),
		skew:        gauge("clock_skew_seconds", "The API server's clock minus this process's, to the second.", "cluster"),
	}
	registry.MustRegister(m.watching, m.heard, m.objects, m.lists, m.failures, m.facts, m.notRecorded, m.skew)
	return m
}
