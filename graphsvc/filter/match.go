package filter

import (
	"net/netip"
	"slices"
	"strings"

	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// Transfer is what a filter looks at: a transfer added up over a window, or
// one direction of a raw flow.
type Transfer struct {
	// ID is that of Key; where it is 0 it is worked out when a filter asks for it.
	ID          model.EdgeID
	Key         *model.EdgeKey
	Sent        model.Counts
	Connections uint64
	RTTMicros   uint32 // 0 where unknown
	Cost        money.Amount
	// Flow is nil for a transfer.
	Flow *Flow
}

// Flow is what a raw flow has and a transfer has not.
type Flow struct {
	Source, Destination netip.Addr
	Agent               model.AgentID
	Role                model.Role
}

// Known is what is known of ends beside their names. Its methods are asked for
// any end.
type Known interface {
	// Team owns the workload, by the revision that moved the bytes where it is
	// known; "" where nobody is known to.
	Team(end model.Identity, revision string) string
	// Labels are the values that a label has on a workload or its pods.
	Labels(end model.Identity, key string) []string
}

// Nothing is known beside the names.
type Nothing struct{}

// Team is "".
func (Nothing) Team(model.Identity, string) string { return "" }

// Labels are none.
func (Nothing) Labels(model.Identity, string) []string { return nil }

// Match reports whether a transfer is meant.
func (f Filter) Match(t *Transfer, known Known) bool {
	return f.root == nil || matches(f.root, t, known)
}

func matches(e Expr, t *Transfer, known Known) bool {
	switch e := e.(type) {
	case And:
		for _, part := range e {
			if !matches(part, t, known) {
				return false
			}
		}
		return true
	case Or:
		for _, part := range e {
			if matches(part, t, known) {
				return true
			}
		}
		return false
	case Not:
		return !matches(e.Part, t, known)
	case *Condition:
		if e.Op == NotEqual || e.Op == NotContains {
			return !e.holds(t, known)
		}
		return e.holds(t, known)
	default:
		return false
	}
}

// holds reports whether one of the values fits, without the "not" of != and !~.
func (c *Condition) holds(t *Transfer, known Known) bool {
	for i := range c.Values {
		if c.fits(&c.Values[i], t, known) {
			return true
		}
	}
	return false
}

func (c *Condition) fits(v *Value, t *Transfer, known Known) bool {
	switch {
	case c.Field.Type.Ordered():
		return c.compares(v, t)
	case c.Field.Type == Address:
		return t.Flow != nil && c.side(func(side Side) bool { return v.Prefix.Contains(t.Flow.address(side)) })
	case c.Field.Name == "crosses":
		return slices.ContainsFunc(c.Field.Choices, func(name string) bool { return v.Word.fits(name) && border(name, t, known) })
	case !c.Field.Sided:
		return c.says(v.Word, c.ofTransfer(t))
	case v.To != nil:
		return c.atEnd(v.Word, t, Source, known) && c.atEnd(*v.To, t, Destination, known)
	default:
		return c.side(func(side Side) bool { return c.atEnd(v.Word, t, side, known) })
	}
}

// side asks one end, or whether either holds.
func (c *Condition) side(holds func(Side) bool) bool {
	if c.Side != Either {
		return holds(c.Side)
	}
	return holds(Source) || holds(Destination)
}

func (f *Flow) address(side Side) netip.Addr {
	if side == Source {
		return f.Source
	}
	return f.Destination
}

// says compares a property with a word, by the operator.
func (c *Condition) says(w Word, values ...string) bool {
	for _, value := range values {
		if c.Op == Contains || c.Op == NotContains {
			if containsFold(value, w.Text) {
				return true
			}
			continue
		}
		if w.fits(value) {
			return true
		}
	}
	return false
}

func containsFold(text, part string) bool {
	return strings.Contains(strings.ToLower(text), strings.ToLower(part))
}

// atEnd reports whether one end has a property as the word says.
func (c *Condition) atEnd(w Word, t *Transfer, side Side, known Known) bool {
	return c.says(w, c.endValues(t, side, known)...)
}

// endValues are what a property is at one end: "" where it is not known, several
// for a label alone, and none where the end cannot have it.
func (c *Condition) endValues(t *Transfer, side Side, known Known) []string {
	end, place, revision := &t.Key.Source, &t.Key.SourcePlace, t.Key.SourceRevision
	if side == Destination {
		end, place, revision = &t.Key.Destination, &t.Key.DestinationPlace, t.Key.DestinationRevision
	}
	switch {
	case c.Field.Name == Label:
		if values := known.Labels(*end, c.Key); len(values) > 0 {
			return values
		}
		return []string{""}
	case c.Field.Name == "team":
		return []string{known.Team(*end, revision)}
	case c.Field.Name == "revision":
		return []string{revision}
	case c.Field.Name == "class" && end.Kind != model.KindCloudEndpoint:
		return nil
	default:
		return []string{ofEnd(c.Field.Name, end, place)}
	}
}

// kindNames are the words for kinds.
var kindNames = map[model.IdentityKind]string{
	model.KindWorkload: "workload", model.KindNode: "node", model.KindCloudEndpoint: "endpoint", model.KindUnknown: "unknown",
}

func ofEnd(field string, end *model.Identity, place *model.Place) string {
	switch field {
	case "namespace":
		return end.Namespace
	case "name":
		return end.Name
	case "kind":
		return kindNames[end.Kind]
	case "type", "class":
		return end.Type
	case "cluster":
		return end.Cluster
	case "id":
		return end.ID()
	case "zone":
		return place.Zone
	case "region":
		return place.Region
	case "account":
		return place.Account
	default:
		return place.Network
	}
}
