package pricing_test

import (
	"testing"

	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/internal/model"
)

// toInternet is one edge straight to the internet from a region.
func toInternet(region string, bytes uint64) []model.EdgeMinute {
	key := edgeKey(3)
	key.SourcePlace = place(region, region+"-z1")
	return []model.EdgeMinute{{Minute: minute, Key: key, Sent: model.Counts{WireBytes: bytes}}}
}

func switched(t *testing.T, pairs ...string) *pricing.Book {
	t.Helper()
	var switches pricing.Switches
	for i := 0; i < len(pairs); i += 2 {
		if err := switches.Set(pairs[i], pairs[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	return awsBook(t).WithSwitches(switches)
}

// TestAllowanceInsideTheTiers: 10,340 GB of us-east-1 are 100 free + 10,240 x
// 0.09 = 921.60 with the allowance before the tiers, and 100 free + 10,140 x
// 0.09 + 100 x 0.085 = 921.10 with it inside.
func TestAllowanceInsideTheTiers(t *testing.T) {
	for _, c := range []struct{ value, want string }{{"allowance-before-tiers", "921.6"}, {"allowance-inside-tiers", "921.1"}} {
		book := switched(t, "D1", c.value)
		statement, _ := mustPrice(t, book, pricing.Marginal, toInternet("us-east-1", 10_340*gib), nil)
		if got := statement.Total.Decimal(); got != c.want {
			t.Errorf("%s: %s, want %s", c.value, got, c.want)
		}
		first, meters := mustPrice(t, book, pricing.Marginal, toInternet("us-east-1", 60*gib), nil)
		second, _ := mustPrice(t, book, pricing.Marginal, toInternet("us-east-1", 10_280*gib), meters)
		if sum, err := first.Total.Add(second.Total); err != nil || sum.Decimal() != c.want {
			t.Errorf("%s in two minutes: %s, want %s", c.value, sum, c.want)
		}
	}
}

// TestTiersOverRegions sends 100 free and 10,240 GB from us-east-1 and 10 from
// ap-southeast-2: 0.114 in the first tier of its own meter, 0.098 in the second
// of a common one.
func TestTiersOverRegions(t *testing.T) {
	for _, c := range []struct{ value, want string }{{"tiers-by-region", "1.14"}, {"tiers-over-regions", "0.98"}} {
		book := switched(t, "D2", c.value)
		_, meters := mustPrice(t, book, pricing.Marginal, toInternet("us-east-1", 10_340*gib), nil)
		statement, _ := mustPrice(t, book, pricing.Marginal, toInternet("ap-southeast-2", 10*gib), meters)
		if got := statement.Total.Decimal(); got != c.want {
			t.Errorf("%s: %s, want %s", c.value, got, c.want)
		}
		// 5 + 5 GB astride the border, in one minute: half of each on either side.
		_, meters = mustPrice(t, book, pricing.Marginal, toInternet("us-east-1", 10_335*gib), nil)
		both := append(toInternet("us-east-1", 5*gib), toInternet("ap-southeast-2", 5*gib)...)
		statement, _ = mustPrice(t, book, pricing.Marginal, both, meters)
		want := "1.02" // 5 x 0.09 + 5 x 0.114
		if c.value == "tiers-over-regions" {
			want = "0.9675" // 2.5 x (0.09 + 0.085 + 0.114 + 0.098)
		}
		if got := statement.Total.Decimal(); got != want {
			t.Errorf("%s astride: %s, want %s", c.value, got, want)
		}
	}
}

func TestSwitchesByName(t *testing.T) {
	var s pricing.Switches
	for _, bad := range [][2]string{{"D6", "both-sides"}, {"D1", "inside"}, {"", ""}} {
		if err := s.Set(bad[0], bad[1]); err == nil {
			t.Errorf("%q was set to %q", bad[0], bad[1])
		}
	}
	usual := awsBook(t)
	if s.String() != "" || usual.WithSwitches(s).Digest != usual.Digest {
		t.Error("the defaults have a text or a digest of their own")
	}
	for _, pair := range [][2]string{
		{"D1", "allowance-inside-tiers"}, {"D2", "tiers-over-regions"}, {"D3", "both-sides"}, {"D4", "sender-side"}, {"D5", "both-ends"},
	} {
		if err := s.Set(pair[0], pair[1]); err != nil {
			t.Error(err)
		}
	}
	if want := "D1=allowance-inside-tiers D2=tiers-over-regions D3=both-sides D4=sender-side D5=both-ends"; s.String() != want {
		t.Errorf("switches are %q", s)
	}
	if usual.WithSwitches(s).Digest == usual.Digest {
		t.Error("switches leave the digest as it was")
	}
}
