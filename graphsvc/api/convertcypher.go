package api

import (
	"encoding/json"
	"fmt"
	"strconv"

	"github.com/egressor/egressor/graphsvc/api/gqlmodel"
	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/graphsvc/savedcypher"
)

// The schema's default, for calls that leave the argument null.
const (
	defaultCypherRows = 200
	maxParamBytes     = 64 << 10
	// maxExact is the largest whole number that each JSON reader reads exactly.
	maxExact = 1 << 53
	// maxParamDepth is how deep lists and maps may lie in each other: Neo4j ends the
	// connection of who sends some thousands.
	maxParamDepth = 50
)

// cypherParams reads the values of a statement's parameters.
func cypherParams(params any) (map[string]any, error) {
	if params == nil {
		return map[string]any{}, nil
	}
	object, ok := params.(map[string]any)
	if !ok {
		return nil, badInput("send a JSON object, for example {\"limit\": 20}", "params is no JSON object")
	}
	text, err := json.Marshal(object)
	if err != nil || len(text) > maxParamBytes {
		return nil, badInput("send at most 64 KiB", "params is too large")
	}
	values := make(map[string]any, len(object))
	for name, value := range object {
		if values[name], err = driverValue(value, maxParamDepth); err != nil {
			return nil, badInput("send texts, numbers, and lists and maps of these", fmt.Sprintf("params.%s: %v", name, err))
		}
	}
	return values, nil
}

// historyOf is the window whose transfers a statement gets, nil for none.
func historyOf(window *gqlmodel.Window) (*query.Ask, error) {
	if window == nil {
		return nil, nil //nolint:nilnil // documented: none
	}
	ask, err := askOf(window)
	return &ask, err
}

// driverValue turns JSON's numbers into integers where they are, else floats, in
// lists and maps that lie at most so deep in each other.
func driverValue(value any, deep int) (any, error) {
	if deep == 0 {
		return nil, fmt.Errorf("lists and maps lie more than %d deep in each other", maxParamDepth)
	}
	switch v := value.(type) {
	case json.Number:
		if n, err := v.Int64(); err == nil {
			return n, nil
		}
		return v.Float64()
	case int:
		return int64(v), nil
	case []any:
		list := make([]any, len(v))
		for i := range v {
			var err error
			if list[i], err = driverValue(v[i], deep-1); err != nil {
				return nil, err
			}
		}
		return list, nil
	case map[string]any:
		object := make(map[string]any, len(v))
		for name := range v {
			var err error
			if object[name], err = driverValue(v[name], deep-1); err != nil {
				return nil, err
			}
		}
		return object, nil
	default:
		return v, nil
	}
}

func cypherOf(table query.CypherTable) *gqlmodel.CypherAnswer {
	for _, row := range table.Rows {
		exactNumbers(row)
	}
	converted := &gqlmodel.CypherAnswer{
		Columns: table.Columns, Rows: table.Rows, More: table.More, EstimatedRows: table.EstimatedRows,
		Nodes: make([]*gqlmodel.CypherNode, len(table.Nodes)), Relationships: make([]*gqlmodel.CypherRelationship, len(table.Relationships)),
	}
	for i, n := range table.Nodes {
		exactNumbers(n.Properties)
		converted.Nodes[i] = &gqlmodel.CypherNode{Element: n.Element, Labels: n.Labels, Properties: n.Properties}
	}
	for i, r := range table.Relationships {
		exactNumbers(r.Properties)
		converted.Relationships[i] = &gqlmodel.CypherRelationship{Element: r.Element, Start: r.Start, End: r.End, Type: r.Type, Properties: r.Properties}
	}
	return converted
}

// exactNumbers writes whole numbers beyond 2^53 within a value as texts, as Bytes are:
// a JavaScript client would round them.
func exactNumbers(value any) any {
	switch v := value.(type) {
	case int64:
		if v > maxExact || v < -maxExact {
			return strconv.FormatInt(v, 10)
		}
	case []any:
		for i := range v {
			v[i] = exactNumbers(v[i])
		}
	case map[string]any:
		for name := range v {
			v[name] = exactNumbers(v[name])
		}
	}
	return value
}

func savedOf(queries []savedcypher.Query) []*gqlmodel.SavedCypher {
	converted := make([]*gqlmodel.SavedCypher, len(queries))
	for i, q := range queries {
		converted[i] = &gqlmodel.SavedCypher{Name: q.Name, Title: q.Title, Statement: q.Statement, Parameters: make([]*gqlmodel.SavedParameter, len(q.Parameters))}
		for n, p := range q.Parameters {
			converted[i].Parameters[n] = &gqlmodel.SavedParameter{Name: p.Name, Meaning: p.Meaning, Default: p.Default}
		}
	}
	return converted
}
