package api

import (
	"github.com/egressor/egressor/graphsvc/api/gqlmodel"
	"github.com/egressor/egressor/graphsvc/query"
)

const defaultMarks = 200

func (r *Resolver) marksOf(m *query.Marks) *gqlmodel.Marks {
	marks := &gqlmodel.Marks{
		Window: windowOf(m.Window), MoreRollouts: m.MoreRollouts, MoreIncidents: m.MoreIncidents,
		Incidents: r.incidentsOf(m.Incidents), Rollouts: make([]*gqlmodel.Rollout, len(m.Rollouts)),
	}
	for i, deployment := range deploymentsOf(m.Rollouts) {
		revision := m.Rollouts[i].Revision
		marks.Rollouts[i] = &gqlmodel.Rollout{WorkloadName: revision.Workload.Name, Namespace: revision.Workload.Namespace, Deployment: deployment}
	}
	return marks
}
