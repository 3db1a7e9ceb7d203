package flowstore

import (
	"strings"

	"github.com/egressor/egressor/graphsvc/access"
	"github.com/egressor/egressor/internal/clickhouse"
	"github.com/egressor/egressor/internal/model"
)

// Subject is what a series is of. The zero value is everything.
type Subject struct {
	// Edge keeps one transfer, Entity the transfers that have it as an end.
	Edge   model.EdgeID
	Entity string
	// Edges keeps these transfers; nil keeps all.
	Edges []model.EdgeID
	// Reach keeps the transfers with an end in one of these; nil keeps all.
	Reach []access.Scope
}

const (
	ofEdge   = `edge_id = {edge:UInt64}`
	ofEdges  = `edge_id IN {edges:Array(UInt64)}`
	ofEntity = `(source = {entity:String} OR destination = {entity:String})`
	// A workload's id is w/CLUSTER/NAMESPACE/..., a machine's n/CLUSTER/..., and
	// nothing else lies in a cluster: see model.Identity.ID and access.Scope.Holds.
	ofReach = `arrayExists((cluster, namespace) -> arrayExists(end ->
		(cluster = '*' OR end[1] IN ('w', 'n') AND end[2] = cluster) AND (namespace = '*' OR end[1] = 'w' AND end[3] = namespace),
		[splitByChar('/', toString(source)), splitByChar('/', toString(destination))]), {clusters:Array(String)}, {namespaces:Array(String)})`
)

// rows is the condition on rows by edge_id that keeps those of the subject, "" where it
// is everything. Edges that are named are not looked up.
func (s Subject) rows() (condition string, args []any) {
	switch selected, args := s.edges(); {
	case selected == "":
		return "", nil
	case s.Entity != "" || s.Reach != nil || s.Edge != 0 && s.Edges != nil:
		return "edge_id IN (" + selected + ")", args
	case s.Edge != 0:
		return ofEdge, args
	default:
		return ofEdges, args
	}
}

// edges selects the ids of the subject's edges, "" where it is everything.
func (s Subject) edges() (statement string, args []any) {
	var conditions []string
	if s.Edge != 0 {
		conditions, args = append(conditions, ofEdge), append(args, clickhouse.Named("edge", uint64(s.Edge)))
	}
	if s.Entity != "" {
		conditions, args = append(conditions, ofEntity), append(args, clickhouse.Named("entity", s.Entity))
	}
	if s.Edges != nil {
		ids := make([]uint64, len(s.Edges))
		for i, id := range s.Edges {
			ids[i] = uint64(id)
		}
		conditions, args = append(conditions, ofEdges), append(args, clickhouse.Named("edges", ids))
	}
	if s.Reach != nil {
		clusters, namespaces := partsOf(s.Reach)
		conditions = append(conditions, ofReach)
		args = append(args, clickhouse.Named("clusters", clusters), clickhouse.Named("namespaces", namespaces))
	}
	if len(conditions) == 0 {
		return "", nil
	}
	return "SELECT edge_id FROM edges WHERE " + strings.Join(conditions, " AND "), args
}

// partsOf are the clusters and the namespaces of scopes, as an identity's id has
// them.
func partsOf(scopes []access.Scope) (clusters, namespaces []string) {
	escape := strings.NewReplacer("%", "%25", "/", "%2F").Replace
	for _, scope := range scopes {
		clusters, namespaces = append(clusters, escape(scope.Cluster)), append(namespaces, escape(scope.Namespace))
	}
	return clusters, namespaces
}
