package packed_test

import (
	"encoding/base64"
	"encoding/binary"
	"math"
	"testing"

	"pgregory.net/rapid"

	"github.com/egressor/egressor/graphsvc/packed"
)

var widths = map[packed.Type]int{packed.U8: 1, packed.U16: 2, packed.U32: 4, packed.F64: 8, packed.U64: 8}

// numbers reads a column as a browser does.
func numbers(t *rapid.T, c packed.Column) (whole []uint64, doubles []float64) {
	data, err := base64.StdEncoding.DecodeString(c.Data)
	if err != nil || c.Texts == nil {
		t.Fatalf("%s: %v, texts %v", c.Name, err, c.Texts)
	}
	for at := 0; at < len(data); at += widths[c.Type] {
		var cell [8]byte
		copy(cell[:], data[at:at+widths[c.Type]])
		n := binary.LittleEndian.Uint64(cell[:])
		if c.Type == packed.F64 {
			doubles = append(doubles, math.Float64frombits(n))
			n = uint64(math.Float64frombits(n))
		}
		whole = append(whole, n)
	}
	return whole, doubles
}

// TestWhatIsPackedIsRead: each column gives what it was made of, in the narrowest
// type that holds it.
func TestWhatIsPackedIsRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		most := rapid.SampledFrom([]uint64{1, math.MaxUint8, math.MaxUint16, math.MaxUint32, 1<<53 - 1}).Draw(t, "most")
		in := rapid.SliceOf(rapid.Uint64Range(0, most)).Draw(t, "numbers")
		column := packed.Numbers("n", in)
		got, _ := numbers(t, column)
		for i := range in {
			if len(got) != len(in) || got[i] != in[i] {
				t.Fatalf("%v is read as %v", in, got)
			}
		}
		signed := rapid.SliceOf(rapid.Int64Range(-(1<<53), 1<<53)).Draw(t, "signed")
		column = packed.Signed("s", signed)
		whole, doubles := numbers(t, column)
		for i, n := range signed {
			if column.Type == packed.F64 && int64(doubles[i]) != n || column.Type != packed.F64 && int64(whole[i]) != n {
				t.Fatalf("%v is read as %v %v", signed, whole, doubles)
			}
		}
		ids := rapid.SliceOf(rapid.Uint64()).Draw(t, "ids")
		got, _ = numbers(t, packed.IDs("id", len(ids), func(i int) uint64 { return ids[i] }))
		for i := range ids {
			if got[i] != ids[i] {
				t.Fatalf("%v is read as %v", ids, got)
			}
		}
		texts := rapid.SliceOf(rapid.SampledFrom([]string{"", "az1", "az2", "x"})).Draw(t, "texts")
		column = packed.Places("p", len(texts), func(i int) string { return texts[i] }, func(text string) string { return text })
		got, _ = numbers(t, column)
		for i := range texts {
			if column.Texts[got[i]] != texts[i] || len(column.Texts) > 4 || column.Type != packed.U8 {
				t.Fatalf("%v is read as %v of %v", texts, got, column.Texts)
			}
		}
	})
}
