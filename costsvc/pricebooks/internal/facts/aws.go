package facts

import (
	"io/fs"

	"github.com/egressor/egressor/costsvc/transferclass"
)

func awsUSD(b *builder, fsys fs.FS) error {
	b.regions = []string{"eusc-de-east-1"} // exists, bills in EUR, no price sourced
	for _, step := range []func(*builder, fs.FS) error{awsAllowances, awsInternet, awsUSDFees, awsInterRegion} {
		if err := step(b, fsys); err != nil {
			return err
		}
	}
	return nil
}

func awsCNY(b *builder, fsys fs.FS) error { return awsFees(b, fsys, "CNY") }

func awsUSDFees(b *builder, fsys fs.FS) error { return awsFees(b, fsys, "USD") }

// awsAllowances are rows of rate 0 that end where the allowance does.
func awsAllowances(b *builder, fsys fs.FS) error {
	records, err := table(fsys, "aws_allowances.csv")
	if err != nil {
		return err
	}
	fees := map[string]transferclass.Fee{
		"internet_free_per_month": transferclass.FeeInternetAllowance,
		"regional_free_per_month": transferclass.FeeCrossZoneAllowance,
	}
	for _, r := range records {
		fee, ok := fees[r.get("key")]
		if !ok {
			continue // tier ends repeat the tier table; the unit is a constant here
		}
		row := b.price(fee, "*", "")
		row.Source, row.AsOf, row.Note = r.get("source"), r.get("as_of"), r.get("scope")
		end, err := r.gibBytes("value")
		if err != nil {
			return err
		}
		row.Tiers = append(row.Tiers, tierTo(end))
	}
	return nil
}

func awsInternet(b *builder, fsys fs.FS) error {
	records, err := table(fsys, "aws_internet_tiers.csv")
	if err != nil {
		return err
	}
	for _, r := range records {
		row := b.price(transferclass.FeeInternet, r.get("region"), "")
		if err := b.tier(r, row, "usd_per_gb", "tier_from_gb", "tier_to_gb"); err != nil {
			return err
		}
	}
	return nil
}

// awsFeeNames are the facts that become prices. Facts that are not about
// transfers of bytes or of hours that transfers cause map to FeeNone.
var awsFeeNames = map[string]transferclass.Fee{
	"cross_az_each_way":   transferclass.FeeCrossZone,
	"nat_gb":              transferclass.FeeNAT,
	"nat_hour":            transferclass.FeeNATHour,
	"endpoint_gb":         transferclass.FeeEndpoint,
	"endpoint_hour":       transferclass.FeeEndpointHour,
	"tgw_gb":              transferclass.FeeTransit,
	"tgw_attachment_hour": transferclass.FeeTransitHour,
	"public_ipv4_hour":    transferclass.FeePublicAddressHour,
	"gateway_endpoint_gb": transferclass.FeeNone,
	"gwlb_endpoint_gb":    transferclass.FeeNone,
	"lattice_resource_gb": transferclass.FeeNone,
	"network_firewall_gb": transferclass.FeeNone,
	"clb_gb":              transferclass.FeeNone,
	"alb_lcu_hour":        transferclass.FeeALBUnitHour,
	"nlb_nlcu_hour":       transferclass.FeeNLBUnitHour,
}

func awsFees(b *builder, fsys fs.FS, currency string) error {
	records, err := table(fsys, "aws_fees_long.csv")
	if err != nil {
		return err
	}
	for _, r := range records {
		fee, known := awsFeeNames[r.get("fee")]
		switch {
		case !known:
			return r.errorf("fee %q is new: say in awsFeeNames what it is", r.get("fee"))
		case fee == transferclass.FeeNone, r.get("role") != "primary", r.get("currency") != currency, !isRegion(r.get("region")):
			continue
		}
		row := b.price(fee, r.get("region"), "")
		if r.get("unit") != "GB" {
			hourly(row)
		}
		if err := b.tier(r, row, "price", "tier_from_gb", "tier_to_gb"); err != nil {
			return err
		}
		if fee == transferclass.FeeEndpoint {
			b.decimalEnds(row)
		}
	}
	return nil
}

// awsInterRegion also makes the usage types of the pair, SRC-DST-AWS-Out-Bytes.
func awsInterRegion(b *builder, fsys fs.FS) error {
	codes, err := table(fsys, "aws_region_codes.csv")
	if err != nil {
		return err
	}
	prefix := make(map[string]string, len(codes))
	for _, r := range codes {
		prefix[r.get("region")] = r.get("usage_type_prefix")
		b.regions = append(b.regions, r.get("region"))
		b.commercial(r.get("region"))
	}
	records, err := table(fsys, "aws_inter_region.csv")
	if err != nil {
		return err
	}
	for _, r := range records {
		from, to := prefix[r.get("from")], prefix[r.get("to")]
		if from == "" || to == "" {
			return r.errorf("no usage type prefix for %s or %s", r.get("from"), r.get("to"))
		}
		row, err := b.flat(r, transferclass.FeeInterRegion, r.get("from"), r.get("to"), "usd_per_gb")
		if err != nil {
			return err
		}
		row.Code, row.InCode = from+"-"+to+"-AWS-Out-Bytes", to+"-"+from+"-AWS-In-Bytes"
	}
	return awsExtendedPairs(b, records)
}
