package attribution

import (
	"cmp"
	"net/netip"
	"slices"
	"strings"

	"github.com/egressor/egressor/internal/model"
)

// endpointTable finds what an outside address is: the longest prefix that
// contains it; of equal prefixes the best source, then the more specific class.
type endpointTable struct {
	byPrefix map[netip.Prefix][]endpointSpan
	lengths  prefixLengths
}

type endpointSpan struct {
	span
	key  string
	rank int // of its source
	fact *model.EndpointFact
}

func (t *endpointTable) add(fact model.Fact, period span) {
	if t.byPrefix == nil {
		t.byPrefix = map[netip.Prefix][]endpointSpan{}
	}
	for _, cidr := range fact.Endpoint.CIDRs {
		prefix := unmapPrefix(cidr)
		t.byPrefix[prefix] = append(t.byPrefix[prefix], endpointSpan{period, fact.Key, sourceRank(fact.Source), fact.Endpoint})
		t.lengths.add(prefix)
	}
}

func (t *endpointTable) sort() {
	for _, list := range t.byPrefix {
		slices.SortFunc(list, func(a, b endpointSpan) int {
			return cmp.Or(
				-cmp.Compare(a.rank, b.rank),
				-cmp.Compare(classRank(a.fact.Class), classRank(b.fact.Class)),
				-cmp.Compare(a.from, b.from),
				cmp.Compare(a.key, b.key),
			)
		})
	}
	t.lengths.sort()
}

// endpointMatch is an endpoint and why it was taken.
type endpointMatch struct {
	fact *model.EndpointFact
	key  string
	// bits is the length of the prefix that matched.
	bits int
	// contested is true where several networks have the prefix and nothing says
	// which of them is meant.
	contested bool
}

// find returns the endpoint at an address as seen from a network, "" where the
// network is not known. A private address of another network is none there.
func (t *endpointTable) find(addr netip.Addr, network string, at int64) (endpointMatch, bool) {
	for _, bits := range t.lengths.of(addr) {
		prefix, err := addr.Prefix(bits)
		if err != nil {
			continue
		}
		found, ok := pickEndpoint(t.byPrefix[prefix], network, at)
		if !ok || found.fact.Class == classInternet && isPrivate(addr) {
			continue
		}
		found.bits = bits
		return found, true
	}
	return endpointMatch{}, false
}

// pickEndpoint returns the first candidate that holds and is in the network.
func pickEndpoint(candidates []endpointSpan, network string, at int64) (endpointMatch, bool) {
	var found *endpointSpan
	for i := range candidates {
		candidate := &candidates[i]
		switch elsewhere := network != "" && candidate.fact.Place.Network != "" && candidate.fact.Place.Network != network; {
		case elsewhere || !candidate.contains(at):
		case found == nil:
			found = candidate
		case network == "" && found.rank == candidate.rank && found.fact.Place.Network != candidate.fact.Place.Network &&
			found.fact.Place.Network != "" && candidate.fact.Place.Network != "":
			return endpointMatch{fact: found.fact, key: found.key, contested: true}, true
		}
	}
	if found == nil {
		return endpointMatch{}, false
	}
	return endpointMatch{fact: found.fact, key: found.key}, true
}

// classInternet is everything public that nobody names; a private address is
// never that, however wide the range that somebody wrote.
const classInternet = "internet"

// sourceRank orders who is believed about one prefix: what people wrote, then
// what the cloud's API says, then what providers publish.
func sourceRank(source string) int {
	switch kind, _, _ := strings.Cut(source, "/"); kind {
	case "ranges", "geo":
		return 0
	case "cloud":
		return 1
	default:
		return 2
	}
}

// classRank orders endpoint classes by how much they say: providers publish
// one range under a service and under "everything of ours" at once.
func classRank(class string) int {
	switch class {
	case "", classInternet:
		return 0
	case "aws", "amazon", "azure", "gcp", "google", "cloud":
		return 1
	case "ec2", "compute", "on-premises":
		return 2
	default:
		return 3
	}
}
