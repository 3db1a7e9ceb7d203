package rollup

import (
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/costsvc/transferclass"
	"github.com/egressor/egressor/graphsvc/minute"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

const (
	// mostNamespaces bounds the label; what comes later is counted as otherNamespace.
	mostNamespaces = 200
	otherNamespace = "(other)"

	nanoPerUnit = 1_000_000_000
)

// costMetric counts what minutes cost, for alerts. It is rounded, and what was
// refolded or repriced afterwards does not correct it: statements are exact.
type costMetric struct {
	cost, unpriced *prometheus.CounterVec
	namespaces     map[string]bool
}

func newCostMetric(registry *prometheus.Registry) costMetric {
	labels := []string{"namespace", "class", "currency"}
	m := costMetric{
		cost: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "egressor_transfer_cost_total",
			Help: "Cost in currency units of minutes folded for the first time, by namespace of who opened the connection and by class of price. Rounded; statements are exact.",
		}, labels),
		unpriced: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "egressor_transfer_unpriced_bytes_total",
			Help: "Billed bytes of minutes folded for the first time that have no sourced price, by namespace of who opened the connection.",
		}, labels[:1]),
		namespaces: map[string]bool{},
	}
	registry.MustRegister(m.cost, m.unpriced)
	return m
}

// add counts a minute's charge lines.
func (m costMetric) add(computed *minute.Computed) {
	type series struct{ namespace, class string }
	namespaces := make(map[model.EdgeID]string, len(computed.Edges))
	for i := range computed.Edges {
		key := &computed.Edges[i].Key
		namespaces[key.ID()] = m.bounded(causer(key).Namespace)
	}
	costs := map[series]*money.Accumulator{}
	for i := range computed.Statement.Lines {
		line := &computed.Statement.Lines[i]
		if line.Unpriced != "" {
			m.unpriced.WithLabelValues(namespaces[line.Edge]).Add(float64(line.Bytes))
			continue
		}
		if line.Amount.IsZero() {
			continue
		}
		at := series{namespaces[line.Edge], classOf(line)}
		if costs[at] == nil {
			costs[at] = &money.Accumulator{}
		}
		costs[at].Add(line.Amount)
	}
	for at, total := range costs {
		amount, err := total.Amount()
		nano, fits := amount.Nano()
		if err != nil || !fits || nano < 0 {
			continue // beyond nine billion a minute: the statement says so
		}
		m.cost.WithLabelValues(at.namespace, at.class, string(computed.Statement.Currency)).Add(float64(nano) / nanoPerUnit)
	}
}

// causer is the end that opened the connection, the zero identity where unknown.
func causer(key *model.EdgeKey) model.Identity {
	switch key.Initiator {
	case model.InitiatorSource:
		return key.Source
	case model.InitiatorDestination:
		return key.Destination
	default:
		return model.Identity{}
	}
}

func (m costMetric) bounded(namespace string) string {
	if m.namespaces[namespace] {
		return namespace
	}
	if len(m.namespaces) >= mostNamespaces {
		return otherNamespace
	}
	m.namespaces[namespace] = true
	return namespace
}

// classOf is the fee in the name of the price row, such as internet or nat;
// "other" for rows that a book names otherwise.
func classOf(line *pricing.Line) string {
	name, _, _ := strings.Cut(line.PriceRow, "/")
	if _, ok := transferclass.ParseFee(name); ok {
		return name
	}
	return "other"
}

// counted counts a version, and once per minute what it cost.
func (l *Loop) counted(version model.GraphVersion, computed *minute.Computed, took, lag time.Duration) {
	l.metrics.folded(version, computed.Check, took, lag)
	if version.Kind == model.VersionFold {
		l.metrics.cost.add(computed)
	}
}
