package attribution

import (
	"cmp"
	"net/netip"
	"slices"

	"github.com/egressor/egressor/internal/model"
)

// subnetTable finds the subnet of an address or by its id.
type subnetTable struct {
	byPrefix map[netip.Prefix][]subnetSpan
	byID     map[string][]subnetSpan
	lengths  prefixLengths
}

type subnetSpan struct {
	span
	id   string
	fact *model.SubnetFact
}

func (t *subnetTable) add(fact model.Fact, period span) {
	if t.byPrefix == nil {
		t.byPrefix, t.byID = map[netip.Prefix][]subnetSpan{}, map[string][]subnetSpan{}
	}
	subnet := subnetSpan{period, fact.Key, fact.Subnet}
	t.byID[subnet.id] = append(t.byID[subnet.id], subnet)
	for _, cidr := range fact.Subnet.CIDRs {
		prefix := unmapPrefix(cidr)
		t.byPrefix[prefix] = append(t.byPrefix[prefix], subnet)
		t.lengths.add(prefix)
	}
}

func (t *subnetTable) sort() {
	later := func(a, b subnetSpan) int { return cmp.Or(-cmp.Compare(a.from, b.from), cmp.Compare(a.id, b.id)) }
	for _, list := range t.byPrefix {
		slices.SortFunc(list, later)
	}
	for _, list := range t.byID {
		slices.SortFunc(list, later)
	}
	t.lengths.sort()
}

// named returns a subnet by its id.
func (t *subnetTable) named(id string, at int64) (*subnetSpan, bool) {
	for i := range t.byID[id] {
		if candidate := &t.byID[id][i]; candidate.contains(at) {
			return candidate, true
		}
	}
	return nil, false
}

// around returns the subnet that holds an address, in a place as far as that is
// known. Ranges of two networks may
// overlap: where more than one subnet is left, there is no answer but contested.
func (t *subnetTable) around(addr netip.Addr, place model.Place, at int64) (found *subnetSpan, contested bool) {
	for _, bits := range t.lengths.of(addr) {
		prefix, err := addr.Prefix(bits)
		if err != nil {
			continue
		}
		for i := range t.byPrefix[prefix] {
			candidate := &t.byPrefix[prefix][i]
			if !candidate.contains(at) || !mayBe(candidate.fact.Place, place) {
				continue
			}
			if found != nil && found.id != candidate.id {
				return nil, true
			}
			found = candidate
		}
		if found != nil {
			return found, false
		}
	}
	return nil, false
}

// mayBe reports whether what is known of two places does not exclude that they
// are one. A zone may be known by its name or by its id, which do not compare:
// only two ids (use1-az1) do.
func mayBe(a, b model.Place) bool {
	differ := func(x, y string) bool { return x != "" && y != "" && x != y }
	return !differ(a.Provider, b.Provider) && !differ(a.Region, b.Region) &&
		!differ(a.Network, b.Network) && !differ(a.Account, b.Account) &&
		(!isZoneID(a) || !isZoneID(b) || a.Zone == b.Zone)
}

// isZoneID tells an AWS zone id (use1-az1), which means the same in every
// account, from a zone name (us-east-1a), which does not.
func isZoneID(place model.Place) bool {
	return place.Zone != "" && (place.Region == "" || len(place.Zone) < len(place.Region) || place.Zone[:len(place.Region)] != place.Region)
}
