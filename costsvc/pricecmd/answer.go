package pricecmd

import (
	"cmp"
	"fmt"
	"math/big"
	"strconv"
	"strings"

	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/internal/money"
)

// Answer is one line of output: what one transfer costs, or why it could not be
// priced at all.
type Answer struct {
	ID    string       `json:"id"`
	Lines []ChargeLine `json:"lines"`
	// NanoUSD is the sum of the lines as shown, in nano-units of the book's currency.
	NanoUSD       int64  `json:"nano_usd"`
	UnpricedBytes uint64 `json:"unpriced_bytes"`
	// Exact is the unrounded sum in nano-units, as a fraction in lowest terms.
	Exact string `json:"exact"`
	// Currency is given where it is not USD.
	Currency money.Currency `json:"currency,omitempty"`
}

// Failure is one line of output for a line of input that is not a transfer.
type Failure struct {
	ID    string `json:"id"`
	Error string `json:"error"`
}

// ChargeLine is one charge. Its ten fields and their order are a contract with
// whoever reads the output; what else is known of a line is in its note.
type ChargeLine struct {
	Code      string `json:"code"`
	Operation string `json:"operation"`
	Payer     string `json:"payer"`
	Bytes     uint64 `json:"bytes"`
	// UnitBytes is never 0: a line without a price row has a GiB, so that bytes x
	// rate / unit always can be computed.
	UnitBytes uint64 `json:"unit_bytes"`
	RateNano  int64  `json:"rate_nano_usd_per_unit"`
	// NanoUSD is the amount rounded half to even.
	NanoUSD int64  `json:"nano_usd"`
	Rule    string `json:"rule"`
	Source  string `json:"source"`
	// Note has, joined by "; ", why there is no price or why it is free, the price
	// row with its tier, the paying account, and what was assumed.
	Note string `json:"note"`
}

// answer shows a statement of one transfer.
func answer(id string, statement *pricing.Statement) (Answer, error) {
	shown := Answer{ID: id, Lines: []ChargeLine{}, UnpricedBytes: statement.UnpricedBytes, Exact: exactNano(statement.Total)}
	if statement.Currency != money.USD {
		shown.Currency = statement.Currency
	}
	for i := range statement.Lines {
		line := &statement.Lines[i]
		nano, ok := line.Amount.Nano()
		if !ok || shown.NanoUSD+nano < shown.NanoUSD {
			return Answer{}, fmt.Errorf("%s does not fit nano-units in 64 bits", line.Amount)
		}
		shown.NanoUSD += nano
		shown.Lines = append(shown.Lines, ChargeLine{
			Code: line.Code, Operation: line.Operation, Payer: string(line.Payer),
			Bytes: line.Bytes, UnitBytes: cmp.Or(line.UnitBytes, money.BytesPerGiB), RateNano: line.RateNanoPerUnit, NanoUSD: nano,
			Rule: string(line.Rule), Source: line.Source, Note: note(line),
		})
	}
	return shown, nil
}

func exactNano(amount money.Amount) string {
	return new(big.Rat).SetFrac(amount.BigInt(), big.NewInt(money.AtomsPerNano)).String()
}

func note(line *pricing.Line) string {
	var notes []string
	switch {
	case line.Unpriced != "":
		notes = append(notes, line.Unpriced)
	case line.PriceRow == "":
		notes = append(notes, "free by rule")
	case line.RateNanoPerUnit == 0: // of an allowance's row, or a free band of a scale
		notes = append(notes, "free allowance")
	}
	if line.PriceRow != "" {
		text := line.PriceRow
		if line.Tier > 0 && line.Unpriced == "" {
			text += " tier " + strconv.Itoa(line.Tier)
		}
		notes = append(notes, text)
	}
	if line.Account != "" {
		notes = append(notes, "account "+line.Account)
	}
	if line.PathAssumed {
		notes = append(notes, "path assumed")
	}
	return strings.Join(notes, "; ")
}
