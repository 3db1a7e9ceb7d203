package attribution

import (
	"net/netip"
	"slices"
)

// prefixLengths are the lengths in use in a table of prefixes, longest first:
// [0] IPv4, [1] IPv6. A look-up tries one after the other, which takes as long
// for a million prefixes as for a hundred.
type prefixLengths [2][]int

func (l *prefixLengths) add(prefix netip.Prefix) {
	family := &l[familyOf(prefix.Addr())]
	if !slices.Contains(*family, prefix.Bits()) {
		*family = append(*family, prefix.Bits())
	}
}

func (l *prefixLengths) sort() {
	for family := range l {
		slices.Sort(l[family])
		slices.Reverse(l[family])
	}
}

func (l *prefixLengths) of(addr netip.Addr) []int {
	if !addr.IsValid() {
		return nil
	}
	return l[familyOf(addr)]
}

func familyOf(addr netip.Addr) int {
	return boolInt(!addr.Is4())
}

// unmapPrefix gives the canonical form: host bits cleared, and an IPv4 range
// written as IPv6 (::ffff:a.b.c.d/96+n) as the IPv4 range it is.
func unmapPrefix(prefix netip.Prefix) netip.Prefix {
	if addr := prefix.Addr(); addr.Is4In6() && prefix.Bits() >= 96 {
		prefix = netip.PrefixFrom(addr.Unmap(), prefix.Bits()-96)
	}
	return prefix.Masked()
}

// sharedRange is RFC 6598: private in all but name, and used for pods.
var sharedRange = netip.MustParsePrefix("100.64.0.0/10")

// isPrivate reports whether an address means something in its own network only.
func isPrivate(addr netip.Addr) bool {
	return addr.IsPrivate() || sharedRange.Contains(addr) || addr.IsLoopback() ||
		addr.IsLinkLocalUnicast() || addr.IsMulticast() || addr.IsUnspecified()
}

// isPublicIPv4 reports whether traffic to a node's address leaves by its public
// one. IPv6 says nothing of the kind: every address of a VPC is global there.
func isPublicIPv4(addr netip.Addr) bool {
	return addr.Is4() && addr.IsGlobalUnicast() && !isPrivate(addr)
}
