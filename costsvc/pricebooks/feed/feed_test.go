package feed

import (
	"fmt"
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

func TestNano(t *testing.T) {
	for text, want := range map[string]int64{"0": 0, "0.09": 90_000_000, "0.0100000000": 10_000_000, "1": 1_000_000_000, "8.3e-2": 83_000_000, "1E-9": 1, "2e1": 20_000_000_000} {
		if got, err := Nano(text); err != nil || got != want {
			t.Errorf("%s is %d, %v; want %d", text, got, err, want)
		}
	}
	for _, bad := range []string{"", "x", "-1", "+1", "1e-10", "0.0000000001", "1e99", "1.2.3", "0x1", "1e", "99999999999999"} {
		if got, err := Nano(bad); err == nil {
			t.Errorf("%q was read as %d", bad, got)
		}
	}
}

// TestNanoIsExact compares with rationals.
func TestNanoIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := fmt.Sprintf("%d.%0*d", rapid.IntRange(0, 1000).Draw(t, "whole"), rapid.IntRange(1, 9).Draw(t, "places"), rapid.IntRange(0, 9).Draw(t, "digit"))
		got, err := Nano(text)
		want, _ := new(big.Rat).SetString(text)
		if err != nil || want.Mul(want, big.NewRat(1_000_000_000, 1)).Cmp(new(big.Rat).SetInt64(got)) != 0 {
			t.Fatalf("%s is %d, %v", text, got, err)
		}
	})
}
