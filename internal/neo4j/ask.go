package neo4j

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	driver "github.com/neo4j/neo4j-go-driver/v5/neo4j"
)

// Plan is what EXPLAIN says of a statement.
type Plan struct {
	// Kind is "r" for a statement that reads.
	Kind string
	// Operators are the names of all operators of the plan.
	Operators []string
	// EstimatedRows is the largest estimate of any operator.
	EstimatedRows float64
}

// Bounds of one question.
type Bounds struct {
	// Within ends the transaction, on the server too.
	Within time.Duration
	// Rows is how many rows are read; the answer says when there were more.
	Rows int
}

// Table is the answer to a question.
type Table struct {
	Columns []string
	Rows    [][]any
	// More is true where the bound on rows left some out.
	More bool
}

// Ask plans a statement, unless it did so within the last minute, lets allow look
// at the plan, and runs it in a read
// transaction of its own that is never repeated. It is for statements of people.
// Values are plain, or Node, Relationship and Path.
func (db *DB) Ask(ctx context.Context, statement string, params Params, bounds Bounds, allow func(Plan) error) (Table, Plan, error) {
	if db.driver == nil {
		return Table{}, Plan{}, errors.New("neo4j: not started")
	}
	ctx, cancel := context.WithTimeout(ctx, bounds.Within)
	defer cancel()
	session := db.driver.NewSession(ctx, driver.SessionConfig{
		AccessMode: driver.AccessModeRead, DatabaseName: db.cfg.Database, BookmarkManager: db.bookmarks, FetchSize: min(bounds.Rows+1, driver.FetchDefault+1000),
	})
	defer func() { _ = session.Close(context.WithoutCancel(ctx)) }()
	key := planKey(statement, params)
	plan, known := db.plans.of(key)
	if !known {
		var err error
		if plan, err = explained(ctx, session, statement, params, bounds); err != nil {
			return Table{}, plan, explain(db.cfg, err)
		}
	}
	if err := allow(plan); err != nil {
		return Table{}, plan, err
	}
	if !known {
		db.plans.keep(key, plan)
	}
	table, err := asked(ctx, session, statement, params, bounds)
	if err != nil {
		return Table{}, plan, explain(db.cfg, err)
	}
	return table, plan, nil
}

func explained(ctx context.Context, session driver.SessionWithContext, statement string, params Params, bounds Bounds) (Plan, error) {
	result, err := session.Run(ctx, "EXPLAIN "+statement, params, driver.WithTxTimeout(bounds.Within))
	if err != nil {
		return Plan{}, err
	}
	summary, err := result.Consume(ctx)
	if err != nil {
		return Plan{}, err
	}
	plan := Plan{Kind: summary.StatementType().String()}
	if summary.Plan() == nil {
		return Plan{}, errors.New("EXPLAIN gave no plan")
	}
	plan.add(summary.Plan())
	return plan, nil
}

func (p *Plan) add(operator driver.Plan) {
	p.Operators = append(p.Operators, operator.Operator())
	if rows, ok := operator.Arguments()["EstimatedRows"].(float64); ok {
		p.EstimatedRows = max(p.EstimatedRows, rows)
	}
	for _, child := range operator.Children() {
		p.add(child)
	}
}

func asked(ctx context.Context, session driver.SessionWithContext, statement string, params Params, bounds Bounds) (Table, error) {
	tx, err := session.BeginTransaction(ctx, driver.WithTxTimeout(bounds.Within))
	if err != nil {
		return Table{}, err
	}
	// Whatever was read, nothing is kept: a read that wrote would be undone.
	defer func() { _ = tx.Rollback(context.WithoutCancel(ctx)) }()
	result, err := tx.Run(ctx, statement, params)
	if err != nil {
		return Table{}, err
	}
	columns, err := result.Keys()
	if err != nil {
		return Table{}, err
	}
	table := Table{Columns: columns, Rows: [][]any{}}
	for result.Next(ctx) {
		if len(table.Rows) == bounds.Rows {
			table.More = true
			return table, nil
		}
		values := make([]any, len(columns))
		for i, value := range result.Record().Values {
			values[i] = plainValue(value)
		}
		table.Rows = append(table.Rows, values)
	}
	return table, result.Err()
}

// IsRefused reports whether the server understood a statement and refused it:
// wrong syntax, unknown names, a write in a read transaction.
func IsRefused(err error) bool {
	var said *driver.Neo4jError
	return errors.As(err, &said) && strings.HasPrefix(said.Code, "Neo.ClientError.") && !strings.HasPrefix(said.Code, "Neo.ClientError.Security.")
}

// IsEnded reports whether the server gave a transaction up for its time or memory.
func IsEnded(err error) bool {
	var said *driver.Neo4jError
	return errors.As(err, &said) && (strings.Contains(said.Code, "TransactionTimedOut") || strings.Contains(said.Code, "Terminated") || strings.Contains(said.Code, "MemoryLimit") || strings.Contains(said.Code, "OutOfMemory"))
}

// SaidBy is the server's own words about a statement, "" for another error.
func SaidBy(err error) string {
	var said *driver.Neo4jError
	if !errors.As(err, &said) {
		return ""
	}
	return fmt.Sprint(said.Msg)
}
