package ranges

import (
	"cmp"
	"encoding/binary"
	"net/netip"
)

// nobody is the label of addresses that no range holds.
const nobody = 0xffff

// line is the address space of one family cut into segments that each have one
// answer: nested ranges are laid flat when the table is built, so that a look-up
// is one binary search.
type line[K any] struct {
	from  []K // first address of each segment, ascending
	label []uint16
	bits  []uint8
}

func (l *line[K]) add(from K, s segment) {
	l.from, l.label, l.bits = append(l.from, from), append(l.label, s.label), append(l.bits, s.bits)
}

// at returns the answer of a segment, nobody below the first.
func (l *line[K]) at(segment int) (label uint16, bits uint8) {
	if segment < 0 {
		return nobody, 0
	}
	return l.label[segment], l.bits[segment]
}

// before turns the place where an address would go into the segment it is in.
func before(place int, exact bool) int {
	if exact {
		return place
	}
	return place - 1
}

// wide is an IPv6 address as two numbers.
type wide struct{ high, low uint64 }

func (w wide) compare(x wide) int {
	return cmp.Or(cmp.Compare(w.high, x.high), cmp.Compare(w.low, x.low))
}

func wideOf(addr netip.Addr) wide {
	bytes := addr.As16()
	return wide{binary.BigEndian.Uint64(bytes[:8]), binary.BigEndian.Uint64(bytes[8:])}
}

func narrowOf(addr netip.Addr) uint32 {
	bytes := addr.As4()
	return binary.BigEndian.Uint32(bytes[:])
}

// segment is where the answer changes.
type segment struct {
	from  netip.Addr
	label uint16
	bits  uint8
}

// segments lays ranges flat, which come in order of prefixes.
func segments(ranges []numbered) []segment {
	var flat []segment
	var open []numbered // the ranges around the one at hand, outermost first
	begin := func(from netip.Addr) {
		s := segment{from: from, label: nobody}
		if n := len(open); n > 0 {
			s.label, s.bits = open[n-1].label, uint8(open[n-1].prefix.Bits())
		}
		if n := len(flat); n > 0 && flat[n-1].from == from {
			flat[n-1] = s
			return
		}
		flat = append(flat, s)
	}
	closeUntil := func(holds func(netip.Prefix) bool) {
		for len(open) > 0 && !holds(open[len(open)-1].prefix) {
			end := lastOf(open[len(open)-1].prefix)
			open = open[:len(open)-1]
			if next := end.Next(); next.IsValid() {
				begin(next)
			}
		}
	}
	for _, r := range ranges {
		closeUntil(func(outer netip.Prefix) bool { return outer.Contains(r.prefix.Addr()) })
		open = append(open, r)
		begin(r.prefix.Addr())
	}
	closeUntil(func(netip.Prefix) bool { return false })
	return flat
}

// lastOf is the last address of a prefix.
func lastOf(prefix netip.Prefix) netip.Addr {
	bytes := prefix.Addr().As16()
	bits := prefix.Bits()
	if prefix.Addr().Is4() {
		bits += 96
	}
	for i := bits; i < 128; i++ {
		bytes[i/8] |= 0x80 >> (i % 8)
	}
	last := netip.AddrFrom16(bytes)
	if prefix.Addr().Is4() {
		return last.Unmap()
	}
	return last
}
