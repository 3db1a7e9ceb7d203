package flowstore_test

import (
	"fmt"
	"math/big"
	"testing"

	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/graphsvc/access"
	"github.com/egressor/egressor/graphsvc/flowstore"
	"github.com/egressor/egressor/internal/clickhouse/clickhousetest"
	"github.com/egressor/egressor/internal/model"
)

// TestReachIsWhatScopesHold: ClickHouse keeps the edges that access.Scope.Holds
// keeps, for every pair of ends and every scope.
func TestReachIsWhatScopesHold(t *testing.T) {
	db := clickhousetest.Migrated(t)
	store := flowstore.New(db)
	workload := func(cluster, namespace string) model.Identity {
		return model.Identity{Kind: model.KindWorkload, Cluster: cluster, Namespace: namespace, Type: "Deployment", Name: "a"}
	}
	ends := []model.Identity{
		workload("prod", "shop"), workload("prod", "pay"), workload("dev", "shop"), workload("a/b%", "*"),
		{Kind: model.KindNode, Cluster: "prod", Name: "shop"},
		{Kind: model.KindCloudEndpoint, Type: "prod", Region: "shop", Name: "s3"}, model.Unknown(model.UnknownAddress),
	}
	var edges []model.PricedEdge
	var version model.GraphVersion
	for i, source := range ends {
		for _, destination := range ends[i:] {
			edge := model.PricedEdge{EdgeMinute: model.EdgeMinute{Minute: minute, Key: model.EdgeKey{Source: source, Destination: destination}}}
			edge.Sent.WireBytes = 1 << len(edges)
			edges = append(edges, edge)
		}
	}
	version.Number, version.From, version.To = 1, minute, minute+1
	if err := store.WriteVersion(t.Context(), version, edges, pricing.Statement{}); err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"prod/shop", "*/shop", "prod/*", "dev/pay", "prod/prod", "s3/shop", "a%2Fb%25/*"} {
		scope, err := access.ParseScope(text)
		if err != nil {
			t.Fatal(err)
		}
		if scope.Cluster == "a%2Fb%25" {
			scope.Cluster = "a/b%" // a name as it is, which ParseScope does not take
		}
		var want uint64
		for _, edge := range edges {
			if scope.Holds(edge.Key.Source.Cluster, edge.Key.Source.Namespace) || scope.Holds(edge.Key.Destination.Cluster, edge.Key.Destination.Namespace) {
				want += edge.Sent.WireBytes
			}
		}
		found, err := store.Totals(t.Context(), flowstore.Window{From: minute, To: minute + 1, Version: 1}, flowstore.Subject{Reach: []access.Scope{scope}})
		if err != nil || len(found) != 1 {
			t.Fatalf("%s: %v, %d minutes", text, err, len(found))
		}
		if found[0].Bytes != want {
			t.Errorf("%s keeps the edges %s, want %s", text, bits(found[0].Bytes), bits(want))
		}
	}
}

func bits(n uint64) string { return fmt.Sprintf("%028b", new(big.Int).SetUint64(n)) }
