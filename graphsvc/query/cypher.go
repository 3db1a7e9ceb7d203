package query

import (
	"context"
	"errors"
	"fmt"

	"github.com/egressor/egressor/graphsvc/access"
	"github.com/egressor/egressor/graphsvc/cyphergate"
	"github.com/egressor/egressor/graphsvc/savedcypher"
)

// MaxCypherRows is the longest table that Cypher answers with.
const MaxCypherRows = 1000

// CypherStore runs statements of people, for reading alone, within a time.
type CypherStore interface {
	// Cypher plans a statement, asks allow, and reads at most rows rows. A statement
	// that the store refuses is a *CypherFault.
	Cypher(ctx context.Context, statement string, params map[string]any, rows int, allow func(cyphergate.Plan) error) (CypherTable, error)
}

// CypherFault is what is wrong with a statement, in the store's words.
type CypherFault struct {
	Message string
	// Ended is true where it was given up for its time or its memory.
	Ended bool
}

// Error is the message.
func (f *CypherFault) Error() string { return f.Message }

// CypherTable is an answer as rows and as a graph.
type CypherTable struct {
	Columns []string
	// Rows hold nil, bool, int64, float64, string, lists and maps of these;
	// nodes, relationships and paths as maps.
	Rows [][]any
	// More is true where the limit left rows out.
	More          bool
	EstimatedRows float64
	Nodes         []CypherNode
	Relationships []CypherRelationship
}

// CypherNode is a node that an answer holds, once.
type CypherNode struct {
	Element    string
	Labels     []string
	Properties map[string]any
}

// CypherRelationship is a relationship that an answer holds, once.
type CypherRelationship struct {
	Element, Start, End, Type string
	Properties                map[string]any
}

// Cypher runs a person's statement on the live graph, for reading alone. With an
// ask it gets that window's transfers as a parameter.
func (e *Explorer) Cypher(ctx context.Context, statement string, params map[string]any, ask *Ask, rows int) (CypherTable, error) {
	if e.cypher == nil {
		return CypherTable{}, &Error{Code: CodeStoreUnavailable, Message: "there is no graph store here", Hint: "a replayed scenario has no Cypher; ask a service with Neo4j"}
	}
	if who := access.From(ctx); !who.Role.AtLeast(access.Analyst) {
		return CypherTable{}, &Error{Code: CodeForbidden, Message: who.Name + " is " + string(who.Role) + " and Cypher is for analysts", Hint: "ask an admin for the role in the access file"}
	}
	if !SeesAll(ctx) {
		return CypherTable{}, &Error{Code: CodeForbidden, Message: "Cypher sees the whole graph, and your scopes do not", Hint: "ask the other fields, which keep to your scopes"}
	}
	if err := within(rows, MaxCypherRows, "%d rows"); err != nil {
		return CypherTable{}, err
	}
	if err := cyphergate.Check(statement, params); err != nil {
		return CypherTable{}, notTaken(err)
	}
	if ask != nil {
		var err error
		if params, err = e.withHistory(ctx, params, *ask); err != nil {
			return CypherTable{}, err
		}
	}
	table, err := e.cypher.Cypher(ctx, statement, params, rows, cyphergate.CheckPlan)
	var fault *CypherFault
	var refusal *cyphergate.Refusal
	switch {
	case err == nil:
		return table, nil
	case errors.As(err, &refusal):
		return CypherTable{}, notTaken(refusal)
	case errors.As(err, &fault) && fault.Ended:
		return CypherTable{}, &Error{Code: CodeTimeout, Message: "the statement was given up: " + fault.Message, Hint: "narrow the pattern, or LIMIT earlier"}
	case errors.As(err, &fault):
		return CypherTable{}, badInput("correct the statement; docs/formats/graph.md describes the graph", "%s", fault.Message)
	default:
		return CypherTable{}, unavailable("the graph store", err)
	}
}

func notTaken(err error) error {
	var refusal *cyphergate.Refusal
	if !errors.As(err, &refusal) {
		return err
	}
	return &Error{Code: CodeCypherRefused, Message: fmt.Sprintf("not taken: %v", refusal), Hint: refusal.Hint}
}

// SavedCypher are the shipped queries.
func (e *Explorer) SavedCypher() ([]savedcypher.Query, error) { return savedcypher.All() }
