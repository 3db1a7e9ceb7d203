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
	// PageReading (D7) takes Google's Premium prices from Oceania as its price page
	// was read in 2026. Default: the catalogue of 2025.
	PageReading bool
	// SecondReading (D9) takes Azure's second readings: 0.16 within South America,
	// and israelcentral in zone 3. Default: 0.181, and zone 1.
	SecondReading bool
	// DecimalTierEnds (D10) ends the tiers of AWS's interface endpoints at 1 and 5
	// million GB. Default: at 1,048,576 and 5,242,880.
	DecimalTierEnds bool
	// ExtendPairs (D11) takes the one price of an AWS region towards all others for
	// pairs that are not sourced. Default: they are a gap.
	ExtendPairs bool
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
	{"D6", "replication-free", "replication-charged", func(s *Switches) *bool { return &s.BrokerReplication }},
	{"D7", "catalogue-2025", "page-2026", func(s *Switches) *bool { return &s.PageReading }},
	{"D8", "zones-free", "zones-charged", func(s *Switches) *bool { return &s.AzureZones }},
	{"D9", "first-reading", "second-reading", func(s *Switches) *bool { return &s.SecondReading }},
	{"D10", "binary-tier-ends", "decimal-tier-ends", func(s *Switches) *bool { return &s.DecimalTierEnds }},
	{"D11", "sourced-pairs", "extended-pairs", func(s *Switches) *bool { return &s.ExtendPairs }},
}

// Set sets the switch of a disputed point (D1 to D11) to one of its two values.
// D12, prices that some pairs of regions are said to have, has no figures to
// switch to.
func (s *Switches) Set(id, value string) error {
	index := slices.IndexFunc(disputedPoints, func(d disputed) bool { return d.id == id })
	if index < 0 {
		return fmt.Errorf("switch %q: want one of D1 to D11", id)
	}
	point := disputedPoints[index]
	if value != point.usual && value != point.other {
		return fmt.Errorf("switch %s: %q: want %s or %s", id, value, point.usual, point.other)
	}
	*point.field(s) = value == point.other
	return nil
}

// has reports whether a row that depends on a switch, such as
// "D10=decimal-tier-ends", holds. A row without one always does.
func (s *Switches) has(text string) bool {
	if text == "" {
		return true
	}
	id, value, _ := strings.Cut(text, "=")
	for _, point := range disputedPoints {
		if point.id == id {
			return *point.field(s) == (value == point.other)
		}
	}
	return false
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
