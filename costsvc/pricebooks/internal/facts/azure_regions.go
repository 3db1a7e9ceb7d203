package facts

import (
	"io/fs"
	"strings"

	"github.com/egressor/egressor/costsvc/transferclass"
)

// azureContinentNames are all that prices between regions know. A region of a
// government cloud is in none, so its pairs stay a gap.
var azureContinentNames = []string{"north-america", "europe", "asia", "oceania", "middle-east", "africa", "south-america"}

func azureContinents(b *builder, fsys fs.FS) error {
	records, err := table(fsys, "azure_continents.csv")
	if err != nil {
		return err
	}
	for _, r := range records {
		b.header.Groups[r.get("region")] = append(b.header.Groups[r.get("region")], r.get("continent"))
	}
	return nil
}

// azureInterRegion writes out the rows about "the same" and "any other" continent.
func azureInterRegion(b *builder, fsys fs.FS) error {
	records, err := table(fsys, "azure_inter_region.csv")
	if err != nil {
		return err
	}
	for _, r := range records {
		froms := strings.Split(strings.ReplaceAll(r.get("from_group"), " or ", ", "), ", ")
		for _, from := range froms {
			if err := azurePairs(b, r, from); err != nil {
				return err
			}
		}
	}
	return nil
}

func azurePairs(b *builder, r record, from string) error {
	to := r.get("to_group")
	for _, continent := range azureContinentNames {
		same := continent == from
		if same != (to == from || to == "same continent") {
			continue
		}
		if _, err := b.flat(r, transferclass.FeeInterRegion, from, continent, "usd_per_gb"); err != nil {
			return err
		}
		if same && from == "south-america" {
			row := b.variant(transferclass.FeeInterRegion, from, continent, "D9=second-reading")
			row.Tiers = append(row.Tiers, flatTier(160_000_000))
			row.Source, row.AsOf, row.Note = "LUCIDITY", r.get("as_of"), "the other reading of D9"
		}
	}
	return nil
}
