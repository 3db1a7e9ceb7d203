package awsfeed

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/egressor/egressor/costsvc/pricebooks"
	"github.com/egressor/egressor/costsvc/pricebooks/feed"
)

func saved(tb testing.TB, name string) string {
	tb.Helper()
	text, err := os.ReadFile("testdata/" + name)
	if err != nil {
		tb.Fatal(err)
	}
	return string(text)
}

// TestFeedsAreRead tells what is a price of a book from what is not: inbound
// halves, local zones, machines and NAT gateways of other kinds are not.
func TestFeedsAreRead(t *testing.T) {
	for file, want := range map[string][]string{
		"AWSDataTransfer.json": {
			"cross-zone/us-east-1: 0.01 per GiB",
			"inter-region/us-east-1/us-west-2: 0.018 per GiB",
			"internet/mx-central-1: 0.1 per GiB",
			"internet/us-east-1: 0.09 to 10240, 0.085 to 51200, 0.07 to 153600, 0.049 per GiB",
		},
		"AmazonEC2.json": {"nat-hour/us-east-1: 0.045 an hour", "nat/us-east-1: 0.044 per GiB"},
	} {
		read, err := Read(strings.NewReader(saved(t, file)))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for i := range read.Rows {
			got = append(got, read.Rows[i].ID+": "+pricebooks.PriceText(&read.Rows[i]))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", file, diff)
		}
	}
}

func TestApplyKeepsWhatTheFeedLacks(t *testing.T) {
	book, err := pricebooks.Load("aws")
	if err != nil {
		t.Fatal(err)
	}
	read, err := Read(strings.NewReader(saved(t, "AWSDataTransfer.json")))
	if err != nil {
		t.Fatal(err)
	}
	fresh, err := feed.Apply(book, read)
	if err != nil {
		t.Fatal(err)
	}
	changes, err := pricebooks.Diff(book, fresh)
	if err != nil {
		t.Fatal(err)
	}
	want := []pricebooks.Change{
		{Row: "inter-region/us-east-1/us-west-2", Before: "0.02 per GiB", After: "0.018 per GiB"},
		{Row: "internet/mx-central-1", After: "0.1 per GiB"},
		{Row: "internet/us-east-1", Before: "0.09 to 10240, 0.085 to 51200, 0.07 to 153600, 0.05 per GiB", After: "0.09 to 10240, 0.085 to 51200, 0.07 to 153600, 0.049 per GiB"},
	}
	if diff := cmp.Diff(want, changes); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for i := range fresh.Rows {
		row := &fresh.Rows[i]
		switch row.ID {
		case "inter-region/us-east-1/us-west-2":
			if row.Code != "USE1-USW2-AWS-Out-Bytes" || row.Source != "FEED-AWSDataTransfer" || row.AsOf != "2026-12-01" {
				t.Errorf("row %+v", row)
			}
		case "nat/us-east-1":
			if row.Source != "EC2VPS" {
				t.Errorf("a row that the feed lacks lost its source: %+v", row)
			}
		}
	}
	if fresh.Version != "2026-12-01" || len(fresh.Rows) != len(book.Rows)+1 {
		t.Errorf("version %s, %d rows", fresh.Version, len(fresh.Rows))
	}
	china, err := pricebooks.Load("aws-cn")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := feed.Apply(china, read); err == nil {
		t.Error("prices in USD were put into a book in CNY")
	}
}

func TestBadFeedsAreRefused(t *testing.T) {
	good := saved(t, "AWSDataTransfer.json")
	replaced := func(old, new string) string {
		if !strings.Contains(good, old) {
			t.Fatalf("%q is not in the feed", old)
		}
		return strings.Replace(good, old, new, 1)
	}
	for name, c := range map[string]struct{ text, want string }{
		"empty":           {"", "EOF"},
		"cut off":         {good[:len(good)/2], "price list: at byte"},
		"other JSON":      {`{"regions":{}}`, `"offerCode" is missing`},
		"array":           {`[]`, "where { belongs"},
		"two values":      {good + "{}", "more than one"},
		"terms first":     {`{"terms":{},"products":{}}`, "terms come before"},
		"products twice":  {replaced(`"terms": {`, `"products": {}, "terms": {`), "comes twice"},
		"too fine":        {replaced("0.0180000000", "0.0180000001"), "SKU PAIR .*finer"},
		"no number":       {replaced("0.0180000000", "free"), "SKU PAIR .*decimal"},
		"other currency":  {replaced(`{"USD": "0.0180000000"}`, `{"CNY": "0.0180000000"}`), "SKU PAIR .*CNY.*USD"},
		"other unit":      {replaced(`"unit": "GB", "beginRange": "0", "endRange": "10240"`, `"unit": "MB", "beginRange": "0", "endRange": "10240"`), `SKU OUT1 .*"MB"`},
		"range":           {replaced(`"endRange": "10240"`, `"endRange": "10 TB"`), "SKU OUT1 .*endRange"},
		"two for one":     {replaced("mx-central-1", "us-east-1"), "both price internet/us-east-1"},
		"nothing for us":  {strings.ReplaceAll(saved(t, "AmazonEC2.json"), "NatGateway", "Gnat"), "no price of transfers"},
		"products a list": {`{"products":[]}`, "where { belongs"},
	} {
		t.Run(name, func(t *testing.T) {
			read, err := Read(strings.NewReader(c.text))
			if err == nil || read != nil || !regexp.MustCompile(c.want).MatchString(err.Error()) {
				t.Fatalf("error %v, want one that matches %s", err, c.want)
			}
		})
	}
	hole, err := Read(strings.NewReader(replaced(`"beginRange": "10240"`, `"beginRange": "10241"`)))
	if err != nil {
		t.Fatal(err)
	}
	book, err := pricebooks.Load("aws")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := feed.Apply(book, hole); err == nil || !strings.Contains(err.Error(), "hole") {
		t.Errorf("a feed with a hole between tiers gives %v", err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(saved(f, "AmazonEC2.json")))
	f.Fuzz(func(t *testing.T, text []byte) {
		read, err := Read(strings.NewReader(string(text)))
		if (read == nil) == (err == nil) {
			t.Fatalf("feed %v and error %v", read, err)
		}
	})
}
