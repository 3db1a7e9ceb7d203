package api

import (
	"github.com/egressor/egressor/graphsvc/api/gqlmodel"
	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/internal/model"
)

const defaultMarks = 200

func (r *Resolver) marksOf(m *query.Marks) *gqlmodel.Marks {
	marks := &gqlmodel.Marks{
		Window: windowOf(m.Window), MoreRollouts: m.MoreRollouts, MoreIncidents: m.MoreIncidents,
		Incidents: r.incidentsOf(m.Incidents), Rollouts: make([]*gqlmodel.Rollout, len(m.Rollouts)),
	}
	for i, deployment := range deploymentsOf(m.Rollouts) {
		revision := m.Rollouts[i].Revision
		workload := model.Identity{
			Kind: model.KindWorkload, Cluster: revision.Cluster, Namespace: revision.Workload.Namespace, Type: revision.Workload.Kind, Name: revision.Workload.Name,
		}
		marks.Rollouts[i] = &gqlmodel.Rollout{Workload: workload.ID(), WorkloadName: workload.Name, Namespace: workload.Namespace, Deployment: deployment}
	}
	return marks
}
