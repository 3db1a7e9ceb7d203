package facts

import (
	"io/fs"

	"github.com/egressor/egressor/costsvc/pricebooks/format"
	"github.com/egressor/egressor/costsvc/transferclass"
)

// azure prices internet traffic by groups of regions, its egress zones, which
// share one meter, and traffic between regions by continents.
func azure(b *builder, fsys fs.FS) error {
	for _, step := range []func(*builder, fs.FS) error{azureZones, azureContinents, azureInternet, azureFees, azureInterRegion} {
		if err := step(b, fsys); err != nil {
			return err
		}
	}
	return nil
}

func azureZones(b *builder, fsys fs.FS) error {
	records, err := table(fsys, "azure_zones.csv")
	if err != nil {
		return err
	}
	b.header.Groups = make(map[string][]string, len(records))
	for _, r := range records {
		b.header.Groups[r.get("region")] = []string{"zone " + r.get("egress_zone")}
	}
	return nil
}

func azureInternet(b *builder, fsys fs.FS) error {
	records, err := table(fsys, "azure_internet_tiers.csv")
	if err != nil {
		return err
	}
	for _, r := range records {
		if r.get("zone_or_region") == "zone 3" {
			if err := azureZone3(b, r); err != nil {
				return err
			}
			continue
		}
		fee := transferclass.FeeInternet
		if r.get("routing") == "internet" {
			fee = transferclass.FeeInternetStandard
		}
		row := b.price(fee, r.get("zone_or_region"), "")
		if err := b.tier(r, row, "usd_per_gb", "tier_from_gb", "tier_to_gb"); err != nil {
			return err
		}
	}
	return nil
}

func azureFees(b *builder, fsys fs.FS) error {
	records, err := table(fsys, "azure_fees.csv")
	if err != nil {
		return err
	}
	for _, r := range records {
		if err := azureFee(b, r); err != nil {
			return err
		}
	}
	return nil
}

func azureFee(b *builder, r record) error {
	var row *format.Price
	switch r.get("fee") {
	case "vnet_peering_same_region_out":
		row = b.price(transferclass.FeePeering, "*", "")
	case "vnet_peering_global_each_way":
		row = b.price(transferclass.FeePeering, r.get("scope"), transferclass.GlobalPeering)
	case "nat_gb":
		row = b.price(transferclass.FeeNAT, "*", "")
	case "nat_hour":
		row = b.price(transferclass.FeeNATHour, "*", "")
		hourly(row)
	case "private_endpoint_out_gb":
		row = b.price(transferclass.FeeEndpoint, "*", "")
	case "private_endpoint_in_gb":
		row = b.price(transferclass.FeeEndpointReturn, "*", "")
	case "private_endpoint_hour":
		row = b.price(transferclass.FeeEndpointHour, "*", "")
		hourly(row)
	case "public_ip_hour":
		row = b.price(transferclass.FeePublicAddressHour, "*", "")
		hourly(row)
	case "vnet_peering_same_region_in": // the same figure as out: one row serves both ways
		return nil
	case "inter_zone":
		return azureDisputedZones(b, r)
	case "service_endpoint_vnet_hour", "standard_lb_gb": // doubtful, no rule
		return nil
	default:
		return r.errorf("fee %q is new: say in azureFee what it is", r.get("fee"))
	}
	return b.tier(r, row, "usd", "tier_from_gb", "tier_to_gb")
}
