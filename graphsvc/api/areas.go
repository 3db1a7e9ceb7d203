package api

import (
	"context"

	"github.com/egressor/egressor/graphsvc/api/gqlmodel"
	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/internal/model"
)

const defaultAreas = 100

// areaForms are how ids of areas begin.
var areaForms = map[query.AreaKind]string{query.NamespaceArea: "ns", query.ZoneArea: "z"}

func (r *Resolver) areas(ctx context.Context, kind query.AreaKind, window *gqlmodel.Window, order *gqlmodel.TransferOrder, first *int) (*query.Areas, error) {
	ask, err := askOf(window)
	if err != nil {
		return nil, err
	}
	return r.explorer.Areas(ctx, query.AreasAsk{Ask: ask, Kind: kind, Order: orderOf(order), Limit: orDefault(first, defaultAreas)})
}

func areaID(a *query.Area) string { return model.JoinID(areaForms[a.Kind], a.Of, a.Name) }

// areaOf is the area that an id is of; ok is false where it is no area's.
func areaOf(id string) (kind query.AreaKind, key query.AreaKey, ok bool) {
	parts := model.SplitID(id)
	if len(parts) != 3 || parts[2] == "" {
		return 0, query.AreaKey{}, false
	}
	for kind, form := range areaForms {
		if parts[0] == form {
			return kind, query.AreaKey{Of: parts[1], Name: parts[2]}, true
		}
	}
	return 0, query.AreaKey{}, false
}

// areaNode is the area of an id in the newest hour; nil where it has no traffic.
func (r *Resolver) areaNode(ctx context.Context, kind query.AreaKind, key query.AreaKey) (gqlmodel.Node, error) {
	found, currency, err := r.explorer.Area(ctx, kind, key)
	if err != nil || found == nil {
		return nil, err
	}
	if kind == query.ZoneArea {
		return zoneOf(found, currency), nil
	}
	return namespaceOf(found, currency), nil
}

func namespacesOf(a *query.Areas) *gqlmodel.NamespaceSet {
	return &gqlmodel.NamespaceSet{
		Version: versionOf(a.Version), Window: windowOf(a.Window), Namespaces: areasOf(a, namespaceOf), Count: a.Count,
		Total: sumOf(a.Total, a.Currency), Rest: sumOf(a.Rest, a.Currency),
	}
}

func zonesOf(a *query.Areas) *gqlmodel.ZoneSet {
	return &gqlmodel.ZoneSet{
		Version: versionOf(a.Version), Window: windowOf(a.Window), Zones: areasOf(a, zoneOf), Count: a.Count,
		Total: sumOf(a.Total, a.Currency), Rest: sumOf(a.Rest, a.Currency),
	}
}

func areasOf[T any](a *query.Areas, of func(*query.Area, string) *T) []*T {
	areas := make([]*T, len(a.Listed))
	for i := range a.Listed {
		areas[i] = of(&a.Listed[i], a.Currency)
	}
	return areas
}

func namespaceOf(a *query.Area, currency string) *gqlmodel.Namespace {
	return &gqlmodel.Namespace{
		ID: areaID(a), Name: a.Name, Cluster: a.Of, Ends: a.Ends, Filter: a.Filter(),
		Out: sumOf(a.Out, currency), In: sumOf(a.In, currency), Inside: sumOf(a.Inside, currency), Total: sumOf(a.Total, currency),
	}
}

func zoneOf(a *query.Area, currency string) *gqlmodel.Zone {
	return &gqlmodel.Zone{
		ID: areaID(a), Name: a.Name, Region: a.Of, Ends: a.Ends, Filter: a.Filter(),
		Out: sumOf(a.Out, currency), In: sumOf(a.In, currency), Inside: sumOf(a.Inside, currency), Total: sumOf(a.Total, currency),
	}
}
