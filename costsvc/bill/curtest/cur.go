package curtest

import (
	"cmp"
	"encoding/csv"
	"io"
	"maps"
	"math/big"
	"slices"
	"strings"
	"time"
)

// columns are some of a CUR 2.0's, in an order of their own.
var columns = []string{
	"bill_payer_account_id", "line_item_usage_account_id", "line_item_line_item_type", "line_item_usage_start_date", "line_item_usage_end_date",
	"line_item_product_code", "line_item_usage_type", "line_item_operation", "line_item_availability_zone", "line_item_resource_id",
	"line_item_usage_amount", "pricing_unit", "line_item_currency_code", "line_item_unblended_rate", "line_item_unblended_cost",
	"line_item_line_item_description",
}

// sheet writes rows of a CUR.
type sheet struct {
	csv      *csv.Writer
	discount *big.Rat // share taken off some costs, nil for none
	failed   error
}

func (s *sheet) row(u *usage, lineType, unit string, amount, rate *big.Rat, description string) {
	if s.discount != nil && (contains(u.usageType, "NatGateway-Bytes") || contains(u.usageType, "DataTransfer-Out-Bytes")) {
		rate = new(big.Rat).Mul(rate, new(big.Rat).Sub(big.NewRat(1, 1), s.discount))
	}
	cost := new(big.Rat).Mul(amount, rate)
	s.write([]string{
		Payer, u.account, lineType, u.hour.Format("2006-01-02T15:04:05.000Z"), u.hour.Add(time.Hour).Format("2006-01-02T15:04:05.000Z"),
		u.product, u.usageType, u.operation, "", u.resource,
		decimal(amount), unit, "USD", decimal(rate), decimal(cost), description,
	})
}

func (s *sheet) write(record []string) {
	if err := s.csv.Write(record); err != nil && s.failed == nil {
		s.failed = err
	}
}

// decimal writes ten places, as AWS does, without zeros at the end.
func decimal(n *big.Rat) string {
	text := n.FloatString(10) // exact decimal digits, in spite of its name
	return strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
}

// writeCUR rates the usage hour by hour and writes the bill.
func writeCUR(out io.Writer, m meter, discount *big.Rat) error {
	s := &sheet{csv: csv.NewWriter(out), discount: discount}
	s.write(columns)
	allowances := &allowances{internet: freeInternetGB * gb, regional: freeRegionalGB * gb, used: make(map[string]uint64)}
	for _, u := range slices.SortedFunc(maps.Keys(m), byTime) {
		allowances.rate(s, &u, m[u])
	}
	other(s)
	s.csv.Flush()
	return cmp.Or(s.failed, s.csv.Error())
}

func byTime(a, b usage) int {
	return cmp.Or(
		a.hour.Compare(b.hour), cmp.Compare(a.account, b.account), cmp.Compare(a.usageType, b.usageType),
		cmp.Compare(a.operation, b.operation), cmp.Compare(a.product, b.product), cmp.Compare(a.resource, b.resource),
	)
}

// allowances are what is left free this month, and the bytes sent to the
// internet beyond it, by region: accounts of one payer share both.
type allowances struct {
	internet, regional uint64
	used               map[string]uint64
}

func (a *allowances) rate(s *sheet, u *usage, bytes uint64) {
	rest := func(free *uint64, description string) {
		part := min(*free, bytes)
		if part > 0 {
			s.row(u, "Usage", "GB", inGB(part), new(big.Rat), description)
		}
		*free -= part
		bytes -= part
	}
	switch {
	case contains(u.usageType, "DataTransfer-Out-Bytes"):
		rest(&a.internet, "$0.000 per GB - data transfer out under the monthly global free tier")
		a.tiers(s, u, bytes)
	case contains(u.usageType, "DataTransfer-Regional-Bytes"):
		rest(&a.regional, "$0.000 per GB - regional data transfer under the monthly global free tier")
		if bytes > 0 {
			s.row(u, "Usage", "GB", inGB(bytes), crossZone, "$0.010 per GB - regional data transfer - in/out/between EC2 AZs or using elastic IPs or ELB")
		}
	default:
		s.row(u, "Usage", "GB", inGB(bytes), rateOf(u), u.usageType)
	}
}

func (a *allowances) tiers(s *sheet, u *usage, bytes uint64) {
	for _, tier := range internetTiers {
		part, end := bytes, uint64(tier.upToGB)*gb
		if tier.upToGB != 0 {
			part = min(part, end-min(end, a.used[u.region]))
		}
		if part == 0 {
			continue
		}
		s.row(u, "Usage", "GB", inGB(part), tier.rate, "data transfer out beyond the global free tier")
		a.used[u.region] += part
		bytes -= part
	}
}

func inGB(bytes uint64) *big.Rat {
	return new(big.Rat).SetFrac(new(big.Int).SetUint64(bytes), big.NewInt(gb))
}

// other rows of a bill have nothing to do with bytes moved.
func other(s *sheet) {
	u := usage{hour: monthStart, account: Payer, usageType: "BoxUsage:m7i.large", operation: "RunInstances", product: "AmazonEC2", resource: "i-0use100000000"}
	s.row(&u, "Usage", "Hrs", usd("720"), usd("0.1008"), "instance hours")
	u.usageType, u.operation, u.resource = "NatGateway-Hours", "NatGateway", "arn:aws:ec2:us-east-1:111111111111:natgateway/nat-use1-az1"
	s.row(&u, "Usage", "Hrs", usd("720"), usd("0.045"), "NAT gateway hours")
	s.row(&usage{hour: monthStart, account: Payer, product: "AmazonEC2"}, "Tax", "", new(big.Rat), new(big.Rat), "tax")
}

func contains(text, part string) bool { return strings.Contains(text, part) }
