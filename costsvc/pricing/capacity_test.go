package pricing_test

import (
	"testing"

	"github.com/egressor/egressor/costsvc/pricing"
)

// TestCapacityIsAtLeastWhatItsBytesCost: 2.5 GB are 2.5 unit-hours at 0.008 and
// at 0.006 (A26).
func TestCapacityIsAtLeastWhatItsBytesCost(t *testing.T) {
	for kind, want := range map[pricing.BalancerKind]string{pricing.ApplicationBalancer: "0.02", pricing.NetworkBalancer: "0.015"} {
		balancer := pricing.Balancer{Name: "lb", Kind: kind, Account: "1", Region: "us-east-1"}
		standing, err := balancer.Capacity(awsBook(t), 5*gib/2, minute)
		if err != nil {
			t.Fatal(err)
		}
		if got := standing.Cost.Amount.Decimal(); got != want || standing.Assumed == "" || standing.Source != "INFRA-MISC" || standing.Code != "LCUUsage" {
			t.Errorf("%+v costs %s, want %s and what is assumed", standing, got, want)
		}
	}
	nowhere := pricing.Balancer{Region: "ap-south-2"}
	if standing, err := nowhere.Capacity(awsBook(t), gib, minute); err != nil || standing.Unpriced == "" {
		t.Errorf("a region without a price: %+v, %v", standing, err)
	}
}
