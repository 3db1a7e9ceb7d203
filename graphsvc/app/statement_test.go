package app

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/egressor/egressor/internal/money"
)

// statementSums is what every grouping of a statement must agree on.
type statementSums struct {
	Total struct {
		Amount, Standing           struct{ Amount string }
		BilledBytes, UnpricedBytes uint64
		Shown                      string
	}
	Lines []struct {
		Group []string
		Sum   struct {
			Amount struct{ Amount string }
			Shown  string
		}
		Charges   []struct{ Amount struct{ Amount string } }
		Transfers []struct{ ID string }
	}
	Rest struct {
		Amount struct{ Amount string }
		Shown  string
	}
}

var everyDimension = []string{
	"WORKLOAD", "DEPLOYMENT", "TEAM", "NAMESPACE", "ACCOUNT", "ENDPOINT", "PATH", "CHARGE_CODE", "ZONE_PAIR", "HOUR", "DAY", "WORKLOAD CHARGE_CODE",
}

// checkStatements wants every grouping and both views to add up to the same
// total, which is that of the versions.
func checkStatements(t *testing.T, routes http.Handler, want money.Amount) {
	t.Helper()
	var first statementSums
	for i, by := range everyDimension {
		for _, view := range []string{"PAYER", "CAUSER"} {
			var s statementSums
			ask(t, routes, fmt.Sprintf(`{ statement(groupBy: [%s], view: %s, first: 2) { total { amount { amount } standing { amount } billedBytes unpricedBytes shown }
				lines { group sum { amount { amount } shown } charges(first: 1000) { amount { amount } } transfers { id } } rest { amount { amount } shown } } }`, by, view),
				"statement", &s)
			if i == 0 && view == "PAYER" {
				first = s
			}
			if s.Total != first.Total || s.Total.Amount.Amount != want.Decimal() {
				t.Errorf("by %s for the %s the total is %+v; by workload it is %+v; the versions say %s", by, view, s.Total, first.Total, want.Decimal())
			}
			checkSums(t, by, &s)
		}
	}
}

func checkSums(t *testing.T, by string, s *statementSums) {
	t.Helper()
	exact, shown := []string{s.Rest.Amount.Amount}, []string{s.Rest.Shown}
	for _, line := range s.Lines {
		exact, shown = append(exact, line.Sum.Amount.Amount), append(shown, line.Sum.Shown)
		if len(line.Transfers) == 0 || len(line.Charges) == 0 {
			t.Errorf("by %s nothing is behind line %v", by, line.Group)
		}
	}
	if sum := decimals(t, exact); sum != s.Total.Amount.Amount {
		t.Errorf("by %s lines and rest add up to %s, the total is %s", by, sum, s.Total.Amount.Amount)
	}
	if sum := decimals(t, shown); sum != decimals(t, []string{s.Total.Shown}) {
		t.Errorf("by %s lines and rest are shown as %v, the total as %s", by, shown, s.Total.Shown)
	}
}

func decimals(t *testing.T, texts []string) string {
	t.Helper()
	var sum money.Accumulator
	for _, text := range texts {
		amount, err := money.ParseDecimal(text)
		if err != nil {
			t.Fatal(err)
		}
		sum.Add(amount)
	}
	total, err := sum.Amount()
	if err != nil {
		t.Fatal(err)
	}
	return total.Decimal()
}
