package attribution

import (
	"net/netip"
	"time"

	"github.com/egressor/egressor/internal/model"
)

// Affected is when a fact's new version says something else than the one before,
// nil where there was none. A fact that was open and has ended says something else
// from its end on; one with another content, as long as either version held. ok is
// false where the versions say the same or the fact names nobody's end.
func Affected(before *model.Fact, after model.Fact) (period model.Period, ok bool) {
	if after.Kind == model.FactRevision {
		return model.Period{}, false // says who changed what, not who is where
	}
	now := spanOf(after.Period)
	switch {
	case before == nil:
	case sameBody(*before, after):
		was := spanOf(before.Period)
		now = span{min(was.to, now.to), max(was.to, now.to)}
	default:
		was := spanOf(before.Period)
		now = span{min(was.from, now.from), max(was.to, now.to)}
	}
	return now.period(), !now.empty()
}

func sameBody(a, b model.Fact) bool {
	a.Period, b.Period = model.Period{}, model.Period{}
	a.Recorded, b.Recorded = time.Time{}, time.Time{}
	return factText(a) == factText(b)
}

// period is the inverse of spanOf.
func (s span) period() model.Period {
	var p model.Period
	if s.from != sinceEver {
		p.From = time.UnixMicro(s.from).UTC()
	}
	if s.to != forEver {
		p.To = time.UnixMicro(s.to).UTC()
	}
	return p
}

// Named is what rows can name a fact by: addresses, and the UIDs of pods. all is
// true where it may matter to rows that name none of them: a range of addresses, a
// route, or a node, whose place is that of everything on it.
func Named(fact model.Fact) (addrs []netip.Addr, pod string, all bool) {
	switch fact.Kind {
	case model.FactPod:
		return fact.Pod.Addrs, fact.Key, false
	case model.FactService:
		return fact.Service.Addrs, "", false
	case model.FactEndpoint:
		for _, cidr := range fact.Endpoint.CIDRs {
			if !cidr.IsSingleIP() {
				return nil, "", true
			}
			addrs = append(addrs, cidr.Addr())
		}
		return addrs, "", false
	default:
		return nil, "", fact.Kind == model.FactNode || fact.Kind == model.FactRoute || fact.Kind == model.FactSubnet
	}
}
