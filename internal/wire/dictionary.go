package wire

import (
	"fmt"
	"net/netip"
)

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

// pick returns the value at an index that came from outside.
func pick[T any](values []T, at uint32, what string) (T, error) {
	if int64(at) >= int64(len(values)) {
		var none T
		return none, fmt.Errorf("%s %d of a dictionary of %d", what, at, len(values))
	}
	return values[at], nil
}

// encoder holds the two dictionaries while a batch is turned into columns.
type encoder struct {
	strings   *dictionary[string]
	addresses *dictionary[netip.Addr]
}

func (e *encoder) address(a netip.Addr) uint32 { return e.addresses.add(a.WithZone("")) }
