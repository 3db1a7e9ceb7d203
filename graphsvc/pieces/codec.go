package pieces

import (
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// form is the first byte of the encoding. A later form has another number.
const form = 1

// Bits of a row's flags; the low five are the length of the cost in bytes.
const (
	checkedFlag = 1 << 7
	rttFlag     = 1 << 6
	costLength  = 1<<5 - 1
)

// errCut says that an encoding ends in the middle.
var errCut = errors.New("packed rows end in the middle of a row")

// Encode packs rows: the form, the number of rows, then each row in order of
// its edge, as docs/formats/graph.md describes. It sorts the slice. It fails on
// an edge that is there twice.
func Encode(rows []Row) ([]byte, error) {
	slices.SortFunc(rows, func(a, b Row) int { return cmp.Compare(a.Edge, b.Edge) })
	packed := make([]byte, 0, 8+32*len(rows))
	packed = binary.AppendUvarint(append(packed, form), uint64(len(rows)))
	for i := range rows {
		if i > 0 && rows[i].Edge == rows[i-1].Edge {
			return nil, fmt.Errorf("edge %s is there twice", rows[i].Edge)
		}
		packed = appendRow(packed, &rows[i])
	}
	return packed, nil
}

func appendRow(packed []byte, row *Row) []byte {
	var cost [16]byte
	length := costBytes(row.Cost, &cost)
	flags := byte(length)
	if row.Checked {
		flags |= checkedFlag
	}
	if row.RTTMicros != 0 {
		flags |= rttFlag
	}
	packed = append(binary.BigEndian.AppendUint64(packed, uint64(row.Edge)), flags)
	packed = append(packed, cost[16-length:]...)
	packed = binary.AppendUvarint(packed, row.Sent.WireBytes)
	packed = binary.AppendVarint(packed, int64(row.Sent.WireBytes-row.Sent.PayloadBytes))
	packed = binary.AppendUvarint(packed, row.Sent.Packets)
	packed = binary.AppendUvarint(packed, row.Sent.RetransmittedPackets)
	packed = binary.AppendUvarint(packed, row.Connections)
	if row.RTTMicros != 0 {
		packed = binary.AppendUvarint(packed, uint64(row.RTTMicros))
	}
	if row.Checked {
		packed = binary.AppendVarint(packed, int64(row.Sent.WireBytes-row.CheckBytes))
	}
	return packed
}

// costBytes writes an amount in as few big-endian bytes of two's complement as
// hold it, at the end of to, and returns how many: 0 for zero.
func costBytes(amount money.Amount, to *[16]byte) int {
	if amount.IsZero() {
		return 0
	}
	high, low := amount.Words()
	binary.BigEndian.PutUint64(to[:8], uint64(high))
	binary.BigEndian.PutUint64(to[8:], low)
	fill := byte(high >> 63)
	start := 0
	for start < 15 && to[start] == fill && (to[start+1]^fill)&0x80 == 0 {
		start++
	}
	return 16 - start
}

func costOf(text []byte) money.Amount {
	if len(text) == 0 {
		return money.Amount{}
	}
	high := int64(int8(text[0])) >> 7
	low := uint64(high)
	for _, b := range text {
		high = high<<8 | int64(low>>56)
		low = low<<8 | uint64(b)
	}
	return money.FromWords(high, low)
}

// Each unpacks rows, in order of their edges. The row is valid until each
// returns.
func Each(packed []byte, take func(*Row) error) error {
	if len(packed) == 0 || packed[0] != form {
		return errForm()
	}
	r := reader{rest: packed[1:]}
	count := r.uvarint()
	var row Row
	for n := uint64(0); n < count; n++ {
		before := row.Edge
		r.row(&row)
		if r.cut {
			return errCut
		}
		if n > 0 && row.Edge <= before {
			return errOrder(row.Edge)
		}
		if err := take(&row); err != nil {
			return err
		}
	}
	if r.cut {
		return errCut
	}
	if len(r.rest) > 0 {
		return errBehind(len(r.rest))
	}
	return nil
}

// Decode is Each into a slice.
func Decode(packed []byte) ([]Row, error) {
	rows := make([]Row, 0, len(packed)/16)
	err := Each(packed, func(row *Row) error {
		rows = append(rows, *row)
		return nil
	})
	return rows, err
}

// reader takes values off the front; cut is true once there was not enough.
type reader struct {
	rest []byte
	cut  bool
}

func (r *reader) row(row *Row) {
	head := r.bytes(rowHead)
	if head == nil {
		return
	}
	row.Edge = model.EdgeID(binary.BigEndian.Uint64(head))
	flags := head[8]
	row.Cost = costOf(r.bytes(min(int(flags&costLength), 16)))
	row.Sent.WireBytes = r.uvarint()
	row.Sent.PayloadBytes = row.Sent.WireBytes - uint64(r.varint())
	row.Sent.Packets = r.uvarint()
	row.Sent.RetransmittedPackets = r.uvarint()
	row.Connections = r.uvarint()
	row.RTTMicros, row.Checked, row.CheckBytes = 0, flags&checkedFlag != 0, 0
	if flags&rttFlag != 0 {
		row.RTTMicros = uint32(min(r.uvarint(), math.MaxUint32))
	}
	if row.Checked {
		row.CheckBytes = row.Sent.WireBytes - uint64(r.varint())
	}
}

func (r *reader) bytes(n int) []byte {
	if n > len(r.rest) {
		r.rest, r.cut = nil, true
		return nil
	}
	taken := r.rest[:n]
	r.rest = r.rest[n:]
	return taken
}

func (r *reader) uvarint() uint64 {
	value, n := binary.Uvarint(r.rest)
	if n <= 0 {
		r.rest, r.cut = nil, true
		return 0
	}
	r.rest = r.rest[n:]
	return value
}

func (r *reader) varint() int64 {
	value := r.uvarint()
	return int64(value>>1) ^ -int64(value&1)
}
