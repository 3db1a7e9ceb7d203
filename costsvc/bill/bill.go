package bill

import (
	"fmt"

	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// Key is what a bill's amounts are compared by.
type Key struct {
	Account string
	// Day is the first minute of the day (UTC).
	Day model.Minute
	// Region is whose part of the bill it is; Code is the usage type without the
	// region's prefix.
	Region, Code string
	// Operation is set where it tells two sides apart.
	Operation string
}

// Sum is bytes and their cost.
type Sum struct {
	Bytes uint64
	Cost  money.Amount
	// Rows is how many rows of the bill, or lines of ours, it is made of.
	Rows uint64
	// UnpricedBytes are ours without a sourced price.
	UnpricedBytes uint64
}

func (s *Sum) add(t Sum) error {
	cost, err := s.Cost.Add(t.Cost)
	if err != nil || s.Bytes+t.Bytes < s.Bytes {
		return fmt.Errorf("sum is out of range: %w", money.ErrOverflow)
	}
	s.Bytes, s.Cost, s.Rows, s.UnpricedBytes = s.Bytes+t.Bytes, cost, s.Rows+t.Rows, s.UnpricedBytes+t.UnpricedBytes
	return nil
}

// Kind says what a row of the bill is.
type Kind string

// Kinds of row.
const (
	Usage    Kind = "usage"
	Discount Kind = "discount"
	Other    Kind = "other" // tax, credit, refund, purchase
)

// itemKey is as fine as the bill is kept.
type itemKey struct {
	Key
	Kind Kind
	// Label is the bill's own name of the row's type, for example EdpDiscount.
	Label             string
	Product, Resource string
}

// Bill is the part of a bill that is about transfers, summed up by day.
type Bill struct {
	Currency money.Currency
	// Month is the month of the rows about transfers, such as 2026-11; "" where
	// there are none.
	Month string
	form  *form
	items map[itemKey]Sum
	// Standing are rows about gateways' hours, Skipped all other rows; their
	// costs are not compared.
	Standing, Skipped Sum
}

// RowError says what is wrong with a bill, and where.
type RowError struct {
	// Row is the line of the file, 1 for the header. In a Parquet file it counts
	// rows from 1.
	Row     int
	Column  string
	Problem string
}

// Error names row and column.
func (e *RowError) Error() string {
	if e.Column == "" {
		return fmt.Sprintf("row %d: %s", e.Row, e.Problem)
	}
	return fmt.Sprintf("row %d, column %s: %s", e.Row, e.Column, e.Problem)
}
