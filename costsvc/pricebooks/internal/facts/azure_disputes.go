package facts

import (
	"github.com/egressor/egressor/costsvc/pricebooks/format"
	"github.com/egressor/egressor/costsvc/transferclass"
)

// Ends of the first bands on the Microsoft network, which all its zones share,
// and what the price API still lists between zones.
const (
	azureFreeEnd      = 100 * gib
	azureFirstTierEnd = 10_335 * gib
	azureZonesNano    = 10_000_000
)

// azureZone3 is the zone of which the first paid band alone is sourced: it is
// partial. Under D9 israelcentral is in it.
func azureZone3(b *builder, r record) error {
	rate, err := r.nano("usd_per_gb")
	if err != nil {
		return err
	}
	tiers := []format.Tier{tierTo(azureFreeEnd), {FromBytes: azureFreeEnd, ToBytes: azureFirstTierEnd, RateNano: rate}}
	for _, row := range []*format.Price{
		b.price(transferclass.FeeInternet, r.get("zone_or_region"), ""),
		b.variant(transferclass.FeeInternet, "israelcentral", "", "D9=second-reading"),
	} {
		row.Tiers, row.Source, row.AsOf, row.Note = tiers, r.get("source"), r.get("as_of"), r.get("note")
	}
	return nil
}

// azureDisputedZones is the price of D8: the row itself says 0, and its note that
// the price API lists a meter all the same.
func azureDisputedZones(b *builder, r record) error {
	row := b.variant(transferclass.FeeCrossZone, "*", "", "D8=zones-charged")
	row.Tiers = []format.Tier{{RateNano: azureZonesNano}}
	row.Source, row.AsOf, row.Note = "AZUK26; HYBRIDCHK", "2026-09-19", r.get("note")
	return nil
}
