package chat

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// checkoutResult is a tool's result as the model gets it.
const checkoutResult = `{"transfers":{"version":{"number":412},"totalCount":37,
 "window":{"from":"2026-11-23T10:04:00Z","to":"2026-11-23T11:04:00Z"},
 "total":{"bytes":"13194139533312 bytes = 12.00 TiB","cost":{"display":"$1,234.50"}},
 "lag":"42 s","rtt":"1500 µs","unknownBytes":"0 bytes",
 "edges":[{"node":{"id":"t00000000000f0412","sourceName":"checkout-7f9c","path":"nat","via":"nat-0a81",
 "sourceZone":"use1-az1","destinationZone":"use1-az4","serverPort":8443,"connections":5120,"address":"10.244.1.7",
 "bytes":"456789012 bytes = 435.63 MiB","cost":{"display":"$0.0042"}}}]}}`

func TestProof(t *testing.T) {
	for _, row := range []struct {
		text string
		want []string
	}{
		// Right figures, however they are written.
		{"In version 412, 37 transfers moved 12.00 TiB at $1,234.50.", nil},
		{"In version 412, 37 transfers moved 12 TiB (13,194,139,533,312 bytes) at 1234.5 USD.", nil},
		{"checkout-7f9c sent **435.63 MiB** through nat-0a81 to port 8443: `$0.0042`.", nil},
		{"It sent **435.63** MiB over 5,120 connections; round trips took 1500 microseconds.", nil},
		{"From use1-az1 to use1-az4 by t00000000000f0412 (10.244.1.7:8443).", nil},
		{"Nothing is unknown: 0 bytes. The fold lags 42 seconds.", nil},
		{"There are 2 causes, the 3rd place is S3's, over IPv4.", nil},
		{"1. checkout-7f9c\n12. another", nil},
		// Dates, times and versions.
		{"From 2026-11-23T10:04:00Z to 2026-11-23 11:04 UTC, on 2026-11-23 between 10:04 and 11:04:00.", nil},
		{"On 2026-11-24 at 10:05, from 2026-11-23T10:06:00Z.", []string{"2026-11-24", "10:05", "2026-11-23T10:06:00"}},
		{"As of version 3 (v4, then v412).", []string{"3", "v4"}},
		{"It listens on port 80.", []string{"80"}},
		// Wrong figures.
		{"It moved 12.01 TiB at $1,234.51, 38 transfers.", []string{"12.01 TiB", "$1,234.51", "38"}},
		{"t00000000000f0413 by nat-0a82 from use1-az11 at 10.244.1.8", []string{"t00000000000f0413", "nat-0a82", "use1-az11", "10.244.1.8"}},
		{"It moved 435 MiB.", []string{"435 MiB"}},
		// Digits inside names prove nothing.
		{"81 or 9 retries, 244 nodes, 15 zones", []string{"81", "244", "15"}},
		// Unit slips.
		{"It moved 12.00 GiB, or 12 TB.", []string{"12.00 GiB", "12 TB"}},
		{"It sent 435.63 gigabytes.", []string{"435.63 gigabytes"}},
		{"It sent **435.63** GiB.", []string{"435.63"}},
		{"It sent 435.63MiB/s at $435.63 and 0.0042 EUR.", []string{"435.63MiB/s", "$435.63", "0.0042 EUR"}},
		{"It lags 42 ms, or 42 minutes.", []string{"42 ms", "42 minutes"}},
		{"It moved 5120 MiB over 5120 connections.", []string{"5120 MiB"}},
		{"It moved 5 GiB.", []string{"5 GiB"}},
		// Derived figures.
		{"That is 3x as much, 8% of all, 24 % more, 2 times.", []string{"3x", "8%", "24 %", "2 times"}},
		{"About 37k transfers, 1.2e9 bytes, 1 million packets.", []string{"37k", "1.2e9", "1 million"}},
		{"Over a 60-minute window of 24 hours.", []string{"60-minute", "24 hours"}},
		// Other scripts' digits are seen too.
		{"It moved ４１２ of them.", []string{"４１２"}},
		// Once each.
		{"99, 99 and 99", []string{"99"}},
		{"", nil},
	} {
		if diff := cmp.Diff(row.want, unproven(row.text, []string{"what happened?", checkoutResult})); diff != "" {
			t.Errorf("%s\n(-want +got)\n%s", row.text, diff)
		}
	}
}

func TestProofTakesTheQuestionsFigures(t *testing.T) {
	if got := unproven("In the last 30 minutes, above 5 GiB.", []string{"what moved more than 5 GiB in the last 30 minutes?"}); got != nil {
		t.Fatalf("the asker's own figures were marked: %q", got)
	}
}

func TestListLengthsAreProven(t *testing.T) {
	agents, err := json.Marshal(map[string]any{"agents": make([]string, 14)})
	if err != nil {
		t.Fatal(err)
	}
	if got := unproven("14 agents report, not 15.", []string{string(agents)}); !slices.Equal(got, []string{"15"}) {
		t.Fatalf("got %q, want the 15 alone", got)
	}
}

// TestProofProperty quotes random results rightly, then changes one figure.
func TestProofProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		counts := rapid.SliceOfNDistinct(rapid.Uint64Range(1<<20, 1<<62), 2, 6, rapid.ID).Draw(t, "bytes")
		raw, err := json.Marshal(map[string]any{"bytes": counts, "totalCount": 1000 + len(counts)})
		if err != nil {
			t.Fatal(err)
		}
		result, err := readable(raw)
		if err != nil {
			t.Fatal(err)
		}
		var quoted []string
		for _, count := range counts {
			quoted = append(quoted, sized(fmt.Sprint(count)))
		}
		if missing := unproven("It moved "+strings.Join(quoted, ", then ")+".", []string{result}); missing != nil {
			t.Fatalf("right figures are marked: %q in %s", missing, result)
		}
		one := rapid.SampledFrom(quoted).Draw(t, "figure")
		wrong := alter(t, one)
		if slices.ContainsFunc(quoted, func(right string) bool { return strings.Contains(right, wrong) }) {
			return // by chance another right one
		}
		if missing := unproven("It moved "+wrong+".", []string{result}); len(missing) != 1 {
			t.Fatalf("%q, made from %q, is not marked", wrong, one)
		}
	})
}

// alter changes one digit of a figure in binary units, or its unit.
func alter(t *rapid.T, written string) string {
	_, short, _ := strings.Cut(written, " = ")
	number, unit, _ := strings.Cut(short, " ")
	if rapid.Bool().Draw(t, "slip the unit") {
		others := slices.DeleteFunc([]string{"bytes", "KiB", "MiB", "GiB", "GB", "TiB", "PiB"}, func(u string) bool { return u == unit })
		return number + " " + rapid.SampledFrom(others).Draw(t, "unit")
	}
	digits := []byte(number)
	places := slices.DeleteFunc(seq(len(digits)), func(i int) bool { return digits[i] == '.' })
	at := rapid.SampledFrom(places).Draw(t, "place")
	digits[at] = '1' + (digits[at]-'0'+byte(rapid.IntRange(0, 7).Draw(t, "by")))%9
	if string(digits) == number {
		digits[at] = '1' + (digits[at]-'0')%9
	}
	return string(digits) + " " + unit
}

func seq(n int) []int {
	numbers := make([]int, n)
	for i := range numbers {
		numbers[i] = i
	}
	return numbers
}

func FuzzTokens(f *testing.F) {
	f.Add(checkoutResult)
	f.Add("12:345 $ 4,12,3 5TiB/s **7** x v9 1.2.3.")
	f.Fuzz(func(t *testing.T, text string) {
		for _, found := range tokensOf(text) {
			if found.written == "" || found.value == "" {
				t.Fatalf("an empty token in %q: %+v", text, found)
			}
		}
		if missing := unproven(text, []string{text}); len(missing) > 0 && !json.Valid([]byte(text)) {
			t.Fatalf("a text does not prove itself: %q of %q", missing, text)
		}
	})
}
