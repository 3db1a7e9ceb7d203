package neo4j

import (
	"context"
	"fmt"

	driver "github.com/neo4j/neo4j-go-driver/v5/neo4j"
)

// Tx is one open transaction. It is valid only inside the function it was
// given to.
type Tx struct {
	tx driver.ExplicitTransaction
}

// Params are a statement's parameters: nil, bool, integers, strings, []byte,
// slices and maps of these.
type Params = map[string]any

// Exec runs a statement and drops its rows.
func (t Tx) Exec(ctx context.Context, statement string, params Params) error {
	return t.Each(ctx, statement, params, func(Row) error { return nil })
}

// Each runs a statement and hands its rows over one by one as they arrive.
func (t Tx) Each(ctx context.Context, statement string, params Params, row func(Row) error) error {
	result, err := t.tx.Run(ctx, statement, params)
	if err != nil {
		return err
	}
	for result.Next(ctx) {
		record := result.Record()
		if err := row(Row{record.Keys, record.Values}); err != nil {
			return err
		}
	}
	return result.Err()
}

// Single scans a statement's one row into targets. It reports false when there
// was no row and fails when there were several.
func (t Tx) Single(ctx context.Context, statement string, params Params, targets ...any) (bool, error) {
	rows := 0
	err := t.Each(ctx, statement, params, func(row Row) error {
		if rows++; rows > 1 {
			return fmt.Errorf("more than one row where at most one was expected: %s", statement)
		}
		return row.Scan(targets...)
	})
	return rows == 1, err
}
