package neo4j

import (
	"fmt"
	"math"
	"time"
)

// Row is one row of an answer.
type Row struct {
	Columns []string
	// Values are nil, bool, int64, float64, string, []byte, time.Time, []any or
	// map[string]any, and the driver's nodes and relationships.
	Values []any
}

// Scan copies the columns into targets, in order: pointers to bool, int64,
// uint64, uint32, uint16, float64, string, []string, time.Time or any. Null is the
// target's zero value; a column of another type is an error that names it.
func (r Row) Scan(targets ...any) error {
	if len(targets) != len(r.Values) {
		return fmt.Errorf("%d columns %v scanned into %d values", len(r.Values), r.Columns, len(targets))
	}
	for i, target := range targets {
		if err := assign(target, r.Values[i]); err != nil {
			return fmt.Errorf("column %s: %w", r.Columns[i], err)
		}
	}
	return nil
}

func assign(target, value any) error {
	switch t := target.(type) {
	case *any:
		*t = value
		return nil
	case *bool:
		return assignAs(t, value)
	case *int64:
		return assignAs(t, value)
	case *float64:
		return assignAs(t, value)
	case *string:
		return assignAs(t, value)
	case *time.Time:
		if err := assignAs(t, value); err != nil {
			return err
		}
		*t = t.UTC()
		return nil
	case *uint64:
		return assignUnsigned(t, value, math.MaxInt64)
	case *uint32:
		return assignUnsigned(t, value, math.MaxUint32)
	case *uint16:
		return assignUnsigned(t, value, math.MaxUint16)
	case *[]string:
		return assignStrings(t, value)
	default:
		return fmt.Errorf("no conversion into %T", target)
	}
}

func assignAs[T any](target *T, value any) error {
	var zero T
	*target = zero
	if value == nil {
		return nil
	}
	typed, ok := value.(T)
	if !ok {
		return fmt.Errorf("is a %T, not a %T", value, zero)
	}
	*target = typed
	return nil
}

func assignUnsigned[T uint16 | uint32 | uint64](target *T, value any, limit int64) error {
	var number int64
	if err := assignAs(&number, value); err != nil {
		return err
	}
	if number < 0 || number > limit {
		return fmt.Errorf("%d is out of the range 0 to %d", number, limit)
	}
	*target = T(number)
	return nil
}

func assignStrings(target *[]string, value any) error {
	var list []any
	if err := assignAs(&list, value); err != nil {
		return err
	}
	*target = make([]string, len(list))
	for i, element := range list {
		if err := assignAs(&(*target)[i], element); err != nil {
			return fmt.Errorf("element %d: %w", i, err)
		}
	}
	return nil
}
