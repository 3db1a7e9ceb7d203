package wire

import "net/netip"

// dictionary numbers values in the order of their first use.
type dictionary[T comparable] struct {
	index  map[T]uint32
	values []T
}

func newDictionary[T comparable](capacity int) *dictionary[T] {
	return &dictionary[T]{index: make(map[T]uint32, capacity)}
}

func (d *dictionary[T]) add(value T) uint32 {
	if at, ok := d.index[value]; ok {
		return at
	}
	at := uint32(len(d.values))
	d.index[value] = at
	d.values = append(d.values, value)
	return at
}

// encoder holds the two dictionaries while a batch is turned into columns.
type encoder struct {
	strings   *dictionary[string]
	addresses *dictionary[netip.Addr]
}

func (e *encoder) address(a netip.Addr) uint32 { return e.addresses.add(a.WithZone("")) }
