// Package scalar holds the API's own scalars: whole numbers that outgrow what
// JSON numbers keep exactly.
package scalar

import (
	"encoding/json"
	"fmt"
	"io"
	"strconv"

	"github.com/99designs/gqlgen/graphql"
)

// maxExact is 2^53: the largest whole number up to which every JSON reader
// keeps integers exactly.
const maxExact = 1 << 53

// Bytes is a signed count: a JSON number up to 2^53 either way, a decimal
// string beyond.
type Bytes int64

// MarshalGQL writes the count.
func (b Bytes) MarshalGQL(w io.Writer) { writeWhole(w, int64(b)) }

// UnmarshalGQL reads a count from a number or a decimal string.
func (b *Bytes) UnmarshalGQL(v any) error {
	n, err := readWhole(v)
	*b = Bytes(n)
	return err
}

// BytesOf converts a counter. Counters above 2^63-1 (8 EiB in one window)
// cannot occur within one transfer; they are capped rather than wrapped.
func BytesOf(n uint64) Bytes {
	const limit = 1<<63 - 1
	if n > limit {
		return Bytes(limit)
	}
	return Bytes(n)
}

// Version is the number of a graph version.
type Version uint64

// MarshalGQL writes the number.
func (v Version) MarshalGQL(w io.Writer) { writeWhole(w, int64(v)) }

// UnmarshalGQL reads a positive number.
func (v *Version) UnmarshalGQL(in any) error {
	n, err := readWhole(in)
	if err != nil {
		return err
	}
	if n < 1 {
		return fmt.Errorf("version %d: versions are numbered from 1", n)
	}
	*v = Version(n)
	return nil
}

var (
	_ graphql.Marshaler   = Bytes(0)
	_ graphql.Unmarshaler = (*Bytes)(nil)
	_ graphql.Marshaler   = Version(0)
	_ graphql.Unmarshaler = (*Version)(nil)
)

func writeWhole(w io.Writer, n int64) {
	text := strconv.FormatInt(n, 10)
	if n > maxExact || n < -maxExact {
		text = strconv.Quote(text)
	}
	_, _ = io.WriteString(w, text) // the transport reports a broken connection
}

func readWhole(v any) (int64, error) {
	switch v := v.(type) {
	case int:
		return int64(v), nil
	case int64:
		return v, nil
	case json.Number:
		return v.Int64()
	case string:
		n, err := strconv.ParseInt(v, 10, 64)
		if err != nil {
			return 0, fmt.Errorf("%q is not a whole number", v)
		}
		return n, nil
	default:
		return 0, fmt.Errorf("%v (%T) is not a whole number", v, v)
	}
}
