package money

import (
	"encoding/json"
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

func TestDecimal(t *testing.T) {
	packet, _ := FromBytes(76, 10_000_000, BytesPerGiB)
	for _, c := range []struct {
		amount Amount
		want   string
	}{
		{Amount{}, "0"},
		{FromNano(90_000_000), "0.09"},
		{FromNano(-1), "-0.000000001"},
		{FromNano(1_000_000_000), "1"},
		{FromAtoms(1), "0.000000000000000000000000476837158203125"},
		{packet, "0.000000000707805156707763671875"},
	} {
		if got := c.amount.Decimal(); got != c.want {
			t.Errorf("Decimal of %s atoms = %s, want %s", c.amount.Atoms(), got, c.want)
		}
	}
}

func TestDecimalIsExact(t *testing.T) {
	unit := new(big.Int).Mul(big.NewInt(AtomsPerNano), big.NewInt(1_000_000_000))
	rapid.Check(t, func(t *rapid.T) {
		a := anyAmount().Draw(t, "amount")
		shown, ok := new(big.Rat).SetString(a.Decimal())
		if want := new(big.Rat).SetFrac(a.BigInt(), unit); !ok || shown.Cmp(want) != 0 {
			t.Fatalf("Decimal = %s, want %s", a.Decimal(), want)
		}
	})
}

func TestTextFormsRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := anyAmount().Draw(t, "amount")
		if back, err := ParseDecimal(a.Decimal()); err != nil || back != a {
			t.Fatalf("ParseDecimal(%s) = %v, %v", a.Decimal(), back, err)
		}
		if back, err := ParseAtoms(a.Atoms()); err != nil || back != a {
			t.Fatalf("ParseAtoms(%s) = %v, %v", a.Atoms(), back, err)
		}
		if back, err := FromBigInt(a.BigInt()); err != nil || back != a {
			t.Fatalf("FromBigInt(%s) = %v, %v", a.BigInt(), back, err)
		}
		text, err := json.Marshal(map[string]Amount{"x": a})
		if err != nil {
			t.Fatal(err)
		}
		var back map[string]Amount
		if err := json.Unmarshal(text, &back); err != nil || back["x"] != a {
			t.Fatalf("JSON %s came back as %v, %v", text, back, err)
		}
	})
}

func TestBadTextIsRefused(t *testing.T) {
	for _, text := range []string{"", "-", ".", "1.", ".5", "+1", "1e3", "--1", "1.2.3", "0x1", " 1",
		"0.000000000000000000000000000000000000001", // 10^-39 is below an atom
		"99999999999999999999"} {
		if a, err := ParseDecimal(text); err == nil {
			t.Errorf("ParseDecimal(%q) = %s", text, a)
		}
	}
	for _, text := range []string{"", "1.5", "x", "170141183460469231731687303715884105728"} {
		if a, err := ParseAtoms(text); err == nil {
			t.Errorf("ParseAtoms(%q) = %s", text, a)
		}
	}
}

func FuzzParseDecimal(f *testing.F) {
	f.Add("0.09")
	f.Add("-12.000000000838190317153930664062500")
	f.Fuzz(func(t *testing.T, text string) {
		a, err := ParseDecimal(text)
		if err != nil {
			return
		}
		want, ok := new(big.Rat).SetString(text)
		got, _ := new(big.Rat).SetString(a.Decimal())
		if !ok || want.Cmp(got) != 0 {
			t.Fatalf("%q was read as %s", text, a)
		}
	})
}
