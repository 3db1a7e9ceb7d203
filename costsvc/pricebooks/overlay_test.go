package pricebooks

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/costsvc/transferclass"
	"github.com/egressor/egressor/internal/model"
)

const acme = `overlay: acme-2026
book: aws
switches:
  D3: both-sides
payers:
  "222222222222": "111111111111"
discounts:
  - name: EDP
    percent: 9.5
    from: 2026-01-01
    until: 2027-01-01
  - name: more on NAT
    percent: 10
    fees: [nat]
    regions: [us-east-1]
rates:
  - name: addendum 4
    row: internet/us-east-1
    tiers:
      - {up_to: 10240, rate: 0.05}
      - {rate: 0.04}
    from: 2026-07-01
  - name: gap filled by contract
    row: nat/eu-central-2
    rate: 0.052
networks:
  - name: dc-line
    monthly: 900
    currency: EUR
    endpoints: [dc-frankfurt]
`

func mustOverlay(t *testing.T, text string) *pricing.Book {
	t.Helper()
	book, err := Load("aws")
	if err != nil {
		t.Fatal(err)
	}
	terms, err := ParseOverlay(book, "acme.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return terms
}

func minuteAt(t *testing.T, day string) model.Minute {
	t.Helper()
	at, err := date(day)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func TestTermsChangePricesInTheirTime(t *testing.T) {
	terms := mustOverlay(t, acme)
	for _, c := range []struct {
		fee         transferclass.Fee
		region, day string
		tier        int
		rateNano    int64
		source      string
	}{
		{transferclass.FeeCrossZone, "us-east-1", "2025-12-31", 0, 10_000_000, "INFRA-DT"},
		{transferclass.FeeCrossZone, "us-east-1", "2026-06-30", 0, 9_050_000, "acme-2026"},
		{transferclass.FeeCrossZone, "us-east-1", "2027-01-01", 0, 10_000_000, "INFRA-DT"},
		{transferclass.FeeNAT, "us-east-1", "2025-06-30", 0, 40_500_000, "acme-2026"},   // 0.045 x 0.9
		{transferclass.FeeNAT, "us-east-1", "2026-06-30", 0, 36_652_500, "acme-2026"},   // and x 0.905
		{transferclass.FeeInternet, "us-east-1", "2025-06-30", 1, 85_000_000, "EC2VPS"}, // list
		{transferclass.FeeInternet, "us-east-1", "2026-06-30", 1, 76_925_000, "acme-2026"},
		{transferclass.FeeInternet, "us-east-1", "2026-07-01", 1, 40_000_000, "acme-2026"}, // private: no discount
		{transferclass.FeeInternet, "us-east-1", "2028-07-01", 0, 50_000_000, "acme-2026"},
		{transferclass.FeeNAT, "eu-central-2", "2026-06-30", 0, 52_000_000, "acme-2026"},
	} {
		row := terms.Lookup(c.fee, c.region, "", minuteAt(t, c.day))
		if row == nil || len(row.Tiers) <= c.tier || row.Tiers[c.tier].RateNano != c.rateNano || !strings.Contains(row.Source, c.source) {
			t.Errorf("%s in %s on %s: %+v, want %d from %s", c.fee, c.region, c.day, row, c.rateNano, c.source)
		}
	}
	if row := terms.Lookup(transferclass.FeeInternet, "us-east-1", "", minuteAt(t, "2026-07-01")); row.Tiers[0].ToBytes != 10_240<<30 {
		t.Errorf("tiers are not in bytes: %+v", row.Tiers)
	}
	if !terms.Switches.ServiceSide || terms.Payers["222222222222"] != "111111111111" || len(terms.Networks) != 1 {
		t.Errorf("switches %s, payers %v, networks %v", terms.Switches, terms.Payers, terms.Networks)
	}
}

func TestTermsAreToldFromTheBook(t *testing.T) {
	path := filepath.Join(t.TempDir(), "acme.yaml")
	if err := os.WriteFile(path, []byte(acme), 0o600); err != nil {
		t.Fatal(err)
	}
	plain, err := Load("aws")
	if err != nil {
		t.Fatal(err)
	}
	terms, err := Load("aws+" + path)
	if err != nil {
		t.Fatal(err)
	}
	other := mustOverlay(t, acme+"# a remark\n")
	if terms.Version != plain.Version+"+acme-2026" || terms.Digest == plain.Digest || terms.Digest == other.Digest || len(terms.Digest) != 64 {
		t.Errorf("version %s, digests %s, %s, %s", terms.Version, plain.Digest, terms.Digest, other.Digest)
	}
	if row := plain.Lookup(transferclass.FeeNAT, "us-east-1", "", 0); row.Tiers[0].RateNano != 45_000_000 || len(plain.Networks) != 0 {
		t.Errorf("the book itself was changed: %+v", row)
	}
	statement, _, err := pricing.Price(terms, pricing.List, nil, nil)
	if err != nil || statement.BookDigest != terms.Digest {
		t.Errorf("a statement carries %s, %v", statement.BookDigest, err)
	}
}

func TestBadOverlaysAreRefusedByLine(t *testing.T) {
	book, err := Load("aws")
	if err != nil {
		t.Fatal(err)
	}
	replaced := func(old, new string) string {
		if !strings.Contains(acme, old) {
			t.Fatalf("%q is not in the overlay", old)
		}
		return strings.Replace(acme, old, new, 1)
	}
	for name, c := range map[string]struct{ text, want string }{
		"unknown field":      {replaced("percent: 9.5", "percentage: 9.5"), `^a.yaml:9: .*percentage`},
		"no YAML":            {"overlay: [", `^a.yaml:\d+: `},
		"empty":              {"", `^a.yaml:1: `},
		"two documents":      {acme + "---\noverlay: b\n", `^a.yaml:1: more than one`},
		"field twice":        {acme + "book: gcp\n", `^a.yaml:\d+: .*already defined`},
		"other book":         {replaced("book: aws", "book: gcp"), `^a.yaml:2: .*"gcp", not aws`},
		"no name":            {replaced("overlay: acme-2026", "overlay: a b"), `^a.yaml:1: .*name`},
		"switch":             {replaced("D3: both-sides", "D3: nobody"), `^a.yaml:3: switch D3`},
		"percent":            {replaced("percent: 9.5", "percent: 101"), `^a.yaml:8: .*EDP`},
		"percent sign":       {replaced("percent: 9.5", "percent: 9.5%"), `^a.yaml:8: .*EDP`},
		"negative":           {replaced("percent: 9.5", "percent: -1"), `^a.yaml:8: .*EDP`},
		"fraction of a nano": {replaced("percent: 9.5", "percent: 0.0001\n    fees: [endpoint]\n    regions: [nowhere]"), `^a.yaml:8: .*covers no price`},
		"fee":                {replaced("fees: [nat]", "fees: [gnat]"), `^a.yaml:12: .*gnat`},
		"date":               {replaced("from: 2026-01-01", "from: January"), `^a.yaml:8: date`},
		"ends before":        {replaced("until: 2027-01-01", "until: 2025-01-01"), `^a.yaml:8: it ends before`},
		"row":                {replaced("row: nat/eu-central-2", "row: gnat/eu-central-2"), `^a.yaml:23: .*gnat`},
		"rate and tiers":     {replaced("    tiers:\n", "    rate: 1\n    tiers:\n"), `^a.yaml:17: .*either`},
		"exponent":           {replaced("rate: 0.052", "rate: 5e-2"), `^a.yaml:23: .*decimal`},
		"too fine":           {replaced("rate: 0.052", "rate: 0.0000000001"), `^a.yaml:23: .*decimal`},
		"tiers fall":         {replaced("- {rate: 0.04}", "- {up_to: 10, rate: 0.04}"), `^a.yaml:17: .*rise`},
		"two rates":          {strings.Replace(acme, "networks:", "  - name: again\n    row: internet/us-east-1\n    rate: 0.01\n    from: 2026-08-01\nnetworks:", 1), `^a.yaml:26: .*another private rate`},
		"currency":           {replaced("currency: EUR", "currency: euro"), `^a.yaml:27: .*currency`},
		"carries nothing":    {replaced("    endpoints: [dc-frankfurt]\n", ""), `^a.yaml:27: .*endpoints`},
	} {
		t.Run(name, func(t *testing.T) {
			terms, err := ParseOverlay(book, "a.yaml", []byte(c.text))
			if err == nil || terms != nil || !matches(c.want, err.Error()) {
				t.Fatalf("error %v, want one that matches %s", err, c.want)
			}
		})
	}
	if _, err := Load("aws+/nowhere.yaml"); err == nil || !strings.Contains(err.Error(), "overlay") {
		t.Errorf("a missing file gives %v", err)
	}
}

// TestDiscountOfAFractionIsRefused: 0.0001 % off 0.0035 is not a whole nano-unit
// less: no price is rounded.
func TestDiscountOfAFractionIsRefused(t *testing.T) {
	text := goodHeader + `{"kind":"price","id":"nat/x","fee":"nat","region":"x","unit_bytes":1000000000,"tiers":[{"from_bytes":0,"rate_nano":3500001}],"source":"S","as_of":"2025"}`
	book, err := Parse("b", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	_, err = ParseOverlay(book, "a.yaml", []byte("overlay: a\nbook: b\ndiscounts:\n  - {name: odd, percent: 0.5}\n"))
	if err == nil || !matches(`^a.yaml:4: .*fraction.*nat/x`, err.Error()) {
		t.Errorf("error %v", err)
	}
}

func FuzzParseOverlay(f *testing.F) {
	book, err := Load("aws")
	if err != nil {
		f.Fatal(err)
	}
	f.Add([]byte(acme))
	f.Fuzz(func(t *testing.T, text []byte) {
		terms, err := ParseOverlay(book, "fuzz", text)
		if (terms == nil) == (err == nil) {
			t.Fatalf("book %v and error %v", terms, err)
		}
	})
}
