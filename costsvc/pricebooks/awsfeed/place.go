package awsfeed

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/egressor/egressor/costsvc/pricebooks/feed"
	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/costsvc/transferclass"
)

// place is which row of a book a SKU prices.
type place struct {
	fee        transferclass.Fee
	region, to string
	// code and inCode are the usage types of a pair of regions.
	code, inCode string
}

func (p place) id() string {
	return strings.TrimSuffix(p.fee.String()+"/"+p.region+"/"+p.to, "/")
}

// byUsageType are the usage types without region prefix that have one meaning.
var byUsageType = map[string]struct {
	fee       transferclass.Fee
	operation string
}{
	"NatGateway-Bytes":        {transferclass.FeeNAT, "NatGateway"},
	"NatGateway-Hours":        {transferclass.FeeNATHour, "NatGateway"},
	"VpcEndpoint-Bytes":       {transferclass.FeeEndpoint, "VpcEndpoint"},
	"VpcEndpoint-Hours":       {transferclass.FeeEndpointHour, "VpcEndpoint"},
	"TransitGateway-Bytes":    {transferclass.FeeTransit, "TransitGatewayVPC"},
	"TransitGateway-Hours":    {transferclass.FeeTransitHour, "TransitGatewayVPC"},
	"PublicIPv4:InUseAddress": {transferclass.FeePublicAddressHour, ""},
}

// natDescriptions are those of the classic NAT gateway; the list has others for
// provisioned bandwidth and regional gateways, with the same usage types.
var natDescriptions = []string{"", "Charge for per GB data processed by NatGateways", "Hourly charge for NAT Gateways"}

// placeOf says what a product is the price of, and false for what books lack.
func placeOf(a map[string]string) (place, bool) {
	if a["servicecode"] == "AWSDataTransfer" {
		return transferPlace(a)
	}
	region := a["regionCode"]
	known, ok := byUsageType[withoutPrefix(a["usagetype"])]
	isNAT := known.fee == transferclass.FeeNAT || known.fee == transferclass.FeeNATHour
	switch {
	case !ok || region == "" || known.operation != "" && a["operation"] != known.operation:
		return place{}, false
	case isNAT && !slices.Contains(natDescriptions, a["groupDescription"]):
		return place{}, false
	}
	return place{fee: known.fee, region: region}, true
}

func transferPlace(a map[string]string) (place, bool) {
	from, to := a["fromRegionCode"], a["toRegionCode"]
	if from == "" || a["fromLocationType"] != "AWS Region" {
		return place{}, false
	}
	switch usageType := a["usagetype"]; a["transferType"] {
	case "AWS Outbound":
		return place{fee: transferclass.FeeInternet, region: from}, a["toLocation"] == "External" && withoutPrefix(usageType) == "DataTransfer-Out-Bytes"
	case "IntraRegion":
		return place{fee: transferclass.FeeCrossZone, region: from}, withoutPrefix(usageType) == "DataTransfer-Regional-Bytes"
	case "InterRegion Outbound":
		p := place{fee: transferclass.FeeInterRegion, region: from, to: to, code: usageType}
		pair, ok := strings.CutSuffix(usageType, "-AWS-Out-Bytes")
		first, second, two := strings.Cut(pair, "-")
		p.inCode = second + "-" + first + "-AWS-In-Bytes"
		return p, ok && two && to != "" && a["toLocationType"] == "AWS Region"
	default:
		return place{}, false
	}
}

// withoutPrefix takes the region's prefix, letters and digits, off a usage type.
func withoutPrefix(usageType string) string {
	prefix, rest, ok := strings.Cut(usageType, "-")
	if ok && prefix == strings.ToUpper(prefix) && len(prefix) <= 4 {
		return rest
	}
	return usageType
}

const gib = 1 << 30

// row turns the tiers of a SKU into a row without source.
func (p place) row(dimensions map[string]dimension) (pricing.Row, error) {
	row := pricing.Row{ID: p.id(), Fee: p.fee, Region: p.region, To: p.to, Code: p.code, InCode: p.inCode}
	unit := "Hrs"
	if p.fee < transferclass.FeeNATHour {
		row.UnitBytes, unit = gib, "GB"
	}
	for _, d := range dimensions {
		if d.Unit != unit && (unit != "Hrs" || d.Unit != "hour") {
			return row, fmt.Errorf("unit %q, want %s", d.Unit, unit)
		}
		tier, err := d.tier(max(row.UnitBytes, 1))
		if err != nil {
			return row, err
		}
		row.Tiers = append(row.Tiers, tier)
	}
	slices.SortFunc(row.Tiers, func(a, b pricing.Tier) int { return cmp.Compare(a.FromBytes, b.FromBytes) })
	return row, nil
}

func (d *dimension) tier(unitBytes uint64) (pricing.Tier, error) {
	var tier pricing.Tier
	from, err := strconv.ParseUint(d.BeginRange, 10, 33)
	if err != nil {
		return tier, fmt.Errorf("beginRange %q: want a whole number", d.BeginRange)
	}
	tier.FromBytes = from * unitBytes
	if d.EndRange != "Inf" {
		end, err := strconv.ParseUint(d.EndRange, 10, 33)
		if err != nil || end == 0 {
			return tier, fmt.Errorf("endRange %q: want a whole number or Inf", d.EndRange)
		}
		tier.ToBytes = end * unitBytes
	}
	price, ok := d.Price["USD"]
	if !ok || len(d.Price) != 1 {
		return tier, fmt.Errorf("prices in %v, want USD alone", slices.Sorted(maps.Keys(d.Price)))
	}
	tier.RateNano, err = feed.Nano(price)
	return tier, err
}

// pricedRow remembers which SKU a row is from.
type pricedRow struct {
	sku string
	row pricing.Row
}

// keep refuses a second SKU that prices the same thing otherwise.
func (r *reader) keep(sku string, row pricing.Row) error {
	known, twice := r.rows[row.ID]
	if twice && !slices.Equal(known.row.Tiers, row.Tiers) {
		return errors.New("SKU " + sku + " and SKU " + known.sku + " both price " + row.ID + ", and differ")
	}
	if !twice {
		r.rows[row.ID] = pricedRow{sku, row}
	}
	return nil
}

func sortedRows(rows map[string]pricedRow) []pricing.Row {
	sorted := make([]pricing.Row, 0, len(rows))
	for _, id := range slices.Sorted(maps.Keys(rows)) {
		sorted = append(sorted, rows[id].row)
	}
	return sorted
}
