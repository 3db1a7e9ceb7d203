package insight

import (
	"testing"

	"github.com/egressor/egressor/graphsvc/baseline"
	"github.com/egressor/egressor/graphsvc/filter"
	"github.com/egressor/egressor/internal/model"
)

// A series' filter is read by the language and means the ends it was made of, also
// where an id holds what the language reads as something else.
func TestASeriesHasAFilter(t *testing.T) {
	search := model.Identity{Kind: model.KindWorkload, Cluster: "lab", Namespace: "shop", Type: "Deployment", Name: "search"}
	odd := model.Identity{Kind: model.KindCloudEndpoint, Type: "internet", Name: `a b "c*" (d) -> e`}
	flow := func(to model.Identity, protocol model.Protocol) baseline.Scope {
		return baseline.Scope{Kind: baseline.ScopeFlow, Flow: baseline.Flow{Source: search, Destination: to, ServerPort: 443, Protocol: protocol, Initiator: model.InitiatorDestination}}
	}
	for _, c := range []struct {
		scope baseline.Scope
		want  string
	}{
		{flow(search, model.TCP), "source.id=w/lab/shop/Deployment/search destination.id=w/lab/shop/Deployment/search port=443 protocol=tcp initiator=destination"},
		{flow(odd, model.Protocol(200)), "source.id=w/lab/shop/Deployment/search destination.id=" + filter.Quoted(odd.ID()) + " port=443 protocol=ip-200 initiator=destination"},
		{baseline.Scope{Kind: baseline.ScopeWorkload, Name: search.ID()}, "source.id=w/lab/shop/Deployment/search"},
		{baseline.Scope{Kind: baseline.ScopeEndpoint, Name: odd.ID()}, "id=" + filter.Quoted(odd.ID())},
		{baseline.Scope{Kind: baseline.ScopeClass, Name: baseline.ClassCrossZone}, ""},
		{baseline.Scope{Kind: baseline.ScopeCharge, Name: "NatGateway-Bytes"}, ""},
	} {
		got := filterOf(c.scope)
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.scope, got, c.want)
		}
		if _, err := filter.Parse(got); err != nil {
			t.Errorf("%s: %q is not read: %v", c.scope, got, err)
		}
	}
}
