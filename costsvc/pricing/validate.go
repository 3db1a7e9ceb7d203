package pricing

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/egressor/egressor/costsvc/transferclass"
	"github.com/egressor/egressor/internal/money"
)

// BookError says what is wrong with a price book, and where.
type BookError struct {
	// Line is the line of the file, 0 for the book as a whole.
	Line int
	// Row is the row's id, "" for the book as a whole.
	Row     string
	Problem string
}

// Error names line and row.
func (e *BookError) Error() string {
	if e.Row == "" {
		return fmt.Sprintf("price book, line %d: %s", e.Line, e.Problem)
	}
	return fmt.Sprintf("price book, line %d, row %q: %s", e.Line, e.Row, e.Problem)
}

func validate(book *Book) error {
	header := &BookError{Line: 1}
	switch {
	case book.Name == "" || book.Provider == "" || book.Version == "":
		header.Problem = "name, provider and version must be given"
	case !isCurrency(book.Currency):
		header.Problem = fmt.Sprintf("currency %q: want three capital letters", book.Currency)
	case book.Until != 0 && book.Until <= book.From:
		header.Problem = "it ends before it begins"
	case len(book.Rows) == 0:
		header.Problem = "it has no rows"
	}
	if header.Problem != "" {
		return header
	}
	sources := make(map[string]bool, len(book.Sources))
	for _, source := range book.Sources {
		sources[source.ID] = true
	}
	for i := range book.Rows {
		row := &book.Rows[i]
		if problem := rowProblem(row, sources); problem != "" {
			return &BookError{row.Line, row.ID, problem}
		}
	}
	return overlaps(book)
}

func isCurrency(c money.Currency) bool {
	return len(c) == 3 && strings.Trim(string(c), "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}

func rowProblem(row *Row, sources map[string]bool) string {
	switch {
	case row.ID == "":
		return "it has no id"
	case row.Fee == transferclass.FeeNone || row.Fee >= transferclass.NumFees:
		return "it has no fee"
	case row.Region == "":
		return fmt.Sprintf("it has no region; %q stands for every region", AnyRegion)
	case row.Until != 0 && row.Until <= row.From:
		return "it ends before it begins"
	case row.Switch != "" && !isSwitch(row.Switch):
		return fmt.Sprintf("switch %q: want a disputed point and its value, such as D10=decimal-tier-ends", row.Switch)
	case row.AsOf == "":
		return "it has no as_of date"
	case isHourly(row.Fee) != (row.UnitBytes == 0):
		return fmt.Sprintf("unit of %d bytes does not suit fee %s", row.UnitBytes, row.Fee)
	}
	for source := range strings.SplitSeq(row.Source, "; ") {
		if !sources[source] {
			return fmt.Sprintf("source %q is not declared in the book", source)
		}
	}
	if row.UnitBytes != 0 {
		if _, err := money.AtomsPerNanoByte(row.UnitBytes); err != nil {
			return err.Error()
		}
	}
	return tierProblem(row)
}

// isSwitch reports whether a text names a disputed point and one of its values.
func isSwitch(text string) bool {
	id, value, _ := strings.Cut(text, "=")
	return new(Switches).Set(id, value) == nil
}

func isHourly(fee transferclass.Fee) bool { return fee >= transferclass.FeeNATHour }

func isAllowance(fee transferclass.Fee) bool {
	return fee == transferclass.FeeInternetAllowance || fee == transferclass.FeeCrossZoneAllowance
}

func tierProblem(row *Row) string {
	if len(row.Tiers) == 0 {
		return "it has no tier"
	}
	end := uint64(0)
	for i, tier := range row.Tiers {
		last := i == len(row.Tiers)-1
		switch {
		case tier.RateNano < 0:
			return fmt.Sprintf("tier %d has a negative rate", i+1)
		case tier.FromBytes > end:
			return fmt.Sprintf("hole between byte %d and tier %d, which begins at %d", end, i+1, tier.FromBytes)
		case tier.FromBytes < end:
			return fmt.Sprintf("tier %d begins at %d and overlaps the one before, which ends at %d", i+1, tier.FromBytes, end)
		case tier.ToBytes == 0 && !last:
			return fmt.Sprintf("tier %d has no end but is not the last", i+1)
		case tier.ToBytes != 0 && tier.ToBytes <= tier.FromBytes:
			return fmt.Sprintf("tier %d ends before it begins", i+1)
		}
		end = tier.ToBytes
	}
	if isAllowance(row.Fee) {
		if len(row.Tiers) != 1 || end == 0 || row.Tiers[0].RateNano != 0 {
			return "an allowance is one tier with an end and rate 0"
		}
	} else if (end != 0) != row.Partial {
		return fmt.Sprintf("the last tier ends at %d (0 is open) and partial is %t: a row without an open last tier has a hole unless it says partial", end, row.Partial)
	}
	return ""
}

// overlaps finds two rows with one id, or two prices for one thing at one time.
func overlaps(book *Book) error {
	order := make([]*Row, len(book.Rows))
	ids := make(map[string]int, len(book.Rows))
	for i := range book.Rows {
		row := &book.Rows[i]
		if first, taken := ids[row.ID]; taken {
			return &BookError{row.Line, row.ID, fmt.Sprintf("line %d has the same id", first)}
		}
		ids[row.ID] = row.Line
		order[i] = row
	}
	samePrice := func(a, b *Row) int {
		return cmp.Or(cmp.Compare(a.Fee, b.Fee), cmp.Compare(a.Region, b.Region), cmp.Compare(a.To, b.To), cmp.Compare(a.Switch, b.Switch))
	}
	slices.SortStableFunc(order, func(a, b *Row) int { return cmp.Or(samePrice(a, b), cmp.Compare(a.From, b.From)) })
	for i := 1; i < len(order); i++ {
		before, row := order[i-1], order[i]
		if samePrice(before, row) == 0 && (before.Until == 0 || row.From < before.Until) {
			return &BookError{row.Line, row.ID, fmt.Sprintf("it overlaps row %q of line %d in time", before.ID, before.Line)}
		}
	}
	return nil
}
