package app

import (
	"context"
	"errors"

	"github.com/egressor/egressor/graphsvc/cyphergate"
	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/internal/neo4j"
)

var _ query.CypherStore = graphs{}

// Cypher runs a person's statement for reading.
func (g graphs) Cypher(ctx context.Context, statement string, params map[string]any, rows int, allow func(cyphergate.Plan) error) (query.CypherTable, error) {
	table, plan, err := g.Ask(ctx, statement, params, rows, func(p neo4j.Plan) error { return allow(cyphergate.Plan(p)) })
	switch {
	case err == nil:
	case neo4j.IsEnded(err), errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil:
		return query.CypherTable{}, &query.CypherFault{Message: "it took too long, or too much memory", Ended: true}
	case neo4j.IsRefused(err):
		return query.CypherTable{}, &query.CypherFault{Message: neo4j.SaidBy(err)}
	default:
		return query.CypherTable{}, err
	}
	answer := query.CypherTable{Columns: table.Columns, Rows: table.Rows, More: table.More, EstimatedRows: plan.EstimatedRows}
	seen := map[string]bool{}
	for _, row := range table.Rows {
		for i := range row {
			row[i] = drawn(&answer, seen, row[i])
		}
	}
	return answer, nil
}

// drawn adds the nodes and relationships of a value to the answer's graph, and
// returns the value as a table shows it.
func drawn(answer *query.CypherTable, seen map[string]bool, value any) any {
	switch v := value.(type) {
	case []any:
		for i := range v {
			v[i] = drawn(answer, seen, v[i])
		}
		return v
	case map[string]any:
		for name := range v {
			v[name] = drawn(answer, seen, v[name])
		}
		return v
	case neo4j.Node:
		return drawnNode(answer, seen, v)
	case neo4j.Relationship:
		return drawnRelationship(answer, seen, v)
	case neo4j.Path:
		nodes, relationships := make([]any, len(v.Nodes)), make([]any, len(v.Relationships))
		for i, node := range v.Nodes {
			nodes[i] = drawnNode(answer, seen, node)
		}
		for i, relationship := range v.Relationships {
			relationships[i] = drawnRelationship(answer, seen, relationship)
		}
		return map[string]any{"nodes": nodes, "relationships": relationships}
	default:
		return v
	}
}

func drawnNode(answer *query.CypherTable, seen map[string]bool, n neo4j.Node) any {
	if !seen[n.Element] {
		seen[n.Element] = true
		answer.Nodes = append(answer.Nodes, query.CypherNode(n))
	}
	return map[string]any{"labels": n.Labels, "properties": n.Properties}
}

func drawnRelationship(answer *query.CypherTable, seen map[string]bool, r neo4j.Relationship) any {
	if !seen[r.Element] {
		seen[r.Element] = true
		answer.Relationships = append(answer.Relationships, query.CypherRelationship(r))
	}
	return map[string]any{"type": r.Type, "properties": r.Properties}
}
