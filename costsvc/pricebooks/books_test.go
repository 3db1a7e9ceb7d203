package pricebooks

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/egressor/egressor/costsvc/pricebooks/internal/facts"
	"github.com/egressor/egressor/costsvc/transferclass"
)

func TestCommittedBooksAreWhatTheFactsGive(t *testing.T) {
	books, err := facts.Books(os.DirFS("facts"))
	if err != nil {
		t.Fatal(err)
	}
	names := make([]string, 0, len(books))
	for name, want := range books {
		names = append(names, name)
		got, err := os.ReadFile(filepath.Join("books", name+".ndjson"))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), string(got)); diff != "" {
			t.Errorf("book %s is not what the facts give; run go generate in costsvc/pricebooks:\n%s", name, diff)
		}
	}
	if len(names) != len(Names()) {
		t.Errorf("embedded books %v, generated %v", Names(), names)
	}
}

func TestEveryEmbeddedBookLoads(t *testing.T) {
	for _, name := range Names() {
		book, err := Load(name)
		if err != nil {
			t.Fatal(err)
		}
		if book.Name != name || len(book.Digest) != 64 {
			t.Errorf("book %s calls itself %q, digest %q", name, book.Name, book.Digest)
		}
	}
}

func TestPricesAsSourced(t *testing.T) {
	for _, c := range []struct {
		book       string
		fee        transferclass.Fee
		region, to string
		tier       int
		rateNano   int64
	}{
		{"aws", transferclass.FeeInternet, "us-east-1", "", 0, 90_000_000},
		{"aws", transferclass.FeeInternet, "us-east-1", "", 3, 50_000_000},
		{"aws", transferclass.FeeInternet, "ap-southeast-2", "", 0, 114_000_000},
		{"aws", transferclass.FeeInternet, "us-gov-west-1", "", 0, 155_000_000},
		{"aws", transferclass.FeeCrossZone, "eu-west-1", "", 0, 10_000_000},
		{"aws", transferclass.FeeInterRegion, "us-east-1", "us-east-2", 0, 10_000_000},
		{"aws", transferclass.FeeInterRegion, "us-east-1", "us-west-2", 0, 20_000_000},
		{"aws", transferclass.FeeNAT, "us-east-1", "", 0, 45_000_000},
		{"aws", transferclass.FeeEndpoint, "us-east-1", "", 2, 4_000_000},
		{"aws-cn", transferclass.FeeTransit, "cn-north-1", "", 0, 143_000_000},
		{"gcp", transferclass.FeeInternet, "us-central1", "americas", 1, 120_000_000},
		{"gcp", transferclass.FeeCrossZone, "us-central1", "", 0, 10_000_000},
		{"azure", transferclass.FeeInternet, "westus2", "", 1, 87_000_000},
		{"gcp", transferclass.FeeCarrierPeering, "northamerica-northeast1", "", 0, 40_000_000},
		{"azure", transferclass.FeeInterRegion, "uksouth", "norwayeast", 0, 20_000_000},
		{"azure", transferclass.FeeInterRegion, "southafricanorth", "southafricawest", 0, 80_000_000},
		{"azure", transferclass.FeePeering, "westus2", "global", 0, 35_000_000},
	} {
		book, err := Load(c.book)
		if err != nil {
			t.Fatal(err)
		}
		row := book.Lookup(c.fee, c.region, c.to, 0)
		if row == nil || len(row.Tiers) <= c.tier || row.Tiers[c.tier].RateNano != c.rateNano {
			t.Errorf("%s: %s %s %s is %+v, want %d in tier %d", c.book, c.fee, c.region, c.to, row, c.rateNano, c.tier)
		}
	}
}

func TestGapsStayGaps(t *testing.T) {
	book, err := Load("aws")
	if err != nil {
		t.Fatal(err)
	}
	for _, region := range []string{"ap-east-2", "mx-central-1", "eusc-de-east-1", "cn-north-1"} {
		if row := book.Lookup(transferclass.FeeInternet, region, "", 0); row != nil {
			t.Errorf("internet price of %s was made up: %+v", region, row)
		}
	}
}

const goodHeader = `{"kind":"book","book":"b","provider":"aws","version":"1","currency":"USD"}
{"kind":"source","id":"S","what":"a contract"}
`

func TestBadBooksAreRefusedByLineAndRow(t *testing.T) {
	row := func(fields string) string {
		return goodHeader + `{"kind":"price","id":"r1","fee":"nat","region":"x",` + fields + `,"source":"S","as_of":"2026"}`
	}
	const unit = `"unit_bytes":1073741824,`
	for name, c := range map[string]struct{ book, want string }{
		"float":           {row(unit + `"tiers":[{"from_bytes":0,"rate_nano":0.045}]`), "b.ndjson:3: .*whole nano-units"},
		"exponent":        {row(unit + `"tiers":[{"from_bytes":0,"rate_nano":4.5e7}]`), "b.ndjson:3: .*whole nano-units"},
		"hole":            {row(unit + `"tiers":[{"from_bytes":0,"to_bytes":10,"rate_nano":2},{"from_bytes":11,"rate_nano":1}]`), `b.ndjson:3: .*"r1".*hole`},
		"hole at start":   {row(unit + `"tiers":[{"from_bytes":5,"rate_nano":2}]`), `"r1".*hole`},
		"hole at end":     {row(unit + `"tiers":[{"from_bytes":0,"to_bytes":10,"rate_nano":2}]`), `"r1".*hole`},
		"overlap":         {row(unit + `"tiers":[{"from_bytes":0,"to_bytes":10,"rate_nano":2},{"from_bytes":9,"rate_nano":1}]`), `"r1".*overlaps`},
		"no tier":         {row(unit + `"tiers":[]`), `"r1".*no tier`},
		"negative":        {row(unit + `"tiers":[{"from_bytes":0,"rate_nano":-1}]`), `"r1".*negative`},
		"inexact unit":    {row(`"unit_bytes":3,"tiers":[{"from_bytes":0,"rate_nano":1}]`), `"r1".*exactly`},
		"unit missing":    {row(`"tiers":[{"from_bytes":0,"rate_nano":1}]`), `"r1".*unit of 0 bytes`},
		"unknown field":   {row(unit + `"discount":5,"tiers":[{"from_bytes":0,"rate_nano":1}]`), `b.ndjson:3: .*discount`},
		"unknown fee":     {strings.Replace(row(unit+`"tiers":[{"from_bytes":0,"rate_nano":1}]`), `"nat"`, `"gnat"`, 1), `"gnat"`},
		"unknown source":  {strings.Replace(row(unit+`"tiers":[{"from_bytes":0,"rate_nano":1}]`), `"source":"S"`, `"source":"T"`, 1), `"r1".*source "T"`},
		"no header":       {`{"kind":"source","id":"S","what":"x"}`, "b.ndjson:1: .*first line"},
		"two headers":     {goodHeader + strings.SplitN(goodHeader, "\n", 2)[0], "b.ndjson:3: .*first line"},
		"no rows":         {goodHeader, "b.ndjson:1: .*no rows"},
		"no JSON":         {goodHeader + "nat 0.045", "b.ndjson:3: "},
		"currency":        {strings.Replace(row(unit+`"tiers":[{"from_bytes":0,"rate_nano":1}]`), `"USD"`, `"dollars"`, 1), "b.ndjson:1: .*currency"},
		"same id":         {row(unit+`"tiers":[{"from_bytes":0,"rate_nano":1}]`) + "\n" + strings.SplitN(row(unit+`"tiers":[{"from_bytes":0,"rate_nano":1}]`), "\n", 3)[2], `b.ndjson:4: .*"r1".*same id`},
		"overlap in time": {row(unit+`"tiers":[{"from_bytes":0,"rate_nano":1}]`) + "\n" + strings.Replace(strings.SplitN(row(unit+`"tiers":[{"from_bytes":0,"rate_nano":1}]`), "\n", 3)[2], "r1", "r2", 1), `b.ndjson:4: .*"r2".*overlaps row "r1"`},
		"bad date":        {row(unit + `"from":"May 2026","tiers":[{"from_bytes":0,"rate_nano":1}]`), `b.ndjson:3: .*date`},
		"ends before":     {row(unit + `"from":"2026-05-01","until":"2026-04-01","tiers":[{"from_bytes":0,"rate_nano":1}]`), `"r1".*ends before`},
		"two objects":     {row(unit+`"tiers":[{"from_bytes":0,"rate_nano":1}]`) + " {}", "b.ndjson:3: "},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "b.ndjson")
			if err := os.WriteFile(path, []byte(c.book), 0o600); err != nil {
				t.Fatal(err)
			}
			_, err := Load(path)
			if err == nil || !matches(c.want, err.Error()) {
				t.Fatalf("error %v, want one that matches %s", err, c.want)
			}
		})
	}
}

func TestRowsWithDatesHoldInTheirTime(t *testing.T) {
	text := goodHeader +
		`{"kind":"price","id":"old","fee":"nat","region":"x","unit_bytes":1000000000,"tiers":[{"from_bytes":0,"rate_nano":1}],"until":"2026-05-01","source":"S","as_of":"2025"}
{"kind":"price","id":"new","fee":"nat","region":"x","unit_bytes":1000000000,"tiers":[{"from_bytes":0,"rate_nano":2}],"from":"2026-05-01","source":"S","as_of":"2026"}
`
	book, err := Parse("b", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	change, err := date("2026-05-01")
	if err != nil {
		t.Fatal(err)
	}
	if before, after := book.Lookup(transferclass.FeeNAT, "x", "", change-1), book.Lookup(transferclass.FeeNAT, "x", "", change); before.ID != "old" || after.ID != "new" {
		t.Errorf("rows around the change are %s and %s", before.ID, after.ID)
	}
}

func TestUnknownNameSaysWhatExists(t *testing.T) {
	if _, err := Load("oracle"); err == nil || !strings.Contains(err.Error(), "aws, aws-cn, azure, gcp") {
		t.Fatalf("error %v does not name the books that exist", err)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(goodHeader + `{"kind":"price","id":"r","fee":"nat","region":"x","unit_bytes":1000000000,"tiers":[{"from_bytes":0,"rate_nano":1}],"source":"S","as_of":"2025"}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		book, err := Parse("fuzz", text)
		if (book == nil) == (err == nil) {
			t.Fatalf("book %v and error %v", book, err)
		}
	})
}

func matches(pattern, text string) bool { return regexp.MustCompile(pattern).MatchString(text) }
