package embedded

import "unsafe"

// address turns a C address into a pointer. The memory is the engine's: the
// garbage collector neither moves nor frees it.
func address(at uintptr) unsafe.Pointer { return *(*unsafe.Pointer)(unsafe.Pointer(&at)) }

// cString is text with the terminating zero that C wants.
func cString(text string) []byte { return append([]byte(text), 0) }

// pointer is the address of text's first byte, which C reads with a length
// beside it. The engine refuses null, so empty text points at a zero byte.
func pointer(text string) *byte {
	if text == "" {
		return &zero
	}
	return unsafe.StringData(text)
}

var zero byte

// pointers lays one field of every item out as C arrays of addresses and
// lengths. The items must be kept alive until C is done.
func pointers[T any](items []T, field func(T) string) (addresses []*byte, lengths []uint64) {
	for _, item := range items {
		text := field(item)
		addresses = append(addresses, pointer(text))
		lengths = append(lengths, uint64(len(text)))
	}
	return addresses, lengths
}
