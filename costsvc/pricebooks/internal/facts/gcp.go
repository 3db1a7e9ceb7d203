package facts

import (
	"io/fs"
	"regexp"
	"strings"

	"github.com/egressor/egressor/costsvc/pricebooks/format"
	"github.com/egressor/egressor/costsvc/transferclass"
)

var regionName = regexp.MustCompile(`^[a-z]+(-[a-z]+)+-?[0-9]+(-[a-z]+-[0-9]+)?$`)

// isRegion tells a region's name from a text such as "cn (region not stated)".
func isRegion(text string) bool { return regionName.MatchString(text) }

func tierTo(end uint64) format.Tier { return format.Tier{ToBytes: end} }

func gcp(b *builder, fsys fs.FS) error {
	for _, step := range []func(*builder, fs.FS) error{gcpFees, gcpPremium, gcpStandard, gcpInterRegion} {
		if err := step(b, fsys); err != nil {
			return err
		}
	}
	return nil
}

func gcpFees(b *builder, fsys fs.FS) error {
	records, err := table(fsys, "gcp_fees.csv")
	if err != nil {
		return err
	}
	for _, r := range records {
		var row *format.Price
		switch r.get("fee") {
		case "nat_gib":
			_, err = b.flat(r, transferclass.FeeNAT, r.get("region"), "", "usd")
		case "inter_zone":
			_, err = b.flat(r, transferclass.FeeCrossZone, "*", "", "usd")
		case "external_ip_hour":
			row, err = b.flat(r, transferclass.FeePublicAddressHour, "*", "", "usd")
			hourly(row)
		case "same_zone_internal_ip", "ingress", "google_products": // free by rule
		case "nat_gateway_hour_cap", "forwarding_rule_ingress", "cdn_interconnect_or_peering": // no rule yet
		default:
			err = r.errorf("fee %q is new: say in gcpFees what it is", r.get("fee"))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// gcpPremium leaves out rows in conflict and those that are not of the
// catalogue: they would not fit its tiers.
func gcpPremium(b *builder, fsys fs.FS) error {
	records, err := table(fsys, "gcp_internet_premium_tiers.csv")
	if err != nil {
		return err
	}
	for _, r := range records {
		if r.get("status") != "listed" || r.get("source") != "GCOSTS" || !isRegion(r.get("region")) {
			continue
		}
		row := b.price(transferclass.FeeInternet, r.get("region"), r.get("destination"))
		if err := b.tier(r, row, "usd_per_gib", "tier_from_gib", "tier_to_gib"); err != nil {
			return err
		}
	}
	return nil
}

func gcpStandard(b *builder, fsys fs.FS) error {
	records, err := table(fsys, "gcp_internet_standard_tiers.csv")
	if err != nil {
		return err
	}
	for _, r := range records {
		row := b.price(transferclass.FeeInternetStandard, r.get("region"), "")
		if err := b.tier(r, row, "usd_per_gib", "tier_from_gib", "tier_to_gib"); err != nil {
			return err
		}
	}
	return nil
}

// gcpInterRegion takes the pairs that name two regions; rows about groups of
// regions, superseded ones and those of the VPN are not prices of a pair.
func gcpInterRegion(b *builder, fsys fs.FS) error {
	records, err := table(fsys, "gcp_inter_region.csv")
	if err != nil {
		return err
	}
	for _, r := range records {
		to, _, _ := strings.Cut(r.get("to"), " ")
		if !isRegion(r.get("from")) || !isRegion(to) || r.get("from") == to {
			continue
		}
		if _, err := b.flat(r, transferclass.FeeInterRegion, r.get("from"), to, "usd_per_gib"); err != nil {
			return err
		}
	}
	return nil
}
