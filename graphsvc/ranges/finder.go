package ranges

import (
	"net/netip"

	"github.com/egressor/egressor/internal/model"
)

// Named is a table as what names addresses by facts.
type Named struct{ *Table }

// Fact states what the table says of an address.
func (n Named) Fact(addr netip.Addr) (model.Fact, bool) {
	match, ok := n.Find(addr)
	if !ok {
		return model.Fact{}, false
	}
	return n.Table.Fact(match), true
}
