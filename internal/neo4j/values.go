package neo4j

import (
	"fmt"

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
// text, a list nor a map of these becomes its text (times, durations, points).
func plainValue(value any) any {
	switch v := value.(type) {
	case nil, bool, int64, float64, string:
		return v
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
