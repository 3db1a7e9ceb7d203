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
	entityForm         = regexp.MustCompile(`^[wneu]/`)
)

func versionID(number uint64) string { return "v" + strconv.FormatUint(number, 10) }

// node is what an id is of, now; nil where there is none.
func (r *Resolver) node(ctx context.Context, id string) (gqlmodel.Node, error) {
	switch {
	case versionForm.MatchString(id):
		return r.versionNode(ctx, id)
	case transferForm.MatchString(id):
		return r.transferNode(ctx, id)
	case entityForm.MatchString(id):
		found, err := r.explorer.Entity(ctx, id, query.Ask{})
		if err != nil || found == nil {
			return nil, err
		}
		return entityOf(found.Node, found.Currency), nil
	case incidentForm.MatchString(id):
		incident, err := r.explorer.Incident(ctx, id)
		if err != nil || incident == nil {
			return nil, err
		}
		return r.incidentsOf(one(*incident))[0], nil
	case recommendationForm.MatchString(id):
		return r.recommendationNode(ctx, id)
	default:
		return nil, badInput("ids are as the API gives them: w/..., e/..., t and 16 digits, v and a number, i or r and 16 digits", "no kind of node has ids like "+strconv.Quote(id))
	}
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
