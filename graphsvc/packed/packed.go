// Package packed makes tables of columns for pictures of many rows: numbers as
// little-endian arrays in base64, which a browser reads as typed arrays, and
// texts that occur again and again as places in a list. It is pure.
// docs/formats/packed.md describes the form.
package packed

import (
	"encoding/base64"
	"encoding/binary"
	"math"
)

// Type is what the numbers of a column are.
type Type string

// Types. F64 holds whole numbers below 2^53 as doubles.
const (
	Text Type = "TEXT"
	U8   Type = "U8"
	U16  Type = "U16"
	U32  Type = "U32"
	F32  Type = "F32"
	F64  Type = "F64"
	U64  Type = "U64"
)

// Column is one column.
type Column struct {
	Name string
	Type Type
	// Data are the numbers in base64, "" for Text.
	Data string
	// Texts are what numbers are places in, none where they are figures; for Text
	// they are the rows.
	Texts []string
}

// Texts is a column of texts that are all different, or few.
func Texts(name string, texts []string) Column { return Column{Name: name, Type: Text, Texts: texts} }

// Numbers is a column of whole numbers, in the narrowest form that holds them
// all. Beyond 2^53 they are rounded to the nearest double: for pictures and for
// sorting, not for sums.
func Numbers(name string, numbers []uint64) Column {
	most := uint64(0)
	for _, n := range numbers {
		most = max(most, n)
	}
	column := Column{Name: name, Type: narrowest(most), Texts: []string{}}
	column.Data = encode(column.Type, len(numbers), func(i int) uint64 { return numbers[i] })
	return column
}

// Signed is a column of whole numbers that may be negative, as doubles.
func Signed(name string, numbers []int64) Column {
	least := int64(0)
	for _, n := range numbers {
		least = min(least, n)
	}
	if least >= 0 {
		whole := make([]uint64, len(numbers))
		for i, n := range numbers {
			whole[i] = uint64(n)
		}
		return Numbers(name, whole)
	}
	return Floats(name, len(numbers), func(i int) float64 { return float64(numbers[i]) })
}

// Points is a column of places in a picture, as single floats.
func Points(name string, rows int, value func(i int) float64) Column {
	data := make([]byte, 0, width(F32)*rows)
	for i := range rows {
		data = binary.LittleEndian.AppendUint32(data, math.Float32bits(float32(value(i))))
	}
	return Column{Name: name, Type: F32, Data: base64.StdEncoding.EncodeToString(data), Texts: []string{}}
}

// Floats is a column of doubles.
func Floats(name string, rows int, value func(i int) float64) Column {
	data := make([]byte, 0, width(F64)*rows)
	for i := range rows {
		data = binary.LittleEndian.AppendUint64(data, math.Float64bits(value(i)))
	}
	return Column{Name: name, Type: F64, Data: base64.StdEncoding.EncodeToString(data), Texts: []string{}}
}

// IDs is a column of 64-bit ids.
func IDs(name string, rows int, id func(i int) uint64) Column {
	return Column{Name: name, Type: U64, Data: encode(U64, rows, id), Texts: []string{}}
}

// Places is a column of texts that occur again and again. Equal values have one
// place, in the order in which they occur first; text is asked once for each.
func Places[K comparable](name string, rows int, value func(i int) K, text func(K) string) Column {
	places := map[K]uint32{}
	numbers := make([]uint32, rows)
	texts := []string{}
	for i := range rows {
		key := value(i)
		place, known := places[key]
		if !known {
			place = uint32(len(texts))
			places[key] = place
			texts = append(texts, text(key))
		}
		numbers[i] = place
	}
	column := Column{Name: name, Type: narrowest(uint64(max(len(texts), 1) - 1)), Texts: texts}
	column.Data = encode(column.Type, rows, func(i int) uint64 { return uint64(numbers[i]) })
	return column
}

func narrowest(most uint64) Type {
	switch {
	case most <= math.MaxUint8:
		return U8
	case most <= math.MaxUint16:
		return U16
	case most <= math.MaxUint32:
		return U32
	default:
		return F64
	}
}

func width(t Type) int {
	return map[Type]int{U8: 1, U16: 2, U32: 4, F32: 4, F64: 8, U64: 8}[t]
}

func encode(t Type, rows int, number func(i int) uint64) string {
	data := make([]byte, 0, width(t)*rows)
	for i := range rows {
		switch n := number(i); t {
		case U8:
			data = append(data, byte(n))
		case U16:
			data = binary.LittleEndian.AppendUint16(data, uint16(n))
		case U32:
			data = binary.LittleEndian.AppendUint32(data, uint32(n))
		case F64:
			data = binary.LittleEndian.AppendUint64(data, math.Float64bits(float64(n)))
		default:
			data = binary.LittleEndian.AppendUint64(data, n)
		}
	}
	return base64.StdEncoding.EncodeToString(data)
}
