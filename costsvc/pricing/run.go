package pricing

import (
	"fmt"
	"maps"
	"math/bits"

	"github.com/egressor/egressor/costsvc/transferclass"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// Transfer is one edge's bytes of one minute.
type Transfer struct {
	// Edge is unique within a minute.
	Edge  model.EdgeID
	Facts transferclass.Facts
	Bytes uint64
	// SourceImputed and DestinationImputed say which side nobody measured.
	SourceImputed, DestinationImputed bool
}

// Run prices one minute: Add every transfer, then Finish. Reset makes it ready
// for another minute and keeps its memory, so that steady work does not
// allocate. A Run is for one goroutine.
type Run struct {
	book     *Book
	mode     Mode
	minute   model.Minute
	meters   Meters
	decision transferclass.Decision
	transfer Transfer
	// found remembers the last row of each fee: neighbours tend to agree.
	found [transferclass.NumFees]found

	lines    []Line
	pending  []pending
	spare    []Line      // memory that sorting swaps lines with
	order    []lineOrder // memory of sorting
	total    money.Accumulator
	bytes    uint64
	unpriced uint64
	unsorted bool
	err      error

	// uses are what the minute did to each meter, in marginal mode.
	uses []MeterUse
	// totals take what pools come to, nil for nowhere; see Record.
	totals Closed
	// closed is the closed month of blended mode.
	closed Closed
	// regionalAllowance starts the meter of the free bytes between zones at 0
	// where it is absent.
	regionalAllowance bool
}

// found is the answer to one look-up in the book.
type found struct {
	region, to string
	row        *Row
	known      bool
}

// pending is a line whose tier depends on the whole minute.
type pending struct {
	line int
	row  *Row
	// allowance is the row of the free bytes before row's tiers, nil for none.
	allowance *Row
}

// Reset begins a minute. The book must cover it. Lines of statements that the
// Run made before become invalid.
func (r *Run) Reset(book *Book, mode Mode, minute model.Minute, meters Meters) error {
	switch mode {
	case List, Marginal:
		return r.begin(book, mode, minute, meters)
	case Blended:
		return fmt.Errorf("pricing mode %q needs a closed month: a minute alone has no blended rate", mode)
	default:
		return fmt.Errorf("pricing mode %q: want list, marginal or blended", mode)
	}
}

func (r *Run) begin(book *Book, mode Mode, minute model.Minute, meters Meters) error {
	if !book.Covers(minute) {
		return fmt.Errorf("price book %s %s does not cover %s", book.Name, book.Version, minute)
	}
	*r = Run{
		book: book, mode: mode, minute: minute, meters: meters,
		lines: r.lines[:0], pending: r.pending[:0], spare: r.spare, order: r.order,
	}
	return nil
}

// Add prices one transfer, or notes what it adds to the minute's pools.
func (r *Run) Add(t *Transfer) {
	r.bytes = r.sum(r.bytes, t.Bytes)
	r.book.Switches.Classify(&t.Facts, &r.decision)
	known := r.decision.Unpriced == ""
	if n := len(r.lines); n > 0 && r.lines[n-1].Edge >= t.Edge {
		r.unsorted = true
	}
	charges := r.decision.Charges()
	for i := range charges {
		known = r.charge(t, i, &charges[i]) && known
	}
	if r.decision.Unpriced != "" {
		line := r.line(t, len(charges))
		line.Payer, line.Unpriced = transferclass.PayerNone, r.decision.Unpriced
	}
	if !known {
		r.unpriced = r.sum(r.unpriced, t.Bytes)
	}
}

// line appends a line with what all lines of a transfer share.
func (r *Run) line(t *Transfer, sequence int) *Line {
	r.lines = append(r.lines, Line{})
	line := &r.lines[len(r.lines)-1]
	line.Edge, line.Sequence, line.Bytes, line.PathAssumed = t.Edge, sequence, t.Bytes, r.decision.PathAssumed
	return line
}

// charge adds one charge's line and reports whether it has a price.
func (r *Run) charge(t *Transfer, sequence int, c *transferclass.Charge) bool {
	line := r.line(t, sequence)
	line.Payer, line.Rule, line.Code, line.Operation = c.Payer, c.Rule, c.Code, c.Operation
	line.Region = c.Region
	line.Account, line.Imputed = AccountOf(&t.Facts, c.Payer), t.imputed(c.Payer)
	if c.Payer == transferclass.PayerNone && (c.Code != "" || c.Fee != transferclass.FeeNone) {
		line.Account = listedAt(&t.Facts, c.Inbound)
	}
	if c.Fee == transferclass.FeeNone {
		return true
	}
	row := r.lookup(c.Fee, c.Region, c.To)
	if c.Code == "" {
		line.Code = r.codeFor(row, c)
	}
	switch {
	case c.Free:
	case row == nil:
		line.Unpriced = gap(c)
		return false
	case r.mode == List:
		r.rate(line, row, listTier(row))
	case r.mode == Blended:
		r.blend(len(r.lines)-1, row, r.allowance(c, line.Account))
	default:
		allowance := r.allowance(c, line.Account)
		if allowance == nil && len(row.Tiers) == 1 && !row.Partial {
			r.rate(line, row, 0)
			return true
		}
		r.pending = append(r.pending, pending{len(r.lines) - 1, row, allowance})
	}
	return true
}

// codeFor is the usage type of the row's sending or receiving half. A pair of
// AWS's regions has one although it has no row, or only one of a group.
func (r *Run) codeFor(row *Row, c *transferclass.Charge) string {
	switch {
	case row != nil && c.Inbound && row.InCode != "":
		return row.InCode
	case row != nil && !c.Inbound && row.Code != "":
		return row.Code
	case r.book.Provider == "aws" && c.Fee == transferclass.FeeInterRegion:
		return transferclass.AWSPairCode(c.Region, c.To, c.Inbound)
	default:
		return ""
	}
}

// lookup is Book.Lookup for the run's minute.
func (r *Run) lookup(fee transferclass.Fee, region, to string) *Row {
	last := &r.found[fee]
	if !last.known || last.region != region || last.to != to {
		*last = found{region, to, r.book.Lookup(fee, region, to, r.minute), true}
	}
	return last.row
}

// gap is the reason of a charge without a price row.
func gap(c *transferclass.Charge) string {
	if c.To != "" {
		return "no sourced price for " + c.Fee.String() + " from " + c.Region + " to " + c.To
	}
	return "no sourced price for " + c.Fee.String() + " in " + c.Region
}

// AccountOf is the account of the side that pays, "" where unknown. A gateway
// belongs to the sender's account where that is known, else to the receiver's.
func AccountOf(facts *transferclass.Facts, payer transferclass.Payer) string {
	switch payer {
	case transferclass.PayerSource:
		return facts.Source.Account
	case transferclass.PayerDestination:
		return facts.Destination.Account
	case transferclass.PayerGateway:
		if facts.Source.Account != "" {
			return facts.Source.Account
		}
		return facts.Destination.Account
	default:
		return ""
	}
}

// listedAt is the account whose bill lists a line at the price 0.
func listedAt(facts *transferclass.Facts, inbound bool) string {
	if inbound {
		return facts.Destination.Account
	}
	return facts.Source.Account
}

// imputed reports whether nobody measured the side that pays. No agent runs on
// a gateway.
func (t *Transfer) imputed(payer transferclass.Payer) bool {
	switch payer {
	case transferclass.PayerSource:
		return t.SourceImputed
	case transferclass.PayerDestination:
		return t.DestinationImputed
	default:
		return payer == transferclass.PayerGateway
	}
}

// listTier is the first tier with a price: free bands inside a scale are an
// allowance, which list mode leaves out.
func listTier(row *Row) int {
	for i := range row.Tiers {
		if row.Tiers[i].RateNano != 0 {
			return i
		}
	}
	return 0
}

// allowance is the row of the free bytes that come before the charge's tiers.
func (r *Run) allowance(c *transferclass.Charge, account string) *Row {
	if c.NoAllowance {
		return nil
	}
	switch c.Fee {
	case transferclass.FeeInternet:
		return r.lookup(transferclass.FeeInternetAllowance, c.Region, "")
	case transferclass.FeeCrossZone:
		row := r.lookup(transferclass.FeeCrossZoneAllowance, c.Region, "")
		if row == nil {
			return nil
		}
		if _, metered := r.meters[r.book.PoolOf(account, row)]; metered || r.regionalAllowance {
			return row
		}
	default: // no other fee has an allowance
	}
	return nil
}

// rate puts the row's tier on a line and computes the amount. The total is
// added here and nowhere else.
func (r *Run) rate(line *Line, row *Row, tier int) {
	line.Tier, line.UnitBytes, line.RateNanoPerUnit = tier+1, row.UnitBytes, row.Tiers[tier].RateNano
	line.PriceRow, line.Source = row.ID, row.Source
	amount, err := money.FromBytes(line.Bytes, line.RateNanoPerUnit, row.UnitBytes)
	if err != nil {
		r.fail(fmt.Errorf("edge %s, price row %s: %w", line.Edge, row.ID, err))
		return
	}
	line.Amount = amount
	r.total.Add(amount)
}

func (r *Run) fail(err error) {
	if r.err == nil {
		r.err = err
	}
}

// sum adds byte counts; a minute beyond 2^64 bytes is an error.
func (r *Run) sum(a, b uint64) uint64 {
	total, carry := bits.Add64(a, b, 0)
	if carry != 0 {
		r.fail(fmt.Errorf("more than 2^64 bytes in one minute or pool"))
	}
	return total
}

// Finish shares the pools out and returns the statement and the advanced
// meters. The Meters given to Reset are not changed. The statement's lines are
// valid until the next Reset.
func (r *Run) Finish() (Statement, Meters, error) {
	if r.unsorted {
		r.sortLines()
	}
	meters := r.meters
	if len(r.pending) > 0 {
		meters = maps.Clone(r.meters)
		if meters == nil {
			meters = make(Meters)
		}
		if r.mode == Blended {
			r.blendPools(meters)
		} else {
			r.sharePools(meters)
		}
	}
	total, err := r.total.Amount()
	if err != nil {
		r.fail(err)
	}
	if r.err != nil {
		return Statement{}, r.meters, fmt.Errorf("pricing minute %s: %w", r.minute, r.err)
	}
	return Statement{
		Book: r.book.Name, BookVersion: r.book.Version, BookDigest: r.book.Digest, Currency: r.book.Currency,
		Mode: r.mode, Minute: r.minute, Lines: r.lines, Total: total, Bytes: r.bytes, UnpricedBytes: r.unpriced,
		Meters: r.sortedUses(),
	}, meters, nil
}
