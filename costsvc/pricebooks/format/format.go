// Package format is the text form of a price book: one JSON object a line, of
// three kinds. docs/formats/pricebook.md describes it.
package format

// Kinds of line.
const (
	KindBook   = "book"
	KindSource = "source"
	KindPrice  = "price"
)

// Header is the first line.
type Header struct {
	Kind     string `json:"kind"`
	Book     string `json:"book"`
	Provider string `json:"provider"`
	Version  string `json:"version"`
	Currency string `json:"currency"`
	// From and Until are dates (2026-05-01, UTC midnight), "" for open.
	From  string `json:"from,omitempty"`
	Until string `json:"until,omitempty"`
	// Regions are all regions that the provider has, priced or not; a transfer
	// that names another has a typing error. Empty: any name is taken.
	Regions []string `json:"regions,omitempty"`
	// Groups maps a region to the groups whose rows hold for it too, the closest
	// first.
	Groups map[string][]string `json:"groups,omitempty"`
}

// Source is where figures come from.
type Source struct {
	Kind        string `json:"kind"`
	ID          string `json:"id"`
	What        string `json:"what"`
	AsOf        string `json:"as_of,omitempty"`
	Reliability string `json:"reliability,omitempty"`
}

// Price is one price row.
type Price struct {
	Kind   string `json:"kind"`
	ID     string `json:"id"`
	Fee    string `json:"fee"`
	Region string `json:"region"`
	To     string `json:"to,omitempty"`
	Code   string `json:"code,omitempty"`
	InCode string `json:"in_code,omitempty"`
	// UnitBytes is absent for a price by the hour.
	UnitBytes uint64 `json:"unit_bytes,omitempty"`
	Tiers     []Tier `json:"tiers"`
	// Switch is the disputed point and value that the row depends on.
	Switch  string `json:"switch,omitempty"`
	Partial bool   `json:"partial,omitempty"`
	From    string `json:"from,omitempty"`
	Until   string `json:"until,omitempty"`
	Source  string `json:"source"`
	AsOf    string `json:"as_of"`
	Note    string `json:"note,omitempty"`
}

// Tier is one band of a month's bytes; an absent to_bytes is open.
type Tier struct {
	FromBytes uint64 `json:"from_bytes"`
	ToBytes   uint64 `json:"to_bytes,omitempty"`
	RateNano  int64  `json:"rate_nano"`
}
