package pricecmd

import (
	"fmt"
	"math/big"
	"strings"

	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/costsvc/transferclass"
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

// ChargeLine is one charge.
type ChargeLine struct {
	Code      string `json:"code"`
	Operation string `json:"operation"`
	Payer     string `json:"payer"`
	Account   string `json:"account,omitempty"`
	Bytes     uint64 `json:"bytes"`
	UnitBytes uint64 `json:"unit_bytes"`
	RateNano  int64  `json:"rate_nano_usd_per_unit"`
	// NanoUSD is the amount rounded half to even.
	NanoUSD  int64  `json:"nano_usd"`
	Tier     int    `json:"tier"`
	Rule     string `json:"rule"`
	PriceRow string `json:"price_row,omitempty"`
	Source   string `json:"source"`
	Unpriced string `json:"unpriced,omitempty"`
	Note     string `json:"note"`
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
			Code: line.Code, Operation: line.Operation, Payer: string(line.Payer), Account: line.Account,
			Bytes: line.Bytes, UnitBytes: line.UnitBytes, RateNano: line.RateNanoPerUnit, NanoUSD: nano,
			Tier: line.Tier, Rule: string(line.Rule), PriceRow: line.PriceRow, Source: line.Source,
			Unpriced: line.Unpriced, Note: note(line),
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
	case strings.HasPrefix(line.PriceRow, transferclass.FeeInternetAllowance.String()), strings.HasPrefix(line.PriceRow, transferclass.FeeCrossZoneAllowance.String()):
		notes = append(notes, "free allowance")
	}
	if line.PathAssumed {
		notes = append(notes, "path assumed")
	}
	return strings.Join(notes, "; ")
}
