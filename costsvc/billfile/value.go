package billfile

import (
	"math/big"
	"strconv"
	"strings"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/format"
)

// textOf returns how a column's values are written as text.
func textOf(node parquet.Node) func(parquet.Value) string {
	logical := node.Type().LogicalType()
	if logical == nil {
		return plainText
	}
	switch kind := logical.Value.(type) {
	case *format.DecimalType:
		return func(v parquet.Value) string { return decimalText(unscaled(v), int(kind.Scale)) }
	case *format.TimestampType:
		if kind.Unit.Value == nil {
			return plainText
		}
		unit := int64(kind.Unit.Value.Duration())
		return func(v parquet.Value) string {
			return timeText(time.Unix(v.Int64()/(nanosPerSecond/unit), v.Int64()%(nanosPerSecond/unit)*unit))
		}
	case *format.DateType:
		return func(v parquet.Value) string {
			return time.Unix(int64(v.Int32())*secondsPerDay, 0).UTC().Format(time.DateOnly)
		}
	default:
		return plainText
	}
}

const (
	nanosPerSecond = 1_000_000_000
	secondsPerDay  = 24 * 60 * 60
)

// plainText is a value without a logical type. NaN and infinities become text
// that is no number, for whoever reads the column to refuse.
func plainText(v parquet.Value) string {
	switch v.Kind() {
	case parquet.Boolean:
		return strconv.FormatBool(v.Boolean())
	case parquet.Int32:
		return strconv.FormatInt(int64(v.Int32()), 10)
	case parquet.Int64:
		return strconv.FormatInt(v.Int64(), 10)
	case parquet.Int96:
		return int96Text(v)
	case parquet.Float:
		return strconv.FormatFloat(float64(v.Float()), 'f', -1, 32)
	case parquet.Double:
		return strconv.FormatFloat(v.Double(), 'f', -1, 64)
	default:
		return string(v.ByteArray())
	}
}

func timeText(at time.Time) string { return at.UTC().Format(time.RFC3339Nano) }

// int96Text is the old form of a time: nanoseconds of a Julian day.
func int96Text(v parquet.Value) string {
	const unixEpoch = 2_440_588 // as a Julian day
	words := v.Int96()
	nanos := int64(uint64(words[1])<<32 | uint64(words[0])) //nolint:gosec // below 2^47 by its meaning
	return timeText(time.Unix((int64(words[2])-unixEpoch)*secondsPerDay, nanos))
}

// unscaled is a decimal's whole number: an integer, or bytes in two's complement.
func unscaled(v parquet.Value) *big.Int {
	switch v.Kind() {
	case parquet.Int32:
		return big.NewInt(int64(v.Int32()))
	case parquet.Int64:
		return big.NewInt(v.Int64())
	default:
		text := v.ByteArray()
		n := new(big.Int).SetBytes(text)
		if len(text) > 0 && text[0]&0x80 != 0 {
			n.Sub(n, new(big.Int).Lsh(big.NewInt(1), uint(len(text))*8))
		}
		return n
	}
}

func decimalText(n *big.Int, scale int) string {
	if scale <= 0 {
		return n.String()
	}
	digits := new(big.Int).Abs(n).String()
	if missing := scale + 1 - len(digits); missing > 0 {
		digits = strings.Repeat("0", missing) + digits
	}
	text := digits[:len(digits)-scale] + "." + digits[len(digits)-scale:]
	if n.Sign() < 0 {
		text = "-" + text
	}
	return text
}
