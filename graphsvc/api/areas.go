package api

import (
	"context"
	"net/url"
	"strings"

	"github.com/egressor/egressor/graphsvc/api/gqlmodel"
	"github.com/egressor/egressor/graphsvc/query"
)

const defaultAreas = 100

// areaForms are how ids of areas begin.
var areaForms = map[query.AreaKind]string{query.NamespaceArea: "ns/", query.ZoneArea: "z/"}

func (r *Resolver) areas(ctx context.Context, kind query.AreaKind, window *gqlmodel.Window, order *gqlmodel.TransferOrder, first *int) (*query.Areas, error) {
	ask, err := askOf(window)
	if err != nil {
		return nil, err
	}
	return r.explorer.Areas(ctx, query.AreasAsk{Ask: ask, Kind: kind, Order: orderOf(order), Limit: orDefault(first, defaultAreas)})
}

// areaID is the id of an area: slashes in its parts are escaped.
func areaID(a *query.Area) string {
	return areaForms[a.Kind] + url.PathEscape(a.Of) + "/" + url.PathEscape(a.Name)
}

// areaOf is the area that an id is of; ok is false where it is no area's.
func areaOf(id string) (kind query.AreaKind, key query.AreaKey, ok bool) {
	for kind, form := range areaForms {
		rest, is := strings.CutPrefix(id, form)
		if !is {
			continue
		}
		of, name, two := strings.Cut(rest, "/")
		key.Of, key.Name = unescaped(of), unescaped(name)
		if two && key.Name != "" && areaID(&query.Area{Kind: kind, AreaKey: key}) == id {
			return kind, key, true
		}
	}
	return 0, query.AreaKey{}, false
}

func unescaped(part string) string {
	text, err := url.PathUnescape(part)
	if err != nil {
		return part
	}
	return text
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
	set := &gqlmodel.NamespaceSet{
		Version: versionOf(a.Version), Window: windowOf(a.Window), Namespaces: make([]*gqlmodel.Namespace, len(a.Listed)), Count: a.Count,
		Total: sumOf(a.Total, a.Currency), Rest: sumOf(a.Rest, a.Currency),
	}
	for i := range a.Listed {
		set.Namespaces[i] = namespaceOf(&a.Listed[i], a.Currency)
	}
	return set
}

func zonesOf(a *query.Areas) *gqlmodel.ZoneSet {
	set := &gqlmodel.ZoneSet{
		Version: versionOf(a.Version), Window: windowOf(a.Window), Zones: make([]*gqlmodel.Zone, len(a.Listed)), Count: a.Count,
		Total: sumOf(a.Total, a.Currency), Rest: sumOf(a.Rest, a.Currency),
	}
	for i := range a.Listed {
		set.Zones[i] = zoneOf(&a.Listed[i], a.Currency)
	}
	return set
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
