package api

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/egressor/egressor/internal/money"
)

func TestDisplay(t *testing.T) {
	for _, row := range []struct{ amount, currency, want string }{
		{"0", "USD", "$0.00"},
		{"1", "USD", "$1.00"},
		{"1234.5", "USD", "$1234.50"},
		{"1.005", "USD", "$1.00"}, // half to even
		{"1.015", "USD", "$1.02"},
		{"0.5", "USD", "$0.50"},
		{"0.045", "USD", "$0.045"},
		{"0.0042", "USD", "$0.0042"},
		{"0.00123456", "USD", "$0.001235"},
		{"0.99999", "USD", "$1.00"},
		{"0.01", "USD", "$0.01"},
		{"-0.0042", "USD", "-$0.0042"},
		{"-12.345", "USD", "-$12.34"},
		{"0.000000000838190317153930664062500", "USD", "$0.0000000008382"},
		{"0.000000000000000000001", "USD", ""}, // see below: no whole count of atoms
		{"2.5", "EUR", "2.50 EUR"},
		{"-0.25", "", "-0.25 "},
		{"70000000000000", "USD", "$70000000000000.00"},
	} {
		amount, err := money.ParseDecimal(row.amount)
		if row.want == "" {
			if err == nil {
				t.Errorf("%s is an amount after all", row.amount)
			}
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		if got := display(amount, row.currency); got != row.want {
			t.Errorf("%s %s is shown as %q, want %q", row.amount, row.currency, got, row.want)
		}
	}
}

func TestTheSmallestAmountIsNotShownAsNothing(t *testing.T) {
	for _, atoms := range []int64{1, -1} {
		if got := display(money.FromAtoms(atoms), "USD"); strings.Trim(got, "-$0.") == "" {
			t.Errorf("%d atoms are shown as %q", atoms, got)
		}
	}
}

func TestMoneyIsExactBesideItsDisplay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		amount := money.FromAtoms(rapid.Int64().Draw(t, "atoms"))
		shown := moneyOf(amount, "USD")
		back, err := money.ParseDecimal(shown.Amount)
		if err != nil || back != amount || shown.Currency != "USD" {
			t.Fatalf("%s became %+v (%v)", amount, shown, err)
		}
	})
	huge, err := money.ParseDecimal("70000000000000")
	if err != nil {
		t.Fatal(err)
	}
	if got := moneyOf(huge, "USD"); got.Nano != 1<<63-1 || got.Amount != "70000000000000" {
		t.Errorf("got %+v, want the nano form capped and the exact amount", got)
	}
}
