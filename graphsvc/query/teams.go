package query

import (
	"context"
	"time"

	"github.com/egressor/egressor/internal/model"
)

// Ownership says which team a rollout revision belongs to.
type Ownership struct {
	// Workload is the node id, Revision the rollout revision's.
	Workload, Revision, Team string
	// From is when the revision began, Recorded when it was heard of.
	From, Recorded time.Time
}

// teams tells who owns a workload.
type teams struct {
	byRevision map[string]string
	newest     map[string]Ownership // by workload
}

// teamsOf reads who owned the workloads as far as was known in a version, so
// that the answer about it stays what it was.
func (e *Explorer) teamsOf(ctx context.Context, version *model.GraphVersion) (teams, error) {
	all, err := e.graphs.Ownerships(ctx)
	if err != nil {
		return teams{}, unavailable("the graph store", err)
	}
	t := teams{map[string]string{}, map[string]Ownership{}}
	for _, o := range all {
		if known := version.FactsRecordedThrough; !known.IsZero() && o.Recorded.After(known) {
			continue
		}
		t.byRevision[o.Revision] = o.Team
		if held, has := t.newest[o.Workload]; !has || o.newer(held) {
			t.newest[o.Workload] = o
		}
	}
	return t, nil
}

// newer orders the revisions of one workload; equals by id, for one answer.
func (o Ownership) newer(than Ownership) bool {
	if !o.From.Equal(than.From) {
		return o.From.After(than.From)
	}
	return o.Revision > than.Revision
}

// Team is by the revision that moved the bytes, else by the workload's newest;
// "" where nobody is known to own it.
func (t teams) Team(end model.Identity, revision string) string {
	if team := t.byRevision[revision]; team != "" && revision != "" {
		return team
	}
	if end.Kind != model.KindWorkload {
		return ""
	}
	return t.newest[end.ID()].Team
}
