package api

import (
	"strings"

	"github.com/egressor/egressor/graphsvc/api/gqlmodel"
	"github.com/egressor/egressor/graphsvc/query"
)

func watchesOf(clusters []query.ClusterWatch) []*gqlmodel.ClusterWatch {
	converted := make([]*gqlmodel.ClusterWatch, len(clusters))
	for i := range clusters {
		cluster := &gqlmodel.ClusterWatch{
			Name: clusters[i].Name, Server: clusters[i].Server, ClockSkewSeconds: clusters[i].ClockSkew.Seconds(),
			Resources: make([]*gqlmodel.WatchedResource, len(clusters[i].Resources)),
		}
		for n := range clusters[i].Resources {
			r := &clusters[i].Resources[n]
			resource := &gqlmodel.WatchedResource{
				Resource: r.Resource, State: gqlmodel.WatchState(strings.ToUpper(r.State)), Gap: r.Gap, Message: r.Message,
				Since: r.Since, Objects: r.Objects, Lists: r.Lists, NeededFor: r.NeededFor,
			}
			if !r.Heard.IsZero() {
				resource.Heard = &r.Heard
			}
			cluster.Resources[n] = resource
		}
		converted[i] = cluster
	}
	return converted
}
