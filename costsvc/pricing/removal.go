package pricing

import (
	"errors"
	"fmt"
	"math/big"
	"slices"

	"github.com/egressor/egressor/costsvc/transferclass"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// Removal is what a gateway costs, in the two parts that end at different times.
type Removal struct {
	// ByHour ends when the gateway is deleted, and not before: moving bytes off it
	// saves nothing of this.
	ByHour Standing
	// ByBytes is what bytes cost for going through it: its own fee, and the leg to
	// it from another zone. It ends with the bytes. What they cost beyond the
	// gateway is not in it.
	ByBytes money.Amount
	// UnpricedBytes have no sourced price for going through it.
	UnpricedBytes uint64
}

// gatewayRules charge for going through a gateway or to it.
var gatewayRules = []transferclass.Rule{"A8", "A9", "A10", "A13", "A14", "G7", "G11", "Z7", "Z8"}

// RemovalOf sums up what a gateway's users pay for it in a statement. Where
// several gateways lie on one way, the statement cannot tell them apart.
func RemovalOf(standing Standing, statement *Statement, uses []Use) (Removal, error) {
	users := make(map[model.EdgeID]bool, len(uses))
	for _, use := range uses {
		users[use.Edge] = true
	}
	removal := Removal{ByHour: standing}
	var total money.Accumulator
	for i := range statement.Lines {
		line := &statement.Lines[i]
		if !users[line.Edge] || !slices.Contains(gatewayRules, line.Rule) {
			continue
		}
		total.Add(line.Amount)
		if line.Unpriced != "" {
			removal.UnpricedBytes += line.Bytes
		}
	}
	var err error
	removal.ByBytes, err = total.Amount()
	return removal, err
}

// EndpointBreakEven is how many bytes a month an interface endpoint must carry
// to cost no more than a NAT gateway, which stays for other traffic, costs for
// the same bytes: the endpoint's hours in its zones, and its fee by the byte, in
// tiers, against the NAT gateway's fee. hours is the month's length, 730 on
// average. It is an error where a price is not known, or where the endpoint is
// never cheaper.
func EndpointBreakEven(book *Book, region string, zones, hours uint64, at model.Minute) (bytes uint64, err error) {
	nat := book.Lookup(transferclass.FeeNAT, region, "", at)
	endpoint := book.Lookup(transferclass.FeeEndpoint, region, "", at)
	hour := book.Lookup(transferclass.FeeEndpointHour, region, "", at)
	switch {
	case nat == nil || endpoint == nil || hour == nil:
		return 0, fmt.Errorf("break-even in %s: no sourced price for nat, endpoint or endpoint-hour", region)
	case len(nat.Tiers) != 1:
		return 0, fmt.Errorf("break-even in %s: price row %s has tiers, so bytes that move off it change what the rest costs", region, nat.ID)
	}
	// In atoms: what the endpoint still has to save.
	debt := new(big.Int).SetUint64(zones * hours)
	debt.Mul(debt, money.FromNano(hour.Tiers[0].RateNano).BigInt())
	natRate, err := atomsPerByte(nat, 0)
	if err != nil {
		return 0, err
	}
	for i, tier := range endpoint.Tiers {
		rate, err := atomsPerByte(endpoint, i)
		if err != nil {
			return 0, err
		}
		saved := new(big.Int).Sub(natRate, rate) // by the byte
		if saved.Sign() > 0 {
			need := new(big.Int).Add(debt, saved)
			need.Sub(need, big.NewInt(1)).Quo(need, saved) // rounded up
			if end := tier.ToBytes; need.IsUint64() && (end == 0 || need.Uint64() <= end-tier.FromBytes) {
				return tier.FromBytes + need.Uint64(), nil
			}
		}
		if tier.ToBytes == 0 {
			break
		}
		debt.Sub(debt, saved.Mul(saved, new(big.Int).SetUint64(tier.ToBytes-tier.FromBytes)))
	}
	return 0, errors.New("break-even in " + region + ": an interface endpoint never costs less than the NAT gateway there")
}

func atomsPerByte(row *Row, tier int) (*big.Int, error) {
	factor, err := money.AtomsPerNanoByte(row.UnitBytes)
	if err != nil {
		return nil, fmt.Errorf("price row %s: %w", row.ID, err)
	}
	rate := big.NewInt(row.Tiers[tier].RateNano)
	return rate.Mul(rate, new(big.Int).SetUint64(factor)), nil
}
