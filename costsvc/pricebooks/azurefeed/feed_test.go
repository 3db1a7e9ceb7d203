package azurefeed

import (
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/egressor/egressor/costsvc/pricebooks"
	"github.com/egressor/egressor/costsvc/pricebooks/feed"
	"github.com/egressor/egressor/costsvc/pricing"
)

// saved is what the API answers of the network's meters, two pages in one file:
// zone 1 in two regions, a NAT gateway that is dearer in one, Private Link, and
// meters that are not taken.
const saved = `{"BillingCurrency":"USD","Items":[
{"currencyCode":"USD","tierMinimumUnits":0.0,"retailPrice":0.0,"armRegionName":"eastus","meterId":"m1","meterName":"Standard Data Transfer Out","productName":"Rtn Preference: MGN","serviceName":"Bandwidth","unitOfMeasure":"1 GB","type":"Consumption","effectiveStartDate":"2026-12-01T00:00:00Z"},
{"currencyCode":"USD","tierMinimumUnits":100.0,"retailPrice":0.086,"armRegionName":"eastus","meterId":"m1","meterName":"Standard Data Transfer Out","productName":"Rtn Preference: MGN","serviceName":"Bandwidth","unitOfMeasure":"1 GB","type":"Consumption","effectiveStartDate":"2026-12-01T00:00:00Z"},
{"currencyCode":"USD","tierMinimumUnits":10335.0,"retailPrice":8.3e-2,"armRegionName":"westus","meterId":"m1","meterName":"Standard Data Transfer Out","productName":"Rtn Preference: MGN","serviceName":"Bandwidth","unitOfMeasure":"1 GB","type":"Consumption","effectiveStartDate":"2026-12-01T00:00:00Z"},
{"currencyCode":"USD","tierMinimumUnits":0.0,"retailPrice":0.01,"armRegionName":"eastus","meterId":"z","meterName":"Standard Inter-Availability Zone Data Transfer Out","productName":"Bandwidth","serviceName":"Bandwidth","unitOfMeasure":"1 GB","type":"Consumption","effectiveStartDate":"2027-12-01T00:00:00Z"}],"Count":4}
{"Items":[
{"currencyCode":"USD","tierMinimumUnits":0,"retailPrice":0.045,"armRegionName":"eastus","meterId":"n1","meterName":"Standard Data Processed","productName":"NAT Gateway","serviceName":"NAT Gateway","unitOfMeasure":"1 GB","type":"Consumption","effectiveStartDate":"2026-11-01T00:00:00Z"},
{"currencyCode":"USD","tierMinimumUnits":0,"retailPrice":0.05,"armRegionName":"brazilsouth","meterId":"n2","meterName":"Standard Data Processed","productName":"NAT Gateway","serviceName":"NAT Gateway","unitOfMeasure":"1 GB","type":"Consumption","effectiveStartDate":"2026-11-01T00:00:00Z"},
{"currencyCode":"USD","tierMinimumUnits":0,"retailPrice":0.045,"armRegionName":"eastus","meterId":"n3","meterName":"Standard Gateway","productName":"NAT Gateway","serviceName":"NAT Gateway","unitOfMeasure":"1 Hour","type":"Consumption","effectiveStartDate":"2026-11-01T00:00:00Z"},
{"currencyCode":"USD","tierMinimumUnits":0,"retailPrice":9,"armRegionName":"eastus","meterId":"r","meterName":"Standard Gateway","productName":"NAT Gateway","serviceName":"NAT Gateway","unitOfMeasure":"1 Hour","type":"Reservation","effectiveStartDate":"2026-11-01T00:00:00Z"}]}`

func azure(t testing.TB) *pricing.Book {
	t.Helper()
	book, err := pricebooks.Load("azure")
	if err != nil {
		t.Fatal(err)
	}
	return book
}

func TestRetailPricesAreRead(t *testing.T) {
	read, err := Read(strings.NewReader(saved), azure(t))
	if err != nil {
		t.Fatal(err)
	}
	fresh, err := feed.Apply(azure(t), read)
	if err != nil {
		t.Fatal(err)
	}
	changes, err := pricebooks.Diff(azure(t), fresh)
	if err != nil {
		t.Fatal(err)
	}
	want := []pricebooks.Change{
		{Row: "internet/zone 1", Before: "0 to 100, 0.087 to 10335, 0.083 to 51295, 0.07 to 153695, 0.05 to 512095, 0.05 per GiB", After: "0 to 100, 0.086 to 10335, 0.083 per GiB"},
		{Row: "nat/brazilsouth", After: "0.05 per GiB"}, // eastus has what the row for all regions says
	}
	if diff := cmp.Diff(want, changes); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if fresh.Version != "2026-12-01" {
		t.Errorf("version %s", fresh.Version)
	}
}

func TestBadRetailPricesAreRefused(t *testing.T) {
	for name, c := range map[string]struct{ old, new, want string }{
		"cut off":        {saved[len(saved)/2:], "", "page 1: unexpected EOF"},
		"other JSON":     {saved, `{"skus":[]}`, `page 1: "Items" is missing`},
		"empty":          {saved, "", "page 1: EOF"},
		"nothing for us": {saved, `{"Items":[]}`, "no price of transfers"},
		"currency":       {`"currencyCode":"USD","tierMinimumUnits":100`, `"currencyCode":"EUR","tierMinimumUnits":100`, `page 1: item 2: meter m1 is in "EUR"`},
		"unit":           {`"unitOfMeasure":"1 Hour"`, `"unitOfMeasure":"1 GB"`, `page 2: item 3: meter n3 has the unit "1 GB", want 1 Hour`},
		"half a tier":    {`"tierMinimumUnits":100.0`, `"tierMinimumUnits":100.5`, `page 1: item 2: .*100.5`},
		"too fine":       {"0.086", "0.0860000001", "finer than a nano-unit"},
		"differ":         {`"tierMinimumUnits":10335.0,"retailPrice":8.3e-2`, `"tierMinimumUnits":100.0,"retailPrice":0.083`, "meter m1 in eastus and meter m1 in westus both price internet/zone 1 from 100 units on"},
		"hole":           {`"tierMinimumUnits":0.0,"retailPrice":0.0`, `"tierMinimumUnits":50.0,"retailPrice":0.0`, "begins at 50 units"},
	} {
		t.Run(name, func(t *testing.T) {
			if !strings.Contains(saved, c.old) {
				t.Fatalf("%q is not in the feed", c.old)
			}
			read, err := Read(strings.NewReader(strings.Replace(saved, c.old, c.new, 1)), azure(t))
			if err == nil || read != nil || !regexp.MustCompile(c.want).MatchString(err.Error()) {
				t.Fatalf("error %v, want one that matches %s", err, c.want)
			}
		})
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(saved))
	book := azure(f)
	f.Fuzz(func(t *testing.T, text []byte) {
		read, err := Read(strings.NewReader(string(text)), book)
		if (read == nil) == (err == nil) {
			t.Fatalf("feed %v and error %v", read, err)
		}
	})
}
