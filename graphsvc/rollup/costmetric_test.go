package rollup

import (
	"fmt"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/testutil"

	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/graphsvc/minute"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

func costly(namespace string, nano int64, row, unpriced string) minute.Computed {
	key := model.EdgeKey{
		Source:    model.Identity{Kind: model.KindWorkload, Namespace: namespace, Name: "web"},
		Initiator: model.InitiatorSource,
	}
	return minute.Computed{
		Edges: []model.PricedEdge{{EdgeMinute: model.EdgeMinute{Key: key}}},
		Statement: pricing.Statement{Currency: "USD", Lines: []pricing.Line{
			{Edge: key.ID(), Bytes: 9, Amount: money.FromNano(nano), PriceRow: row, Unpriced: unpriced},
		}},
	}
}

func TestCostIsCountedByNamespaceAndClass(t *testing.T) {
	registry := prometheus.NewRegistry()
	m := newCostMetric(registry)
	for _, computed := range []minute.Computed{
		costly("shop", 1_500_000_000, "internet/us-east-1", ""), costly("shop", 500_000_000, "internet/us-east-1", ""),
		costly("shop", 1, "our-own-name", ""), costly("search", 0, "", "no sourced price"), costly("search", 0, "", ""),
	} {
		m.add(&computed)
	}
	want := `
# HELP egressor_transfer_cost_total Cost in currency units of minutes folded for the first time, by namespace of who opened the connection and by class of price. Rounded; statements are exact.
# TYPE egressor_transfer_cost_total counter
egressor_transfer_cost_total{class="internet",currency="USD",namespace="shop"} 2
egressor_transfer_cost_total{class="other",currency="USD",namespace="shop"} 1e-09
# HELP egressor_transfer_unpriced_bytes_total Billed bytes of minutes folded for the first time that have no sourced price, by namespace of who opened the connection.
# TYPE egressor_transfer_unpriced_bytes_total counter
egressor_transfer_unpriced_bytes_total{namespace="search"} 9
`
	if err := testutil.GatherAndCompare(registry, strings.NewReader(want)); err != nil {
		t.Error(err)
	}
}

func TestTheNumberOfNamespacesIsBounded(t *testing.T) {
	registry := prometheus.NewRegistry()
	m := newCostMetric(registry)
	for n := range 3 * mostNamespaces {
		computed := costly(fmt.Sprintf("n%d", n), 1_000_000_000, "nat/us-east-1", "")
		m.add(&computed)
	}
	if series := testutil.CollectAndCount(m.cost); series != mostNamespaces+1 {
		t.Errorf("%d series, want %d", series, mostNamespaces+1)
	}
	if other := testutil.ToFloat64(m.cost.WithLabelValues(otherNamespace, "nat", "USD")); other != 2*mostNamespaces {
		t.Errorf("the others cost %v, want %d", other, 2*mostNamespaces)
	}
}
