package billcmd

import (
	"fmt"
	"slices"
	"strings"

	"github.com/egressor/egressor/costsvc/bill"
	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/costsvc/transferclass"
	"github.com/egressor/egressor/internal/money"
)

// feeOf is the fee that a usage type, description or meter is priced by, with the
// network tier where it has one.
var feeOf = map[string]transferclass.Fee{
	"DataTransfer-Out-Bytes":      transferclass.FeeInternet,
	"DataTransfer-Regional-Bytes": transferclass.FeeCrossZone,
	"NatGateway-Bytes":            transferclass.FeeNAT,
	"VpcEndpoint-Bytes":           transferclass.FeeEndpoint,
	"TransitGateway-Bytes":        transferclass.FeeTransit,

	transferclass.GCPCodeInterZone:                                transferclass.FeeCrossZone,
	transferclass.GCPCodeInternet + " Standard Tier":              transferclass.FeeInternetStandard,
	transferclass.GCPCodeNAT:                                      transferclass.FeeNAT,
	transferclass.AzureCodeNAT:                                    transferclass.FeeNAT,
	transferclass.AzureCodeInternet + " Rtn Preference: Internet": transferclass.FeeInternetStandard,
}

// offered is what one place's findings say of a price.
type offered struct {
	region, code string
	fee          transferclass.Fee
	known        bool
	discounts    []int64 // in millionths, each once
	rates        []int64 // in nano-units, each once
}

// Offer writes the discounts and private rates that a report found as an overlay
// on the book (docs/formats/overlay.md), to be read by a person and then used.
// What an overlay cannot say is a remark in it: prices that differ between
// accounts, those of pairs of regions, and those that the book has for all
// regions at once. It is "" where nothing was found.
func Offer(report *bill.Report, book *pricing.Book) string {
	places := offeredPlaces(report)
	if len(places) == 0 {
		return ""
	}
	var out, remarks strings.Builder
	fmt.Fprintf(&out, "# Found on a bill by egressor reconcile; check it against the contract.\noverlay: from-bill\nbook: %s\n", book.Name)
	heading := "discounts:\n"
	for _, at := range places {
		if len(at.discounts) == 0 || at.remark(book, &remarks) {
			continue
		}
		percent := (&bill.Finding{PerMillion: at.discounts[0]}).Percent()
		fmt.Fprintf(&out, "%s  - name: %s in %s\n    percent: %s\n    fees: [%s]\n    regions: [%s]\n", heading, at.code, at.region, percent, at.fee, at.region)
		heading = ""
	}
	heading = "rates:\n"
	for _, at := range places {
		if len(at.discounts) > 0 || at.remark(book, &remarks) {
			continue
		}
		fmt.Fprintf(&out, "%s  - name: %s in %s\n    row: %s/%s\n    rate: %s\n", heading, at.code, at.region, at.fee, at.region, money.FromNano(at.rates[0]).Decimal())
		heading = ""
	}
	return out.String() + remarks.String()
}

func offeredPlaces(report *bill.Report) []*offered {
	var places []*offered
	for i := range report.Findings {
		f := &report.Findings[i]
		if f.Kind != bill.DiscountRate && f.Kind != bill.PrivateRate {
			continue
		}
		at := slices.IndexFunc(places, func(o *offered) bool { return o.region == f.Region && o.code == f.Code })
		if at < 0 {
			o := &offered{region: f.Region, code: f.Code}
			o.fee, o.known = feeFor(f)
			places, at = append(places, o), len(places)
		}
		if f.Kind == bill.DiscountRate && !slices.Contains(places[at].discounts, f.PerMillion) {
			places[at].discounts = append(places[at].discounts, f.PerMillion)
		}
		if f.Kind == bill.PrivateRate && !slices.Contains(places[at].rates, f.RateNano) {
			places[at].rates = append(places[at].rates, f.RateNano)
		}
	}
	slices.SortFunc(places, func(a, b *offered) int { return strings.Compare(a.code+" "+a.region, b.code+" "+b.region) })
	return places
}

// feeFor is the fee of a finding's code and network tier.
func feeFor(f *bill.Finding) (transferclass.Fee, bool) {
	for key, fee := range feeOf {
		if tier, ok := strings.CutPrefix(key, f.Code); ok && strings.HasPrefix(f.Name, strings.TrimSpace(tier)) {
			return fee, true
		}
	}
	return transferclass.FeeNone, false
}

// remark writes why the place cannot be offered, and reports whether it did.
func (o *offered) remark(book *pricing.Book, remarks *strings.Builder) bool {
	price, what := o.found()
	switch {
	case len(o.discounts)+len(o.rates) > 1:
		fmt.Fprintf(remarks, "# %s in %s: %s is not the same for every account\n", o.code, o.region, price)
	case !o.known:
		fmt.Fprintf(remarks, "# %s: %s, give the rate of the pair\n", o.code, what)
	case !hasRow(book, o.fee, o.region):
		fmt.Fprintf(remarks, "# %s in %s: %s, and the book has no price of that region alone: say what it holds for\n", o.code, o.region, what)
	default:
		return false
	}
	return true
}

// found is what was found, and its first value.
func (o *offered) found() (price, value string) {
	if len(o.discounts) > 0 {
		return "the discount", (&bill.Finding{PerMillion: o.discounts[0]}).Percent() + " %"
	}
	return "the private rate", money.FromNano(o.rates[0]).Decimal() + " per GiB"
}

// hasRow reports whether the book has a price of the region's own.
func hasRow(book *pricing.Book, fee transferclass.Fee, region string) bool {
	return slices.ContainsFunc(book.Rows, func(row pricing.Row) bool { return row.Fee == fee && row.Region == region && row.To == "" })
}
