package query_test

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/egressor/egressor/graphsvc/access"
	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/graphsvc/query/doubles"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// places are transfers between namespaces and zones, some of them the same, some
// of none.
func places(t *rapid.T) []query.Transfer {
	names, zones := []string{"shop", "data", "vault"}, []string{"az1", "az2", ""}
	ids := map[model.EdgeID]bool{}
	var transfers []query.Transfer
	for n := range rapid.IntRange(1, 20).Draw(t, "transfers") {
		made := doubles.Transfer(fmt.Sprint("from", n%4), fmt.Sprint("to", n%3), uint64(1+n*n), int64(1+n))
		k := &made.Key
		k.Source.Namespace, k.Destination.Namespace = rapid.SampledFrom(names).Draw(t, "from"), rapid.SampledFrom(names).Draw(t, "to")
		k.SourcePlace.Zone, k.DestinationPlace.Zone = rapid.SampledFrom(zones).Draw(t, "zone"), rapid.SampledFrom(zones).Draw(t, "to zone")
		if rapid.Bool().Draw(t, "outside") {
			k.Destination = model.Identity{Kind: model.KindCloudEndpoint, Type: "s3", Region: "eu-west-1", Name: "s3"}
		}
		if made.ID = k.ID(); !ids[made.ID] {
			ids[made.ID] = true
			transfers = append(transfers, made)
		}
	}
	return transfers
}

func areasOver(transfers []query.Transfer) *query.Explorer {
	graphs := &doubles.Graphs{Kept: []model.GraphVersion{doubles.Version(4)}, Edges: map[uint64][]query.Transfer{4: transfers}}
	return query.New(query.Dependencies{
		Graphs: graphs, Series: &doubles.Series{}, Layout: &doubles.Layout{}, Sources: doubles.Sources{}, Clock: doubles.Clock(doubles.Epoch.Add(time.Hour)),
	})
}

// TestAreasAddUp: of each area the three sums are its total, and the total is what
// its own filter keeps; what comes out of areas and goes into others is the same.
func TestAreasAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		explorer := areasOver(places(t))
		for _, kind := range []query.AreaKind{query.NamespaceArea, query.ZoneArea} {
			limit := rapid.IntRange(1, 3).Draw(t, "limit")
			found, err := explorer.Areas(t.Context(), query.AreasAsk{Kind: kind, Limit: limit})
			if err != nil {
				t.Fatal(err)
			}
			for i := range found.Listed {
				a := &found.Listed[i]
				if sum := added(t, a.Out, a.In, a.Inside); sum != a.Total {
					t.Errorf("%v: %v, want %v", a.AreaKey, sum, a.Total)
				}
				same, err := explorer.Transfers(t.Context(), query.Ask{Filter: a.Filter()}, "", query.ByCost)
				if err != nil || same.Total != a.Total {
					t.Errorf("%s: %v, %v, want %v", a.Filter(), same.Total, err, a.Total)
				}
				one, _, err := explorer.Area(t.Context(), kind, a.AreaKey)
				if err != nil || one == nil || *one != *a {
					t.Errorf("%v by itself: %v, %v, want %v", a.AreaKey, one, err, a)
				}
			}
			if found.Count <= limit && kind == query.NamespaceArea && found.Rest.Transfers != 0 {
				t.Errorf("every transfer has an end in a namespace, and %d have none", found.Rest.Transfers)
			}
		}
	})
}

func added(t *rapid.T, sums ...query.Sum) (total query.Sum) {
	for _, s := range sums {
		total.Transfers, total.Bytes = total.Transfers+s.Transfers, total.Bytes+s.Bytes
		var err error
		if total.Cost, err = total.Cost.Add(s.Cost); err != nil {
			t.Fatal(err)
		}
	}
	return total
}

// TestAreasOfOthers: another's namespace is not listed where a transfer of the
// asker's ends in it; what the two exchange is seen as the asker's.
func TestAreasOfOthers(t *testing.T) {
	between := doubles.Transfer("web", "db", 500, 7)
	between.Key.Destination.Namespace = "vault"
	between.ID = between.Key.ID()
	explorer := areasOver([]query.Transfer{between})
	ann := person(t, "ann", access.Viewer, "lab/"+between.Key.Source.Namespace)
	found, err := explorer.Areas(ann, query.AreasAsk{Kind: query.NamespaceArea, Limit: 10})
	check(t, err)
	want := query.Sum{Transfers: 1, Bytes: 500, Cost: money.FromNano(7)}
	if len(found.Listed) != 1 || found.Listed[0].Name != between.Key.Source.Namespace || found.Listed[0].Out != want {
		t.Errorf("%+v", found.Listed)
	}
	if hidden, _, err := explorer.Area(ann, query.NamespaceArea, query.AreaKey{Of: "lab", Name: "vault"}); hidden != nil || err != nil {
		t.Errorf("vault is told: %+v, %v", hidden, err)
	}
}
