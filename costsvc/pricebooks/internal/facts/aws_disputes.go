package facts

import (
	"strings"

	"github.com/egressor/egressor/costsvc/pricebooks/format"
	"github.com/egressor/egressor/costsvc/transferclass"
)

// groupCommercial are the regions of AWS's commercial partition.
const groupCommercial = "commercial"

func (b *builder) commercial(region string) {
	if strings.HasPrefix(region, "cn-") || strings.HasPrefix(region, "us-gov-") || strings.HasPrefix(region, "eusc-") || !isRegion(region) {
		return
	}
	if b.header.Groups == nil {
		b.header.Groups = make(map[string][]string)
	}
	b.header.Groups[region] = []string{groupCommercial}
}

// decimalEnds keeps the row of D10 beside an endpoint's: the same rates, with the
// tiers' ends at 1 and 5 million GB.
func (b *builder) decimalEnds(row *format.Price) {
	other := b.variant(transferclass.FeeEndpoint, row.Region, "", "D10=decimal-tier-ends")
	other.Source, other.AsOf, other.Note = row.Source, row.AsOf, "tier ends as infracost has them"
	decimal := map[uint64]uint64{0: 0, 1_048_576 * gib: 1_000_000 * gib, 5_242_880 * gib: 5_000_000 * gib}
	other.Tiers = other.Tiers[:0]
	for _, tier := range row.Tiers {
		other.Tiers = append(other.Tiers, format.Tier{FromBytes: decimal[tier.FromBytes], ToBytes: decimal[tier.ToBytes], RateNano: tier.RateNano})
	}
}

// awsExtendedPairs are the rows of D11: what a region charges towards all others
// that were seen, where that is one price. The pair of us-east-1 and us-east-2 is
// the known exception.
func awsExtendedPairs(b *builder, records []record) error {
	for _, r := range records {
		if r.get("from") == "us-east-1" && r.get("to") == "us-east-2" || r.get("from") == "us-east-2" && r.get("to") == "us-east-1" {
			continue
		}
		rate, err := r.nano("usd_per_gb")
		if err != nil {
			return err
		}
		row := b.variant(transferclass.FeeInterRegion, r.get("from"), groupCommercial, "D11=extended-pairs")
		switch {
		case len(row.Tiers) == 0:
			row.Tiers = []format.Tier{flatTier(rate)}
			row.Source, row.AsOf, row.Note = r.get("source"), r.get("as_of"), "the one price towards every region that was seen"
		case row.Tiers[0].RateNano != rate:
			return r.errorf("%s has two prices towards other regions: D11 cannot extend them", r.get("from"))
		}
	}
	return nil
}
