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

func flatTier(rateNano int64) format.Tier { return format.Tier{RateNano: rateNano} }

func gcp(b *builder, fsys fs.FS) error {
	for _, step := range []func(*builder, fs.FS) error{gcpContinents, gcpFees, gcpPremium, gcpStandard, gcpInterRegion} {
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
		case "cdn_interconnect_or_peering":
			err = gcpCarrierPeering(b, r)
		case "nat_gateway_hour_cap", "forwarding_rule_ingress": // no rule
		default:
			err = r.errorf("fee %q is new: say in gcpFees what it is", r.get("fee"))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// gcpContinents are the groups of regions that some prices are for.
func gcpContinents(b *builder, fsys fs.FS) error {
	records, err := table(fsys, "gcp_continents.csv")
	if err != nil {
		return err
	}
	b.header.Groups = make(map[string][]string, len(records))
	for _, r := range records {
		b.header.Groups[r.get("region")] = strings.Fields(r.get("groups"))
	}
	return nil
}

// gcpCarrierPeering has a price until a day and another from it on.
func gcpCarrierPeering(b *builder, r record) error {
	region := strings.ReplaceAll(r.get("region"), " ", "-")
	row := b.price(transferclass.FeeCarrierPeering, region, "")
	if from := r.get("effective_from"); from != "" {
		row = b.dated(transferclass.FeeCarrierPeering, region, from)
	}
	row.From, row.Until = r.get("effective_from"), r.get("effective_to")
	return b.tier(r, row, "usd", "", "")
}

// gcpPremium leaves out rows that are not of the catalogue: they would not fit
// its tiers. Rows in conflict hold under D7 alone.
func gcpPremium(b *builder, fsys fs.FS) error {
	records, err := table(fsys, "gcp_internet_premium_tiers.csv")
	if err != nil {
		return err
	}
	for _, r := range records {
		if r.get("status") == "conflict" {
			if err := gcpPageReading(b, r); err != nil {
				return err
			}
			continue
		}
		if r.get("status") != "listed" || r.get("source") != "GCOSTS" || !isRegion(r.get("region")) {
			continue
		}
		row := b.price(transferclass.FeeInternet, r.get("region"), r.get("destination"))
		if err := b.tier(r, row, "usd_per_gib", "tier_from_gib", "tier_to_gib"); err != nil {
			return err
		}
		if r.get("destination") == "americas" && len(row.Tiers) == 1 {
			gcpFirstFree(row)
		}
	}
	return nil
}

// gcpFirstFree makes the first GiB of a month free, which the price page says of
// the North America SKU and the catalogue's rows leave out.
func gcpFirstFree(row *format.Price) {
	row.Tiers[0].FromBytes = gib
	row.Tiers = append([]format.Tier{tierTo(gib)}, row.Tiers...)
	row.Source, row.Note = row.Source+"; GCPPAGE-0920", "first GiB of a month free on the North America SKU"
}

// gcpPageReading is the other reading of D7, which is known for Oceania alone.
func gcpPageReading(b *builder, r record) error {
	for _, region := range []string{"australia-southeast1", "australia-southeast2"} {
		for _, destination := range []string{"americas", "australia", "china"} {
			row := b.variant(transferclass.FeeInternet, region, destination, "D7=page-2026")
			if err := b.tier(r, row, "usd_per_gib", "tier_from_gib", "tier_to_gib"); err != nil {
				return err
			}
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

// gcpGroupPairs are the rows about groups of regions that rules.md (G4) keeps.
// Other rows about groups are superseded, or of 2022 and not confirmed since.
var gcpGroupPairs = map[string][][2]string{
	"us-*/us-*":                             {{"us-canada", "us-canada"}},
	"europe geo/europe geo":                 {{"europe", "europe"}},
	"any other geo/any other geo":           {{"europe", "asia"}, {"asia", "europe"}},
	"southamerica-east1/southamerica-east1": {{"south-america", "south-america"}},
}

// gcpInterRegion takes the pairs that name two regions, and those between groups.
func gcpInterRegion(b *builder, fsys fs.FS) error {
	records, err := table(fsys, "gcp_inter_region.csv")
	if err != nil {
		return err
	}
	for _, r := range records {
		to, _, _ := strings.Cut(r.get("to"), " (")
		for _, pair := range gcpGroupPairs[r.get("from")+"/"+to] {
			if _, err := b.flat(r, transferclass.FeeInterRegion, pair[0], pair[1], "usd_per_gib"); err != nil {
				return err
			}
		}
		if !isRegion(r.get("from")) || !isRegion(to) || r.get("from") == to {
			continue
		}
		if _, err := b.flat(r, transferclass.FeeInterRegion, r.get("from"), to, "usd_per_gib"); err != nil {
			return err
		}
	}
	return nil
}
