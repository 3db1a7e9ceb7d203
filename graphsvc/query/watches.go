package query

import (
	"context"
	"time"
)

// Watches tell how Kubernetes clusters are watched.
type Watches interface {
	// Watched are the clusters, by name.
	Watched() []ClusterWatch
}

// ClusterWatch is a cluster and what is watched of it.
type ClusterWatch struct {
	Name, Server string
	// ClockSkew is the cluster's clock less ours.
	ClockSkew time.Duration
	Resources []WatchedResource
}

// WatchedResource is how the watch of one resource fares.
type WatchedResource struct {
	Resource, State, Message, NeededFor string
	// Gap is true where something is not known because of it.
	Gap bool
	// Since is when the state began; Heard the last moment at which everything was
	// known, zero for never.
	Since, Heard   time.Time
	Objects, Lists int
}

// Watches are the watched clusters. Who does not see everything sees none.
func (e *Explorer) Watches(ctx context.Context) []ClusterWatch {
	if e.watches == nil || !SeesAll(ctx) {
		return nil
	}
	return e.watches.Watched()
}
