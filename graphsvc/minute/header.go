package minute

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"slices"
	"strconv"

	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/graphsvc/attribution"
	"github.com/egressor/egressor/graphsvc/fold"
	"github.com/egressor/egressor/internal/model"
)

// InputDigest is the digest of what a minute is folded from, as its versions have it.
func InputDigest(input Input) model.Digest {
	return fold.InputDigest(input.Minute, coverageOf(input.Batches), input.Rows)
}

// header is the part of a version's header that says what it was folded from.
func header(input Input, coverage *attribution.Coverage) (model.GraphVersion, error) {
	facts, err := fold.FactsDigest(input.Facts)
	if err != nil {
		return model.GraphVersion{}, err
	}
	return model.GraphVersion{
		From: input.Minute, To: input.Minute + 1,
		Inputs:               Ranges(input.Batches),
		InputDigest:          fold.InputDigest(input.Minute, coverage, input.Rows),
		FactsRecordedThrough: input.FactsThrough, FactsDigest: facts,
	}, nil
}

// Version is the header as the version that follows another, chained to its
// digest. Number, kind and code are the caller's.
func (c *Computed) Version(previous model.Digest, number uint64, kind model.VersionKind, code string) model.GraphVersion {
	version := c.header
	version.Number, version.Kind, version.CodeVersion, version.Previous = number, kind, code, previous
	version.Digest = fold.Chain(previous, version)
	return version
}

// Ranges names the batches as few ranges, in canonical order.
func Ranges(batches []model.BatchHead) []model.InputRange {
	keys := make([]model.BatchKey, len(batches))
	for i := range batches {
		keys[i] = batches[i].BatchKey
	}
	slices.SortFunc(keys, compareKeys)
	var ranges []model.InputRange
	for _, key := range slices.Compact(keys) {
		if n := len(ranges); n > 0 {
			last := &ranges[n-1]
			if last.Agent == key.Agent && last.Boot == key.Boot && last.Last+1 == key.Sequence {
				last.Last++
				continue
			}
		}
		ranges = append(ranges, model.InputRange{Agent: key.Agent, Boot: key.Boot, First: key.Sequence, Last: key.Sequence})
	}
	return ranges
}

func compareKeys(a, b model.BatchKey) int {
	return cmp.Or(
		cmp.Compare(a.Agent.Cluster, b.Agent.Cluster), cmp.Compare(a.Agent.Node, b.Agent.Node),
		cmp.Compare(a.Boot, b.Boot), cmp.Compare(a.Sequence, b.Sequence),
	)
}

// statementDigest is SHA-256 over the statement in the form "statement/2": one
// line per charge of quoted, tab-separated fields, in the statement's own order,
// and one per meter: the word "meter", account, fee, region and second place of
// its pool, where it stood and how far it moved.
func statementDigest(statement pricing.Statement) model.Digest {
	sum := sha256.New()
	writeStatement(sum, statement)
	return model.Digest(hex.EncodeToString(sum.Sum(nil)))
}

// writeStatement writes the form to what keeps no failure: a hash, a buffer. It hands
// over as much as fits a small buffer at a time: of 100,000 lines all is 40 MB.
func writeStatement(to io.Writer, statement pricing.Statement) {
	const full = 32 << 10
	text := append(make([]byte, 0, full+4096), "statement/2\n"...)
	hand := func(least int) {
		if len(text) > least {
			_, _ = to.Write(text)
			text = text[:0]
		}
	}
	for i := range statement.Lines {
		text = appendLine(text, &statement.Lines[i])
		hand(full)
	}
	for i := range statement.Meters {
		text = appendMeter(text, &statement.Meters[i])
		hand(full)
	}
	hand(0)
}

func appendMeter(text []byte, use *pricing.MeterUse) []byte {
	text = append(text, "meter\t"...)
	for _, field := range []string{use.Pool.Account, use.Pool.Fee.String(), use.Pool.Region, use.Pool.To} {
		text = append(strconv.AppendQuote(text, field), '\t')
	}
	text = append(strconv.AppendUint(text, use.BeforeBytes, 10), '\t')
	return append(strconv.AppendUint(text, use.Bytes, 10), '\n')
}

func appendLine(text []byte, line *pricing.Line) []byte {
	for _, field := range []string{
		line.Edge.String(), string(line.Payer), line.Account, line.Code, line.Operation, string(line.Rule),
		line.Amount.Atoms(), line.PriceRow, line.Source, line.Unpriced,
	} {
		text = append(strconv.AppendQuote(text, field), '\t')
	}
	for _, number := range []uint64{uint64(line.Sequence), uint64(line.Tier), line.Bytes, line.UnitBytes} {
		text = append(strconv.AppendUint(text, number, 10), '\t')
	}
	text = append(strconv.AppendInt(text, line.RateNanoPerUnit, 10), '\t')
	text = append(strconv.AppendBool(text, line.Imputed), '\t')
	return append(strconv.AppendBool(text, line.PathAssumed), '\n')
}
