package scenario

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// billDecimals is how many decimals of a currency unit the bill shows: a
// millionth of a cent, so that a minute's cents are not all zeros.
const billDecimals = 8

// renderBill writes the section bill.txt: per minute the total, then a charge
// line a line, under the edge that caused it. Shown amounts add up to the shown
// total: they are rounded together, by largest remainder.
func renderBill(minutes []Minute) string {
	var out strings.Builder
	for i := range minutes {
		m := &minutes[i]
		statement := &m.Statement
		fmt.Fprintf(&out, "%s total %s unpriced bytes %d\n", clockOf(m), moneyText(statement.Total, statement.Currency), statement.UnpricedBytes)
		for _, edge := range m.Edges {
			writeCharges(&out, edge.Key, statement)
		}
	}
	return out.String()
}

func writeCharges(out *strings.Builder, key model.EdgeKey, statement *pricing.Statement) {
	id := key.ID()
	shown := shownAmounts(statement)
	for i := range statement.Lines {
		line := &statement.Lines[i]
		if line.Edge != id {
			continue
		}
		if line.Sequence == 0 && line.Tier <= 1 {
			fmt.Fprintf(out, "  %s\n", edgeName(&key))
		}
		fmt.Fprintf(out, "    %s\n", lineText(line, moneyText(shown[i], statement.Currency)))
	}
}

// lineText is one charge: amount, what the provider calls it, the arithmetic,
// who pays, and the rule and price row that say so.
func lineText(line *pricing.Line, amount string) string {
	if line.Unpriced != "" {
		return fmt.Sprintf("unpriced: %s, bytes %d", line.Unpriced, line.Bytes)
	}
	text := fmt.Sprintf("%s %s", amount, cmp.Or(line.Code, "(on no bill)"))
	if line.Operation != "" {
		text += "/" + line.Operation
	}
	text += fmt.Sprintf(" bytes %d", line.Bytes)
	if line.PriceRow != "" && line.UnitBytes > 0 {
		rate := money.FromNano(line.RateNanoPerUnit)
		text += fmt.Sprintf(" at %s per %s", rate.Decimal(), humanBytes(line.UnitBytes))
	}
	text += fmt.Sprintf(" payer %s rule %s", line.Payer, line.Rule)
	if line.PriceRow != "" {
		text += " price " + line.PriceRow
	}
	if line.PathAssumed {
		text += " path-assumed"
	}
	return text
}

// shownAmounts rounds the lines together, so that they add up to the rounded
// total.
func shownAmounts(statement *pricing.Statement) []money.Amount {
	amounts := make([]money.Amount, len(statement.Lines))
	for i := range statement.Lines {
		amounts[i] = statement.Lines[i].Amount
	}
	shown, err := money.RoundShares(amounts, billDecimals)
	if err != nil { // only amounts beyond 10^13 cannot be rounded: show them exactly
		return amounts
	}
	return shown
}

func moneyText(amount money.Amount, currency money.Currency) string {
	text, err := amount.Format(billDecimals)
	if err != nil {
		text = amount.Decimal()
	}
	return text + " " + string(currency)
}
