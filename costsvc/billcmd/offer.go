package billcmd

import (
	"fmt"
	"slices"
	"strings"

	"github.com/egressor/egressor/costsvc/bill"
	"github.com/egressor/egressor/costsvc/transferclass"
)

// feeOf is the fee that a usage type is priced by.
var feeOf = map[string]transferclass.Fee{
	"DataTransfer-Out-Bytes":      transferclass.FeeInternet,
	"DataTransfer-Regional-Bytes": transferclass.FeeCrossZone,
	"NatGateway-Bytes":            transferclass.FeeNAT,
	"VpcEndpoint-Bytes":           transferclass.FeeEndpoint,
	"TransitGateway-Bytes":        transferclass.FeeTransit,
}

// Offer writes the discounts that a report found as an overlay
// (docs/formats/overlay.md), to be read by a person and then used. What an
// overlay cannot say is a remark in it: discounts that differ between accounts,
// and those of pairs of regions. It is "" where no discount was found.
func Offer(report *bill.Report, book string) string {
	type place struct{ region, code string }
	shares := make(map[place][]int64)
	var order []place
	for i := range report.Findings {
		f := &report.Findings[i]
		if f.Kind != bill.DiscountRate {
			continue
		}
		at := place{f.Region, f.Code}
		if len(shares[at]) == 0 {
			order = append(order, at)
		}
		if !slices.Contains(shares[at], f.PerMillion) {
			shares[at] = append(shares[at], f.PerMillion)
		}
	}
	if len(order) == 0 {
		return ""
	}
	slices.SortFunc(order, func(a, b place) int { return strings.Compare(a.code+" "+a.region, b.code+" "+b.region) })
	var out, remarks strings.Builder
	fmt.Fprintf(&out, "# Found on a bill by egressor reconcile; check it against the contract.\noverlay: from-bill\nbook: %s\n", book)
	heading := "discounts:\n"
	for _, at := range order {
		fee, known := feeOf[at.code]
		percent := (&bill.Finding{PerMillion: shares[at][0]}).Percent()
		switch {
		case len(shares[at]) > 1:
			fmt.Fprintf(&remarks, "# %s in %s: the discount is not the same for every account\n", at.code, at.region)
		case !known:
			fmt.Fprintf(&remarks, "# %s: %s %%, give the rate of the pair\n", at.code, percent)
		default:
			fmt.Fprintf(&out, "%s  - name: %s in %s\n    percent: %s\n    fees: [%s]\n    regions: [%s]\n", heading, at.code, at.region, percent, fee, at.region)
			heading = ""
		}
	}
	return out.String() + remarks.String()
}
