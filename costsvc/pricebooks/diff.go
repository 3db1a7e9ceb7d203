package pricebooks

import (
	"fmt"
	"slices"
	"strings"

	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/internal/money"
)

// Change is one price that differs between two books.
type Change struct {
	// Row is the id; Before and After are the prices, "" where the book has none.
	Row, Before, After string
}

// Diff lists the prices that differ, by row id. Sources, dates of sources and
// notes are no prices.
func Diff(before, after *pricing.Book) ([]Change, error) {
	if before.Currency != after.Currency {
		return nil, fmt.Errorf("price book %s is in %s and %s in %s: currencies are never compared", before.Name, before.Currency, after.Name, after.Currency)
	}
	was, is := priceTexts(before), priceTexts(after)
	var changes []Change
	for id, text := range was {
		if is[id] != text {
			changes = append(changes, Change{id, text, is[id]})
		}
	}
	for id, text := range is {
		if _, known := was[id]; !known {
			changes = append(changes, Change{id, "", text})
		}
	}
	slices.SortFunc(changes, func(a, b Change) int { return strings.Compare(a.Row, b.Row) })
	return changes, nil
}

func priceTexts(book *pricing.Book) map[string]string {
	texts := make(map[string]string, len(book.Rows))
	for i := range book.Rows {
		texts[book.Rows[i].ID] = PriceText(&book.Rows[i])
	}
	return texts
}

// PriceText is a row's price for people: "0.09 to 10240, 0.085 per GB" in units
// of the row, with the dates between which it holds.
func PriceText(row *pricing.Row) string {
	parts := make([]string, len(row.Tiers))
	for i, tier := range row.Tiers {
		parts[i] = money.FromNano(tier.RateNano).Decimal()
		if tier.ToBytes != 0 {
			parts[i] += " to " + unitsText(tier.ToBytes, row.UnitBytes)
		}
	}
	text := strings.Join(parts, ", ") + " " + unitText(row.UnitBytes)
	if row.Partial {
		text += ", beyond not known"
	}
	if row.From != 0 {
		text += ", from " + dateText(row.From)
	}
	if row.Until != 0 {
		text += ", until " + dateText(row.Until)
	}
	return text
}

func unitText(unitBytes uint64) string {
	switch unitBytes {
	case 0:
		return "an hour"
	case money.BytesPerGiB:
		return "per GiB"
	case money.BytesPerGB:
		return "per GB"
	default:
		return fmt.Sprintf("per %d bytes", unitBytes)
	}
}

// unitsText is a border in units where it is a whole number of them.
func unitsText(bytes, unitBytes uint64) string {
	if unitBytes != 0 && bytes%unitBytes == 0 {
		return fmt.Sprint(bytes / unitBytes)
	}
	return fmt.Sprintf("%d bytes", bytes)
}
