package pieces

import (
	"encoding/binary"
	"fmt"
	"math/bits"

	"github.com/egressor/egressor/internal/model"
)

// Pick unpacks the rows of some edges, in order, of those that a packed column has.
// The edges are in order. The others are passed over by their lengths, in a fraction of
// the time that unpacking takes: of these it sees only whether they are whole and in
// order.
func Pick(packed []byte, edges []model.EdgeID) (rows []Row, err error) {
	err = heads(packed, func(edge model.EdgeID, at int) {
		for len(edges) > 0 && edges[0] < edge {
			edges = edges[1:]
		}
		if len(edges) > 0 && edges[0] == edge {
			var row Row
			(&reader{rest: packed[at:]}).row(&row)
			rows, edges = append(rows, row), edges[1:]
		}
	})
	return rows, err
}

// rowHead is an edge's id and the flags, which every row begins with.
const rowHead = 9

// heads goes from row to row without unpacking any, and says where each begins.
func heads(packed []byte, take func(edge model.EdgeID, at int)) error {
	if len(packed) == 0 || packed[0] != form {
		return errForm()
	}
	count, length := binary.Uvarint(packed[1:])
	if length <= 0 {
		return errCut
	}
	at := 1 + length
	var before model.EdgeID
	for n := uint64(0); n < count; n++ {
		if len(packed) < at+rowHead {
			return errCut
		}
		edge := model.EdgeID(binary.BigEndian.Uint64(packed[at:]))
		if n > 0 && edge <= before {
			return errOrder(edge)
		}
		end := rowEnd(packed, at)
		if end < 0 {
			return errCut
		}
		take(edge, at)
		before, at = edge, end
	}
	if at < len(packed) {
		return errBehind(len(packed) - at)
	}
	return nil
}

// rowEnd is where the row that begins at a place ends; -1 where it is not whole.
func rowEnd(packed []byte, at int) int {
	const always = 5 // wire and payload bytes, packets, retransmitted packets, connections
	flags := packed[at+rowHead-1]
	numbers := always + int(flags&checkedFlag/checkedFlag) + int(flags&rttFlag/rttFlag)
	return afterNumbers(packed, at+rowHead+min(int(flags&costLength), 16), numbers)
}

// afterNumbers is where so many varints end, each with the first byte whose high bit is
// not set; -1 where there are fewer.
func afterNumbers(packed []byte, at, numbers int) int {
	const high = 0x8080808080808080
	for ; at+8 <= len(packed); at += 8 {
		ends := ^binary.LittleEndian.Uint64(packed[at:]) & high
		found := bits.OnesCount64(ends)
		if found < numbers {
			numbers -= found
			continue
		}
		for ; numbers > 1; numbers-- {
			ends &= ends - 1
		}
		return at + bits.TrailingZeros64(ends)/8 + 1
	}
	for ; at < len(packed); at++ {
		if packed[at]&0x80 == 0 {
			numbers--
		}
		if numbers == 0 {
			return at + 1
		}
	}
	return -1
}

func errForm() error {
	return fmt.Errorf("packed rows are not of form %d: written by a newer version, or damaged", form)
}

func errOrder(edge model.EdgeID) error {
	return fmt.Errorf("packed rows are out of order at edge %s", edge)
}

func errBehind(bytes int) error {
	return fmt.Errorf("packed rows have %d bytes behind the last row", bytes)
}
