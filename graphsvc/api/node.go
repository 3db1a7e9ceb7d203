package api

import (
	"context"
	"regexp"
	"strconv"
	"strings"

	"github.com/egressor/egressor/graphsvc/api/gqlmodel"
	"github.com/egressor/egressor/graphsvc/query"
)

// The forms of ids tell what they are of: no two kinds share one.
var (
	versionForm        = regexp.MustCompile(`^v[1-9][0-9]{0,18}$`)
	transferForm       = regexp.MustCompile(`^t[0-9a-f]{16}$`)
	incidentForm       = regexp.MustCompile(`^i[0-9a-f]{16}$`)
	recommendationForm = regexp.MustCompile(`^r[0-9a-f]{16}$`)
	investigationForm  = regexp.MustCompile(`^q[0-9a-f]{16}$`)
	entityForm         = regexp.MustCompile(`^[wneu]/`)
)

func versionID(number uint64) string { return "v" + strconv.FormatUint(number, 10) }

// node is what an id is of, now; nil where there is none. Rollout revisions are named
// by their clusters: whatever else an id looks like, it may be one.
func (r *Resolver) node(ctx context.Context, id string) (gqlmodel.Node, error) {
	switch {
	case versionForm.MatchString(id):
		return r.versionNode(ctx, id)
	case transferForm.MatchString(id):
		return r.transferNode(ctx, id)
	case incidentForm.MatchString(id):
		return r.incidentNode(ctx, id)
	case recommendationForm.MatchString(id):
		return r.recommendationNode(ctx, id)
	case investigationForm.MatchString(id):
		return r.investigationNode(ctx, id)
	}
	found, named, err := r.placeNode(ctx, id)
	if err != nil || found != nil {
		return found, err
	}
	if found, err = r.deploymentNode(ctx, id); found == nil && err == nil && !named {
		return nil, badInput("ids are as the API gives them: w/..., e/..., ns/..., z/..., t and 16 digits, v and a number, i, r or q and 16 digits, or a rollout revision's",
			"no kind of node has ids like "+strconv.Quote(id))
	}
	return found, err
}

// placeNode is the node of the graph or the area of an id; named reports whether the
// id has the form of one.
func (r *Resolver) placeNode(ctx context.Context, id string) (found gqlmodel.Node, named bool, err error) {
	if entityForm.MatchString(id) {
		found, err = r.entityNode(ctx, id)
		return found, true, err
	}
	kind, area, named := areaOf(id)
	if named {
		found, err = r.areaNode(ctx, kind, area)
	}
	return found, named, err
}

func (r *Resolver) entityNode(ctx context.Context, id string) (gqlmodel.Node, error) {
	found, err := r.explorer.Entity(ctx, id, query.Ask{})
	if err != nil || found == nil {
		return nil, err
	}
	return entityOf(found.Node, found.Currency), nil
}

func (r *Resolver) incidentNode(ctx context.Context, id string) (gqlmodel.Node, error) {
	incident, err := r.explorer.Incident(ctx, id)
	if err != nil || incident == nil {
		return nil, err
	}
	return r.incidentsOf(one(*incident))[0], nil
}

func (r *Resolver) investigationNode(ctx context.Context, id string) (gqlmodel.Node, error) {
	found, err := r.explorer.Investigation(ctx, id)
	if err != nil || found == nil {
		return nil, err
	}
	return r.investigationOf(found), nil
}

func (r *Resolver) deploymentNode(ctx context.Context, id string) (gqlmodel.Node, error) {
	found, err := r.explorer.Deployment(ctx, id)
	if err != nil || found == nil {
		return nil, err
	}
	return deploymentsOf(one(*found))[0], nil
}

func one[T any](value T) []T { return []T{value} }

func (r *Resolver) versionNode(ctx context.Context, id string) (gqlmodel.Node, error) {
	number, err := strconv.ParseUint(strings.TrimPrefix(id, "v"), 10, 64)
	if err != nil {
		return nil, badInput("a version's number has at most 19 digits", "no version has the id "+id)
	}
	meta, err := r.explorer.Meta(ctx, query.Ask{AsOfVersion: number})
	if err != nil || meta == nil {
		return nil, err
	}
	return versionOf(&meta.Version), nil
}

func (r *Resolver) transferNode(ctx context.Context, id string) (gqlmodel.Node, error) {
	edge, err := edgeIDOf(id)
	if err != nil {
		return nil, err
	}
	found, err := r.explorer.Transfer(ctx, edge, query.Ask{})
	if err != nil || found == nil {
		return nil, err
	}
	return transferOf(found.Transfer, found.Currency), nil
}

func (r *Resolver) recommendationNode(ctx context.Context, id string) (gqlmodel.Node, error) {
	all, err := r.explorer.Recommendations(ctx)
	if err != nil {
		return nil, err
	}
	for i := range all {
		if all[i].ID == id {
			return r.recommendationsOf(all[i : i+1])[0], nil
		}
	}
	return nil, nil //nolint:nilnil // documented: there is none
}
