package googlefeed

import (
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/egressor/egressor/costsvc/pricebooks"
	"github.com/egressor/egressor/costsvc/pricebooks/feed"
	"github.com/egressor/egressor/costsvc/pricing"
)

// saved is what the API answers of the network's SKUs, and one that is not taken.
const saved = `{"skus":[
{"skuId":"P","description":"Network Internet Data Transfer Out from Americas to China","category":{"resourceFamily":"Network","resourceGroup":"PremiumInternetEgress","usageType":"OnDemand"},"serviceRegions":["us-central1","us-east1"],
 "pricingInfo":[{"effectiveTime":"2026-12-03T10:00:00Z","pricingExpression":{"usageUnit":"GiBy","tieredRates":[
  {"startUsageAmount":0,"unitPrice":{"currencyCode":"USD","units":"0","nanos":230000000}},{"startUsageAmount":1024,"unitPrice":{"currencyCode":"USD","units":"0","nanos":220000000}},{"startUsageAmount":10240,"unitPrice":{"currencyCode":"USD","nanos":210000000}}]}}]},
{"skuId":"Z","description":"Network Inter Zone Data Transfer Out","category":{"resourceFamily":"Network","resourceGroup":"InterzoneEgress","usageType":"OnDemand"},"serviceRegions":["us-central1"],
 "pricingInfo":[{"effectiveTime":"2026-12-02T10:00:00Z","pricingExpression":{"usageUnit":"GiBy","tieredRates":[{"startUsageAmount":0,"unitPrice":{"currencyCode":"USD","units":"0","nanos":10000000}}]}}]},
{"skuId":"N","description":"Networking Cloud Nat Data Processing","category":{"resourceFamily":"Network","resourceGroup":"NAT","usageType":"OnDemand"},"serviceRegions":["us-central1"],
 "pricingInfo":[{"effectiveTime":"2026-12-02T10:00:00Z","pricingExpression":{"usageUnit":"GiBy","tieredRates":[{"startUsageAmount":0,"unitPrice":{"currencyCode":"USD","units":"1","nanos":5}}]}}]},
{"skuId":"C","description":"N2 Instance Core","category":{"resourceFamily":"Compute","resourceGroup":"CPU","usageType":"OnDemand"},"serviceRegions":["us-central1"],"pricingInfo":[]}
],"nextPageToken":""}`

func gcp(t *testing.T) *pricing.Book {
	t.Helper()
	book, err := pricebooks.Load("gcp")
	if err != nil {
		t.Fatal(err)
	}
	return book
}

func TestTheCatalogueIsRead(t *testing.T) {
	read, err := Read(strings.NewReader(saved + "\n" + `{"skus":[]}`))
	if err != nil {
		t.Fatal(err)
	}
	fresh, err := feed.Apply(gcp(t), read)
	if err != nil {
		t.Fatal(err)
	}
	changes, err := pricebooks.Diff(gcp(t), fresh)
	if err != nil {
		t.Fatal(err)
	}
	china := pricebooks.Change{Before: "0.23 to 1024, 0.22 to 10240, 0.2 per GiB", After: "0.23 to 1024, 0.22 to 10240, 0.21 per GiB"}
	first, second := china, china
	first.Row, second.Row = "internet/us-central1/china", "internet/us-east1/china"
	want := []pricebooks.Change{first, second, {Row: "nat/us-central1", Before: "0.045 per GiB", After: "1.000000005 per GiB"}}
	if diff := cmp.Diff(want, changes); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if fresh.Version != "2026-12-03" {
		t.Errorf("version %s", fresh.Version)
	}
}

func TestBadCataloguesAreRefused(t *testing.T) {
	for name, c := range map[string]struct{ old, new, want string }{
		"cut off":    {saved[len(saved)/2:], "", "page 1: unexpected EOF"},
		"other JSON": {saved, `{"Items":[]}`, `page 1: "skus" is missing`},
		"nothing":    {saved, `{"skus":[]}`, "no price of transfers"},
		"unit":       {`"GiBy"`, `"h"`, `SKU P: unit "h", want GiBy`},
		"currency":   {`"USD"`, `"EUR"`, `SKU P: a price in "EUR"`},
		"negative":   {`"nanos":230000000`, `"nanos":-1`, `SKU P: price of "0" units and -1 nanos`},
		"two prices": {`"pricingInfo":[{`, `"pricingInfo":[{},{`, "SKU P: it has 2 prices"},
		"hole":       {`"startUsageAmount":0,`, `"startUsageAmount":1,`, "SKU P: internet/us-central1/china begins at 1 units"},
		"fraction":   {`"startUsageAmount":1024`, `"startUsageAmount":1024.5`, "SKU P: startUsageAmount .*1024.5"},
	} {
		t.Run(name, func(t *testing.T) {
			if !strings.Contains(saved, c.old) {
				t.Fatalf("%q is not in the feed", c.old)
			}
			read, err := Read(strings.NewReader(strings.Replace(saved, c.old, c.new, 1)))
			if err == nil || read != nil || !regexp.MustCompile(c.want).MatchString(err.Error()) {
				t.Fatalf("error %v, want one that matches %s", err, c.want)
			}
		})
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(saved))
	f.Fuzz(func(t *testing.T, text []byte) {
		read, err := Read(strings.NewReader(string(text)))
		if (read == nil) == (err == nil) {
			t.Fatalf("feed %v and error %v", read, err)
		}
	})
}
