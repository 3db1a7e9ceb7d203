package query

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/egressor/egressor/graphsvc/access"
	"github.com/egressor/egressor/graphsvc/filter"
	"github.com/egressor/egressor/internal/model"
)

// AreaKind is what ends are put together by.
type AreaKind int

// Kinds of areas.
const (
	// NamespaceArea is a Kubernetes namespace of a cluster.
	NamespaceArea AreaKind = iota
	// ZoneArea is an availability zone of a region.
	ZoneArea
)

// MaxAreas is how many areas are listed at most.
const MaxAreas = 2000

// AreaKey tells areas of one kind apart.
type AreaKey struct {
	// Of is the cluster or the region, "" where it is not known.
	Of, Name string
}

// Area is a namespace or a zone with its traffic in a window. Each byte of a
// transfer that has an end in it is in exactly one of Out, In and Inside.
type Area struct {
	Kind AreaKind
	AreaKey
	// Ends is how many nodes of the graph in it had traffic.
	Ends                   int
	Out, In, Inside, Total Sum
}

// AreasAsk is a question for the areas of a window.
type AreasAsk struct {
	Ask
	Kind  AreaKind
	Order Order
	// Limit is how many are listed, 1 to MaxAreas.
	Limit int
}

// Areas are those of a window.
type Areas struct {
	Window  Window
	Version *model.GraphVersion
	// Listed come largest first; Count is how many there are.
	Listed []Area
	Count  int
	// Total is the whole window, Rest what has no end in a listed area.
	Total, Rest Sum
	Currency    string
}

// Areas puts the transfers of a window together by the namespaces or zones of
// their ends. Namespaces are those that the asker may see; of a zone the sums are
// of the transfers that the asker may see.
func (e *Explorer) Areas(ctx context.Context, ask AreasAsk) (*Areas, error) {
	if err := within(ask.Limit, MaxAreas, "%d areas"); err != nil {
		return nil, err
	}
	graph, err := e.Transfers(ctx, ask.Ask, "", ask.Order)
	if err != nil {
		return nil, err
	}
	if graph.Version == nil {
		return nil, nothingFolded()
	}
	gathered, err := gatherAreas(graph.Transfers, ask.Kind, access.From(ctx))
	if err != nil {
		return nil, err
	}
	all := sortedAreas(gathered, ask.Order)
	listed := all[:min(ask.Limit, len(all))]
	rest, err := outsideOf(graph.Transfers, listed, ask.Kind)
	return &Areas{
		Window: graph.Window, Version: graph.Version, Listed: listed, Count: len(all), Total: graph.Total, Rest: rest, Currency: graph.Currency,
	}, err
}

// Area is one area by its kind and key, in the newest hour; nil where it has no
// traffic there that the asker may see.
func (e *Explorer) Area(ctx context.Context, kind AreaKind, key AreaKey) (*Area, string, error) {
	only := (&Area{Kind: kind, AreaKey: key}).Filter()
	found, err := e.Areas(ctx, AreasAsk{Ask: Ask{Filter: only}, Kind: kind, Limit: MaxAreas})
	if err != nil {
		return nil, "", err
	}
	for i := range found.Listed {
		if found.Listed[i].AreaKey == key {
			return &found.Listed[i], found.Currency, nil
		}
	}
	return nil, "", nil
}

// Filter is what keeps the transfers that have an end in the area, in the filter
// language.
func (a *Area) Filter() string {
	of, name := "cluster", "namespace"
	if a.Kind == ZoneArea {
		of, name = "region", "zone"
	}
	one := func(side filter.Side) string {
		return fmt.Sprintf("%s.%s=%s %s.%s=%s", side, of, filter.Quoted(a.Of), side, name, filter.Quoted(a.Name))
	}
	return one(filter.Source) + " or " + one(filter.Destination)
}

// areaOf is the area that one end of a transfer is in; false where it is in none.
func areaOf(kind AreaKind, end *model.Identity, place *model.Place) (AreaKey, bool) {
	if kind == ZoneArea {
		return AreaKey{place.Region, place.Zone}, place.Zone != ""
	}
	return AreaKey{end.Cluster, end.Namespace}, end.Kind == model.KindWorkload && end.Namespace != ""
}

// areasOf are those of both ends.
func areasOf(kind AreaKind, k *model.EdgeKey) (from, to AreaKey, hasFrom, hasTo bool) {
	from, hasFrom = areaOf(kind, &k.Source, &k.SourcePlace)
	to, hasTo = areaOf(kind, &k.Destination, &k.DestinationPlace)
	return from, to, hasFrom, hasTo
}

// gathering is an area while it is added up.
type gathering struct {
	Area
	ends map[model.Identity]struct{}
}

func gatherAreas(transfers []Transfer, kind AreaKind, who access.Principal) (map[AreaKey]*gathering, error) {
	areas := map[AreaKey]*gathering{}
	at := func(key AreaKey, end model.Identity) *gathering {
		g := areas[key]
		if g == nil {
			g = &gathering{Area{Kind: kind, AreaKey: key}, map[model.Identity]struct{}{}}
			areas[key] = g
		}
		g.ends[end] = struct{}{}
		return g
	}
	seen := func(key AreaKey) bool { return kind == ZoneArea || who.Sees(key.Of, key.Name) }
	for i := range transfers {
		t := &transfers[i]
		from, to, hasFrom, hasTo := areasOf(kind, &t.Key)
		hasFrom, hasTo = hasFrom && seen(from), hasTo && seen(to)
		var sums []*Sum
		if hasFrom {
			g := at(from, t.Key.Source)
			if sums = append(sums, &g.Total, &g.Out); hasTo && from == to {
				sums[1] = &g.Inside
			}
		}
		if hasTo {
			if g := at(to, t.Key.Destination); !hasFrom || from != to {
				sums = append(sums, &g.Total, &g.In)
			}
		}
		for _, sum := range sums {
			if err := sum.take(t); err != nil {
				return nil, err
			}
		}
	}
	return areas, nil
}

// take adds a transfer to the sum.
func (s *Sum) take(t *Transfer) (err error) {
	s.Transfers++
	s.Bytes += t.Sent.WireBytes
	s.Cost, err = s.Cost.Add(t.Cost)
	return err
}

// sortedAreas come largest first, equals by key.
func sortedAreas(gathered map[AreaKey]*gathering, order Order) []Area {
	areas := make([]Area, 0, len(gathered))
	for _, g := range gathered {
		g.Ends = len(g.ends)
		areas = append(areas, g.Area)
	}
	slices.SortFunc(areas, func(a, b Area) int {
		byCost, byBytes := b.Total.Cost.Cmp(a.Total.Cost), cmp.Compare(b.Total.Bytes, a.Total.Bytes)
		if order == ByBytes {
			byCost, byBytes = byBytes, byCost
		}
		return cmp.Or(byCost, byBytes, cmp.Compare(a.Of, b.Of), cmp.Compare(a.Name, b.Name))
	})
	return areas
}

// outsideOf sums the transfers without an end in any of the areas.
func outsideOf(transfers []Transfer, areas []Area, kind AreaKind) (Sum, error) {
	listed := make(map[AreaKey]bool, len(areas))
	for i := range areas {
		listed[areas[i].AreaKey] = true
	}
	var rest Sum
	for i := range transfers {
		from, to, hasFrom, hasTo := areasOf(kind, &transfers[i].Key)
		if hasFrom && listed[from] || hasTo && listed[to] {
			continue
		}
		if err := rest.take(&transfers[i]); err != nil {
			return Sum{}, err
		}
	}
	return rest, nil
}
