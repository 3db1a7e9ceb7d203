package attribution

import (
	"cmp"
	"net/netip"
	"slices"

	"github.com/egressor/egressor/internal/model"
)

// endpointTable finds what an outside address is: the longest prefix that
// contains it, and of equal prefixes the more specific class.
type endpointTable struct {
	byPrefix map[netip.Prefix][]endpointSpan
	lengths  [2][]int // prefix lengths in use, longest first: [0] IPv4, [1] IPv6
}

type endpointSpan struct {
	span
	key  string
	fact *model.EndpointFact
}

func (t *endpointTable) add(fact model.Fact, period span) {
	if t.byPrefix == nil {
		t.byPrefix = map[netip.Prefix][]endpointSpan{}
	}
	for _, cidr := range fact.Endpoint.CIDRs {
		prefix := unmapPrefix(cidr)
		t.byPrefix[prefix] = append(t.byPrefix[prefix], endpointSpan{period, fact.Key, fact.Endpoint})
	}
}

func (t *endpointTable) sort() {
	for prefix, list := range t.byPrefix {
		family := familyOf(prefix.Addr())
		if !slices.Contains(t.lengths[family], prefix.Bits()) {
			t.lengths[family] = append(t.lengths[family], prefix.Bits())
		}
		slices.SortFunc(list, func(a, b endpointSpan) int {
			return cmp.Or(
				-cmp.Compare(classRank(a.fact.Class), classRank(b.fact.Class)),
				-cmp.Compare(a.from, b.from),
				cmp.Compare(a.key, b.key),
			)
		})
	}
	for family := range t.lengths {
		slices.Sort(t.lengths[family])
		slices.Reverse(t.lengths[family])
	}
}

// find returns the endpoint at an address and the length of the prefix that
// matched.
func (t *endpointTable) find(addr netip.Addr, at int64) (*model.EndpointFact, int, bool) {
	for _, length := range t.lengths[familyOf(addr)] {
		prefix, err := addr.Prefix(length)
		if err != nil {
			continue
		}
		for _, candidate := range t.byPrefix[prefix] {
			if candidate.contains(at) {
				return candidate.fact, length, true
			}
		}
	}
	return nil, 0, false
}

// classRank orders endpoint classes by how much they say: providers publish
// one range under a service and under "everything of ours" at once.
func classRank(class string) int {
	switch class {
	case "", "internet":
		return 0
	case "aws", "amazon", "azure", "gcp", "google", "cloud":
		return 1
	case "ec2", "compute", "on-premises":
		return 2
	default:
		return 3
	}
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
