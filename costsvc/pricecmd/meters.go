package pricecmd

import (
	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/costsvc/transferclass"
	"github.com/egressor/egressor/internal/model"
)

// pools turns the line's meters into those of the pools that its charges use.
// The internet meter counts the free allowance too; the engine keeps allowance
// and tiers apart.
func (m *Meters) pools(book *pricing.Book, facts *transferclass.Facts, at model.Minute) pricing.Meters {
	pools := make(pricing.Meters)
	if m == nil {
		return pools
	}
	var decision transferclass.Decision
	book.Switches.Classify(facts, &decision)
	for _, charge := range decision.Charges() {
		account := pricing.AccountOf(facts, charge.Payer)
		set := func(fee transferclass.Fee, bytes uint64) {
			if row := book.Lookup(fee, charge.Region, charge.To, at); row != nil {
				pools[book.PoolOf(account, row)] = bytes
			}
		}
		switch charge.Fee {
		case transferclass.FeeInternet, transferclass.FeeInternetStandard:
			if m.Internet == nil {
				continue
			}
			free := uint64(0)
			row := book.Lookup(transferclass.FeeInternetAllowance, charge.Region, "", at)
			if charge.Fee == transferclass.FeeInternet && row != nil && !charge.NoAllowance {
				free = min(*m.Internet, row.Tiers[0].ToBytes)
				set(transferclass.FeeInternetAllowance, free)
			}
			if book.Switches.AllowanceInside {
				free = 0 // the tiers' meter counts the free bytes too
			}
			set(charge.Fee, *m.Internet-free)
		case transferclass.FeeCrossZone:
			if m.Regional != nil {
				set(transferclass.FeeCrossZoneAllowance, *m.Regional)
			}
		case transferclass.FeeEndpoint, transferclass.FeeEndpointReturn:
			if m.Endpoint != nil {
				set(charge.Fee, *m.Endpoint)
			}
		default: // no other fee has a meter that a caller may give
		}
	}
	return pools
}
