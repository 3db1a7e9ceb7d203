package neo4j

import (
	"fmt"
	"math"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j/dbtype"
)

// Node is a node of an answer.
type Node struct {
	// Element is the server's id of it, good within one answer.
	Element    string
	Labels     []string
	Properties map[string]any
}

// Relationship is a relationship of an answer.
type Relationship struct {
	Element, Start, End, Type string
	Properties                map[string]any
}

// Path is a path of an answer.
type Path struct {
	Nodes         []Node
	Relationships []Relationship
}

// plainValue turns the driver's types into ours; what is neither a number, a
// text, a list nor a map of these becomes its text: times in RFC 3339, durations,
// and what no number of JSON is, as Cypher calls it (NaN, Infinity, -Infinity).
func plainValue(value any) any {
	switch v := value.(type) {
	case nil, bool, int64, string:
		return v
	case float64:
		return plainFloat(v)
	case time.Time:
		return v.Format(time.RFC3339Nano)
	case []byte:
		return fmt.Sprintf("%d bytes", len(v)) // packed history: nothing that a person reads
	case []any:
		list := make([]any, len(v))
		for i := range v {
			list[i] = plainValue(v[i])
		}
		return list
	case map[string]any:
		return plainMap(v)
	case dbtype.Node:
		return plainNode(v)
	case dbtype.Relationship:
		return plainRelationship(v)
	case dbtype.Path:
		var path Path
		for _, node := range v.Nodes {
			path.Nodes = append(path.Nodes, plainNode(node))
		}
		for _, relationship := range v.Relationships {
			path.Relationships = append(path.Relationships, plainRelationship(relationship))
		}
		return path
	default:
		return textOf(v)
	}
}

func plainFloat(v float64) any {
	switch {
	case math.IsNaN(v):
		return "NaN"
	case math.IsInf(v, 1):
		return "Infinity"
	case math.IsInf(v, -1):
		return "-Infinity"
	default:
		return v
	}
}

func textOf(value any) string {
	if v, ok := value.(interface{ String() string }); ok {
		return v.String()
	}
	return fmt.Sprint(value)
}

func plainMap(values map[string]any) map[string]any {
	converted := make(map[string]any, len(values))
	for name, value := range values {
		converted[name] = plainValue(value)
	}
	return converted
}

func plainNode(n dbtype.Node) Node {
	return Node{Element: n.ElementId, Labels: n.Labels, Properties: plainMap(n.Props)}
}

func plainRelationship(r dbtype.Relationship) Relationship {
	return Relationship{Element: r.ElementId, Start: r.StartElementId, End: r.EndElementId, Type: r.Type, Properties: plainMap(r.Props)}
}
