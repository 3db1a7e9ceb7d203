package pricing

import (
	"fmt"
	"slices"
	"strings"

	"github.com/egressor/egressor/costsvc/transferclass"
)

// Switches settle what sources dispute about prices. The zero value is the
// default of each; docs/formats/pricebook.md lists them with their names.
type Switches struct {
	// AllowanceInside (D1) counts the free bytes within the first tier. Default:
	// the tiers begin after them.
	AllowanceInside bool
	// TiersOverRegions (D2) runs one internet meter over all regions of AWS.
	// Default: a meter for each region.
	TiersOverRegions bool
	// Switches are the points that decide which charges there are.
	transferclass.Switches
}

// disputed is one switch: its values by name, the default first.
type disputed struct {
	id, usual, other string
	field            func(*Switches) *bool
}

var disputedPoints = []disputed{
	{"D1", "allowance-before-tiers", "allowance-inside-tiers", func(s *Switches) *bool { return &s.AllowanceInside }},
	{"D2", "tiers-by-region", "tiers-over-regions", func(s *Switches) *bool { return &s.TiersOverRegions }},
	{"D3", "client-side", "both-sides", func(s *Switches) *bool { return &s.ServiceSide }},
	{"D4", "both-sides", "sender-side", func(s *Switches) *bool { return &s.NATSideFree }},
	{"D5", "sent-bytes", "both-ends", func(s *Switches) *bool { return &s.TransitBothEnds }},
}

// Set sets the switch of a disputed point (D1 to D5) to one of its two values.
func (s *Switches) Set(id, value string) error {
	index := slices.IndexFunc(disputedPoints, func(d disputed) bool { return d.id == id })
	if index < 0 {
		return fmt.Errorf("switch %q: want D1, D2, D3, D4 or D5", id)
	}
	point := disputedPoints[index]
	if value != point.usual && value != point.other {
		return fmt.Errorf("switch %s: %q: want %s or %s", id, value, point.usual, point.other)
	}
	*point.field(s) = value == point.other
	return nil
}

// String lists what differs from the defaults, such as "D3=both-sides", and is
// "" where nothing does.
func (s Switches) String() string {
	var set []string
	for _, point := range disputedPoints {
		if *point.field(&s) {
			set = append(set, point.id+"="+point.other)
		}
	}
	return strings.Join(set, " ")
}
