package bill

import (
	"fmt"
	"slices"
	"strings"
)

// form is one form of bill: which column holds what, and how its meters read.
// A column may have alternatives, "a|b".
type form struct {
	name, provider string
	// Every column but resource, and those of more, must be there.
	account, start, amount, unit, cost, currency, rowType, product string
	// meter are the columns that say what was metered.
	meter []string
	// resource and more may be missing.
	resource string
	more     []string

	kindOf  func(rowType string) Kind
	meterOf func(r *record) metered
	// credits are the discounts within a row; nil for a form that has none.
	credits func(r *record) ([]credit, error)

	precision
	// own are the products whose traffic agents can see: machines and their
	// interfaces. Traffic of any other is out of sight.
	own []string
	// hostOf is the machine that a resource is, "" for none.
	hostOf func(resource string) string
	// monthFirst is true where days are written 11/30/2026.
	monthFirst bool
	// issuers are what the column of the provider's name may hold, where a form has
	// one: files of other providers can have the same columns.
	issuers []string
}

// precision is how finely a form of bill writes numbers.
type precision struct {
	// slackBytes is how far a row's bytes can be from the truth by rounding.
	slackBytes uint64
	// slackNano is how far a row's cost can be from bytes times price, in
	// nano-units of currency.
	slackNano int64
}

// metered is what a row of a bill is about.
type metered struct {
	region, code, operation string
	class                   class
}

// class says what becomes of a usage row.
type class uint8

const (
	notCompared class = iota
	transferClass
	standingClass // hours of a gateway
)

type credit struct {
	name, amount string
}

// required are the columns that must be there.
func (f *form) required() []string {
	return append([]string{f.account, f.start, f.amount, f.unit, f.cost, f.currency, f.rowType, f.product}, f.meter...)
}

// forms are tried in this order: of two with as many columns there, the first.
var forms = []*form{&curForm, &focusAWS, &focusAWS12, &focusAzure, &focusGCP, &gcpForm, &azureForm}

// formOf is the form of a provider's bill that has more of its columns there, as
// a share of all. It is an error that names a column where one is missing, and
// one that names the form where the bill is another provider's.
func formOf(h *header, provider string) (*form, error) {
	best, share := bestForm(h, func(f *form) bool { return f.provider == provider })
	if share == whole {
		return best, nil
	}
	if other, of := bestForm(h, func(f *form) bool { return f.provider != provider }); of > share {
		return nil, &RowError{Row: 1, Problem: fmt.Sprintf("it is a bill of %s (%s), and the price book is for %s", other.provider, other.name, provider)}
	}
	if share == 0 {
		return nil, &RowError{Row: 1, Problem: "the columns are those of no bill that is known for " + provider + ": " + strings.Join(formNames(provider), ", ")}
	}
	for _, name := range best.required() {
		if h.index(name) < 0 {
			return nil, &RowError{Row: 1, Column: strings.ReplaceAll(name, "|", " or "), Problem: "the column is missing; " + best.name + " has it"}
		}
	}
	return best, nil
}

const whole = 1000 // of shares

// bestForm is the wanted form with the largest share of its columns there.
func bestForm(h *header, wanted func(*form) bool) (best *form, share int) {
	for _, candidate := range forms {
		if !wanted(candidate) {
			continue
		}
		known, required := 0, candidate.required()
		for _, name := range required {
			if h.index(name) >= 0 {
				known++
			}
		}
		if of := whole * known / len(required); of > share {
			best, share = candidate, of
		}
	}
	return best, share
}

func formNames(provider string) []string {
	var names []string
	for _, f := range forms {
		if f.provider == provider {
			names = append(names, f.name)
		}
	}
	return names
}

// record is one row under its header.
type record struct {
	header *header
	row    int
	fields []string
}

// text is a column's value, "" where the column is missing. It stays valid.
func (r *record) text(column string) string {
	if at := r.header.index(column); at >= 0 && at < len(r.fields) {
		return strings.Clone(r.fields[at])
	}
	return ""
}

func (r *record) fault(column string, err error) error {
	return &RowError{Row: r.row, Column: r.header.spelled(column), Problem: err.Error()}
}

// spelled is the alternative of a column that is there.
func (h *header) spelled(column string) string {
	for name := range strings.SplitSeq(column, "|") {
		if _, ok := h.at[plainName(name)]; ok {
			return name
		}
	}
	return column
}

// unitBytes are the units that bills write for bytes: GB is 2^30 on bills of AWS
// and Azure alike.
func unitBytes(unit string) (uint64, error) {
	number, name, ok := strings.Cut(unit, " ")
	if !ok {
		number, name = "1", unit
	}
	factor := uint64(1)
	if _, err := fmt.Sscanf(number, "%d", &factor); err != nil || factor == 0 || factor > 1_000_000 {
		return 0, fmt.Errorf("%q: want a unit such as GB, 10 GB, gibibyte or bytes", unit)
	}
	switch name = strings.ToLower(name); {
	case slices.Contains([]string{"gb", "gigabytes", "gib", "gibibyte", "gibibytes"}, name):
		return factor * bytesPerGB, nil
	case slices.Contains([]string{"b", "byte", "bytes"}, name):
		return factor, nil
	default:
		return 0, fmt.Errorf("%q: transfers are billed in GB or bytes", unit)
	}
}
