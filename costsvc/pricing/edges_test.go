package pricing_test

import (
	"testing"

	"github.com/egressor/egressor/costsvc/pricebooks"
	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/costsvc/transferclass"
)

// TestEveryTierEdgeOfEveryBook sends two bytes across each border of each row
// with tiers, of all embedded books: the first is priced by the tier before, the
// second by the one after, and the last byte of a partial row is the last that
// has a price.
func TestEveryTierEdgeOfEveryBook(t *testing.T) {
	borders := 0
	for _, name := range pricebooks.Names() {
		book, err := pricebooks.Load(name)
		if err != nil {
			t.Fatal(err)
		}
		for i := range book.Rows {
			row := &book.Rows[i]
			facts, ok := factsFor(book, row)
			if !ok {
				continue
			}
			for tier := range row.Tiers {
				if end := row.Tiers[tier].ToBytes; end != 0 {
					borders++
					checkBorder(t, book, row, &facts, tier)
				}
			}
		}
	}
	if borders < 700 {
		t.Errorf("%d borders were checked", borders)
	}
}

// factsFor is a transfer that the row prices, false for rows without tiers and
// those that hold under a switch.
func factsFor(book *pricing.Book, row *pricing.Row) (transferclass.Facts, bool) {
	region := row.Region
	if len(book.Groups[region]) == 0 {
		region = regionOf(book, region)
	}
	own := transferclass.End{Kind: transferclass.EndPod, Region: region, Zone: "z"}
	internet := transferclass.End{Kind: transferclass.EndInternet, Destination: row.To}
	storage := transferclass.End{Kind: transferclass.EndService, Service: "s3", Region: region}
	facts := transferclass.Facts{Provider: book.Provider, Source: own, Destination: internet}
	facts.Path[0].Kind = transferclass.HopInternetGateway
	switch row.Fee {
	case transferclass.FeeInternet:
	case transferclass.FeeInternetStandard:
		facts.Tier = map[string]string{"gcp": "standard", "azure": "internet"}[book.Provider]
	case transferclass.FeeEndpoint:
		facts.Destination, facts.Path[0].Kind = storage, transferclass.HopInterfaceEndpoint
	case transferclass.FeeEndpointReturn:
		facts.Source, facts.Destination, facts.Path[0].Kind = storage, own, transferclass.HopInterfaceEndpoint
	default:
		return facts, false
	}
	return facts, row.Switch == ""
}

// regionOf is a region of a group, or any where the row holds for all.
func regionOf(book *pricing.Book, group string) string {
	for _, region := range book.Regions {
		for _, of := range book.Groups[region] {
			if of == group || group == pricing.AnyRegion {
				return region
			}
		}
	}
	return group
}

func checkBorder(t *testing.T, book *pricing.Book, row *pricing.Row, facts *transferclass.Facts, tier int) {
	t.Helper()
	border := row.Tiers[tier].ToBytes
	meters := pricing.Meters{book.PoolOf("", row): border - 1}
	if allowance := book.Lookup(transferclass.FeeInternetAllowance, row.Region, "", minute); allowance != nil {
		meters[book.PoolOf("", allowance)] = allowance.Tiers[0].ToBytes // used up
	}
	var run pricing.Run
	if err := run.Reset(book, pricing.Marginal, minute, meters); err != nil {
		t.Fatal(err)
	}
	run.Add(&pricing.Transfer{Facts: *facts, Bytes: 2})
	statement, after, err := run.Finish()
	if err != nil {
		t.Fatal(err)
	}
	var lines []pricing.Line
	for _, line := range statement.Lines {
		if line.PriceRow == row.ID {
			lines = append(lines, line)
		}
	}
	if len(lines) != 2 || lines[0].Bytes != 1 || lines[1].Bytes != 1 {
		t.Fatalf("%s %s, border %d: lines %+v of %+v", book.Name, row.ID, border, lines, statement.Lines)
	}
	if lines[0].Tier != tier+1 || lines[0].RateNanoPerUnit != row.Tiers[tier].RateNano || lines[0].Unpriced != "" {
		t.Errorf("%s %s, the byte before %d: %+v", book.Name, row.ID, border, lines[0])
	}
	beyond := tier+1 == len(row.Tiers)
	if !beyond && (lines[1].Tier != tier+2 || lines[1].RateNanoPerUnit != row.Tiers[tier+1].RateNano || lines[1].Unpriced != "") {
		t.Errorf("%s %s, the byte after %d: %+v", book.Name, row.ID, border, lines[1])
	}
	if beyond && (lines[1].Unpriced == "" || statement.UnpricedBytes != 1) {
		t.Errorf("%s %s, the byte beyond what is sourced: %+v", book.Name, row.ID, lines[1])
	}
	if after[book.PoolOf("", row)] != border+1 {
		t.Errorf("%s %s: the meter ends at %d, not at %d", book.Name, row.ID, after[book.PoolOf("", row)], border+1)
	}
}
