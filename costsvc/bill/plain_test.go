package bill

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"
)

// TestPlainNumbersAreReadAsRationalsAre, for numbers of any form.
func TestPlainNumbersAreReadAsRationalsAre(t *testing.T) {
	digits := rapid.StringMatching(`-?[0-9]{1,20}(\.[0-9]{1,21})?([eE][-+]?[0-9]{1,2})?`)
	odd := rapid.SampledFrom([]string{"", "-", ".", ".5", "5.", "1.2.3", "+1", "-0", "00.10", "0.5", "1e5", " 1", "0.0000000000000000005"})
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(digits, odd).Draw(t, "text")
		unit := rapid.SampledFrom([]uint64{1, bytesPerGB, 10 * bytesPerGB}).Draw(t, "unit")
		got, err := bytesOf(text, unit)
		want, wantErr := exactBytes(text, unit)
		if got != want || fmt.Sprint(err) != fmt.Sprint(wantErr) {
			t.Fatalf("%q x %d is %d, %v; by rationals %d, %v", text, unit, got, err, want, wantErr)
		}
		amount, err := amountOf(text)
		exact, exactErr := exactAmount(text)
		if amount != exact || fmt.Sprint(err) != fmt.Sprint(exactErr) {
			t.Fatalf("%q is %s, %v; by rationals %s, %v", text, amount, err, exact, exactErr)
		}
	})
}
