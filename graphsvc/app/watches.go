package app

import (
	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/internal/kube"
)

// watches tell how the clusters of the settings are watched.
type watches struct{ clusters *kube.Watcher }

var _ query.Watches = watches{}

// Watched are the clusters, by name.
func (w watches) Watched() []query.ClusterWatch {
	statuses := w.clusters.Status()
	watched := make([]query.ClusterWatch, len(statuses))
	for i, cluster := range statuses {
		watched[i] = query.ClusterWatch{Name: cluster.Name, Server: cluster.Server, ClockSkew: cluster.ClockSkew}
		for _, r := range cluster.Resources {
			watched[i].Resources = append(watched[i].Resources, query.WatchedResource{
				Resource: r.Resource, State: string(r.State), Message: r.Message, NeededFor: r.NeededFor, Gap: r.Gap(),
				Since: r.Since, Heard: r.Heard, Objects: r.Objects, Lists: r.Lists,
			})
		}
	}
	return watched
}
