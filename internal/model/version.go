package model

import (
	"time"

	"github.com/egressor/egressor/internal/money"
)

// VersionKind says how a graph version came about.
type VersionKind string

// Version kinds.
const (
	VersionFold    VersionKind = "fold"    // a minute folded for the first time
	VersionRefold  VersionKind = "refold"  // a minute folded again, with late or corrected data
	VersionCompact VersionKind = "compact" // old minutes merged; totals unchanged
	VersionReprice VersionKind = "reprice" // the same transfers under another price book
)

// Digest is a SHA-256 in lower-case hexadecimal, "" where there is none.
type Digest string

// VersionTotals sum a version up.
type VersionTotals struct {
	Nodes, Edges uint64
	Sent         Counts
	// UnknownBytes is the share of Sent.WireBytes with an unknown end.
	UnknownBytes uint64
	// UnpricedBytes is the share of Sent.WireBytes for which the price book has
	// no sourced price.
	UnpricedBytes uint64
	Cost          money.Amount
}

// InputRange names the batches of one agent start that a version was folded
// from: sequences First to Last, both included.
type InputRange struct {
	Agent       AgentID
	Boot        string
	First, Last uint64
}

// GraphVersion is one immutable version of the transfer graph: what was true of
// the minutes [From, To) as known when it was committed.
type GraphVersion struct {
	// Number rises by one per version; 1 is the first.
	Number uint64
	Kind   VersionKind
	// From and To bound the minutes it speaks of, half open.
	From, To Minute
	// Inputs are the batches that were folded, in canonical order.
	Inputs []InputRange
	// InputDigest is over the raw rows, whatever their batching or order.
	InputDigest Digest
	// FactsRecordedThrough is the newest Fact.Recorded that was looked at, and
	// FactsDigest is over the facts that were.
	FactsRecordedThrough time.Time
	FactsDigest          Digest
	// PriceBook is the name and version of the book; Currency is its currency.
	PriceBook       string
	PriceBookDigest Digest
	Currency        string
	// PricingMode is how tiers and allowances were applied: "list" or "marginal".
	PricingMode string
	// CodeVersion is the build that folded.
	CodeVersion string
	// ContentDigest is over the folded and priced edges alone: folding the same
	// input again gives the same value.
	ContentDigest Digest
	// Previous is the Digest of version Number-1, "" for the first.
	Previous Digest
	// Digest chains Previous, this header and ContentDigest.
	Digest Digest
	Totals VersionTotals
	// CommittedAt is when it was published. It is outside every digest.
	CommittedAt time.Time
}

// Holds reports whether the range names the batch.
func (r InputRange) Holds(key BatchKey) bool {
	return r.Agent == key.Agent && r.Boot == key.Boot && r.First <= key.Sequence && key.Sequence <= r.Last
}
