// Package compact makes the versions that keep old minutes as hours, and hours
// as days: other pieces, the same sums. It is pure.
package compact

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"github.com/egressor/egressor/graphsvc/fold"
	"github.com/egressor/egressor/graphsvc/pieces"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// Input is a span to compact.
type Input struct {
	Tier pieces.Tier
	// From is where the span begins.
	From model.Minute
	// Parts are the pieces of the tier below that the graph holds.
	Parts []pieces.Part
	// Nodes is how many nodes the parts' edges have as ends.
	Nodes uint64
	// Minutes are the newest versions of the span's minutes, oldest minute first.
	Minutes []model.GraphVersion
}

// Compacted is a version of kind compact but for its place in the chain.
type Compacted struct {
	// Spans are in order of their edges.
	Spans []pieces.Span

	header model.GraphVersion
}

// Compact adds a span up. It fails where the pieces do not add up to what the
// versions of the minutes say, to the byte and to the atom: what was changed
// behind our back is not compacted.
func Compact(input Input) (Compacted, error) {
	spans, err := pieces.Add(input.Tier, input.From, input.Parts)
	if err != nil {
		return Compacted{}, err
	}
	header := model.GraphVersion{
		Kind: model.VersionCompact, From: input.From, To: input.From + input.Tier.Minutes,
		Totals: model.VersionTotals{Edges: uint64(len(spans)), Nodes: input.Nodes},
	}
	digests := make([]model.Digest, len(input.Minutes))
	var said model.VersionTotals
	for i := range input.Minutes {
		minute := &input.Minutes[i]
		digests[i] = minute.Digest
		said.Sent = said.Sent.Add(minute.Totals.Sent)
		header.Totals.UnknownBytes += minute.Totals.UnknownBytes
		header.Totals.UnpricedBytes += minute.Totals.UnpricedBytes
		if said.Cost, err = said.Cost.Add(minute.Totals.Cost); err != nil {
			return Compacted{}, err
		}
		if header.Currency != "" && header.Currency != minute.Currency {
			return Compacted{}, fmt.Errorf("the %s of %s is priced in %s and in %s", input.Tier.Name, input.From, header.Currency, minute.Currency)
		}
		header.Currency = minute.Currency
		if minute.FactsRecordedThrough.After(header.FactsRecordedThrough) {
			header.FactsRecordedThrough = minute.FactsRecordedThrough
		}
		header.PriceBook, header.PriceBookDigest, header.PricingMode = minute.PriceBook, minute.PriceBookDigest, minute.PricingMode
	}
	if header.Totals.Sent, header.Totals.Cost, err = sumOf(spans); err != nil {
		return Compacted{}, err
	}
	if said.Sent != header.Totals.Sent || said.Cost != header.Totals.Cost {
		return Compacted{}, fmt.Errorf("the pieces of the %s of %s hold %d bytes and %s, its versions say %d and %s: run egressor verify",
			input.Tier.Name, input.From, header.Totals.Sent.WireBytes, header.Totals.Cost.Decimal(), said.Sent.WireBytes, said.Cost.Decimal())
	}
	header.InputDigest = fold.Join(digests...)
	header.ContentDigest, err = digestOf(spans)
	return Compacted{Spans: spans, header: header}, err
}

// Version is the version that follows another, chained to its digest.
func (c *Compacted) Version(previous model.Digest, number uint64, code string) model.GraphVersion {
	version := c.header
	version.Number, version.CodeVersion, version.Previous = number, code, previous
	version.Digest = fold.Chain(previous, version)
	return version
}

func sumOf(spans []pieces.Span) (sent model.Counts, cost money.Amount, err error) {
	for i := range spans {
		sent = sent.Add(spans[i].Sent)
		if cost, err = cost.Add(spans[i].Cost); err != nil {
			return sent, cost, err
		}
	}
	return sent, cost, nil
}

// digestOf is SHA-256 over "compact/1", a line break and the packed rows of
// docs/formats/graph.md.
func digestOf(spans []pieces.Span) (model.Digest, error) {
	packed, err := pieces.Encode(pieces.RowsOf(spans))
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(append([]byte("compact/1\n"), packed...))
	return model.Digest(hex.EncodeToString(sum[:])), nil
}
