package pricing

import (
	"fmt"

	"github.com/egressor/egressor/costsvc/transferclass"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// BalancerKind is a load balancer that is paid by capacity units (rule A26).
type BalancerKind uint8

// Kinds of load balancer.
const (
	ApplicationBalancer BalancerKind = iota
	NetworkBalancer
)

var capacityFees = [...]transferclass.Fee{ApplicationBalancer: transferclass.FeeALBUnitHour, NetworkBalancer: transferclass.FeeNLBUnitHour}

// bytesPerUnitHour is what one capacity unit processes in an hour by its
// dimension of bytes: 1 GB, for targets that are machines or addresses.
const bytesPerUnitHour = money.BytesPerGiB

// Balancer is a load balancer of AWS.
type Balancer struct {
	Name            string
	Kind            BalancerKind
	Account, Region string
}

// Capacity is what the bytes that the balancer processed cost at least. A unit is
// the largest of four dimensions (new connections, active connections, bytes,
// rule evaluations), and bytes alone are known here, so the cost is a lower
// bound and says so. Units are bytes. A region without a price is Unpriced.
func (b *Balancer) Capacity(book *Book, bytes uint64, at model.Minute) (Standing, error) {
	fee := capacityFees[b.Kind]
	standing := Standing{
		Name: b.Name, Code: "LCUUsage", Account: b.Account, Region: b.Region, Units: bytes, UnitName: "bytes", Cost: money.Money{Currency: book.Currency},
		Assumed: "bytes are one of four dimensions of a capacity unit and the largest counts: this is the least that it costs",
	}
	row := book.Lookup(fee, b.Region, "", at)
	if row == nil {
		standing.Unpriced = "no sourced price for " + fee.String() + " in " + b.Region
		return standing, nil
	}
	amount, err := money.FromBytes(bytes, row.Tiers[0].RateNano, bytesPerUnitHour)
	if err != nil {
		return Standing{}, fmt.Errorf("capacity of load balancer %s: %w", b.Name, err)
	}
	standing.Cost.Amount, standing.PriceRow, standing.Source = amount, row.ID, row.Source
	return standing, nil
}
