package bill

import (
	"cmp"
	"encoding/csv"
	"io"
	"math/big"
	"strconv"
	"strings"

	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/internal/model"
)

// focusColumns are those of FOCUS 1.2 in the order of its specification, then
// the provider's that a meter is read from, then Egressor's own.
var focusColumns = []string{
	"AvailabilityZone", "BilledCost", "BillingAccountId", "BillingAccountName", "BillingAccountType", "BillingCurrency", "BillingPeriodEnd", "BillingPeriodStart",
	"CapacityReservationId", "CapacityReservationStatus", "ChargeCategory", "ChargeClass", "ChargeDescription", "ChargeFrequency", "ChargePeriodEnd", "ChargePeriodStart",
	"CommitmentDiscountCategory", "CommitmentDiscountId", "CommitmentDiscountName", "CommitmentDiscountQuantity", "CommitmentDiscountStatus", "CommitmentDiscountType", "CommitmentDiscountUnit",
	"ConsumedQuantity", "ConsumedUnit", "ContractedCost", "ContractedUnitPrice", "EffectiveCost", "InvoiceId", "InvoiceIssuerName", "ListCost", "ListUnitPrice",
	"PricingCategory", "PricingCurrency", "PricingCurrencyContractedUnitPrice", "PricingCurrencyEffectiveCost", "PricingCurrencyListUnitPrice", "PricingQuantity", "PricingUnit",
	"ProviderName", "PublisherName", "RegionId", "RegionName", "ResourceId", "ResourceName", "ResourceType", "ServiceCategory", "ServiceName", "ServiceSubcategory",
	"SkuId", "SkuMeter", "SkuPriceDetails", "SkuPriceId", "SubAccountId", "SubAccountName", "SubAccountType", "Tags",
	"x_Operation", "x_ServiceCode", "x_UsageType", "x_SkuMeterCategory", "x_SkuMeterSubcategory", "x_SkuMeterName",
	"x_Payer", "x_Rule", "x_Tier", "x_PriceRow", "x_PriceSource", "x_Imputed", "x_PathAssumed", "x_PriceBook",
}

// Write writes the rows as CSV and returns how many there are. Amounts are exact.
// Costs are estimates by the price book: billed, effective, contracted and list
// cost are the same.
func (f *FocusRows) Write(out io.Writer) (int, error) {
	writer := csv.NewWriter(out)
	if err := writer.Write(focusColumns); err != nil {
		return 0, err
	}
	keys := f.keys()
	for i := range keys {
		values := f.row(&keys[i])
		record := make([]string, len(focusColumns))
		for at, column := range focusColumns {
			record[at] = values[column]
		}
		if err := writer.Write(record); err != nil {
			return i, err
		}
	}
	writer.Flush()
	return len(keys), writer.Error()
}

// row is a row by column; what is absent is null.
func (f *FocusRows) row(key *focusKey) map[string]string {
	sum := f.sums[*key]
	month, monthEnd := pricing.MonthOf(key.start)
	cost, price, unit := sum.Cost.Decimal(), unitPrice(key), cmp.Or(key.unitBytes, bytesPerGB)
	issuer := focusIssuers[f.book.Provider][0]
	row := map[string]string{
		"BilledCost": cost, "EffectiveCost": cost, "ContractedCost": cost, "ListCost": cost, "PricingCurrencyEffectiveCost": cost,
		"ContractedUnitPrice": price, "ListUnitPrice": price, "PricingCurrencyContractedUnitPrice": price, "PricingCurrencyListUnitPrice": price,
		"BillingCurrency": string(f.book.Currency), "PricingCurrency": string(f.book.Currency),
		"BillingAccountId": f.billingAccount(key.account), "BillingAccountType": "Billing Account",
		"SubAccountId": cmp.Or(key.account, unknownAccount), "SubAccountType": "Account",
		"BillingPeriodStart": minuteText(month), "BillingPeriodEnd": minuteText(monthEnd),
		"ChargePeriodStart": minuteText(key.start), "ChargePeriodEnd": minuteText(key.start + f.period.minutes()),
		"ChargeCategory": "Usage", "ChargeFrequency": "Usage-Based", "ChargeDescription": strings.TrimSpace(key.code + " " + key.operation),
		"ConsumedQuantity": strconv.FormatUint(sum.Bytes, 10), "ConsumedUnit": "B", "PricingQuantity": quantity(sum.Bytes, unit), "PricingUnit": pricingUnit(unit),
		"PricingCategory": "Standard", "InvoiceIssuerName": issuer, "ProviderName": issuer, "PublisherName": issuer,
		"RegionId": key.region, "RegionName": key.region,
		"ServiceCategory": "Networking", "ServiceSubcategory": "Network Connectivity", "ServiceName": serviceName(f.book.Provider),
		"SkuId": cmp.Or(key.priceRow, "rule "+string(key.rule)), "SkuPriceId": cmp.Or(key.priceRow, "rule "+string(key.rule)) + " tier " + strconv.Itoa(key.tier),
		"SkuMeter": f.usageType(key),
		"x_Payer":  string(key.payer), "x_Rule": string(key.rule), "x_Tier": strconv.Itoa(key.tier), "x_PriceRow": key.priceRow, "x_PriceSource": key.source,
		"x_Imputed": flag(key.imputed), "x_PathAssumed": flag(key.pathAssumed), "x_PriceBook": f.book.Name + " " + f.book.Version,
	}
	f.meterColumns(key, row)
	return row
}

func minuteText(at model.Minute) string { return focusTime(at.Start()) }

// quantity is bytes in units, exactly: units are of the form 2^m x 5^n, so the
// decimal number ends.
func quantity(bytes, unitBytes uint64) string {
	n := new(big.Rat).SetFrac(new(big.Int).SetUint64(bytes), new(big.Int).SetUint64(unitBytes))
	text := n.FloatString(maxPlaces) // decimal digits, in spite of its name
	return strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
}

// maxPlaces is how many decimal places a byte has in the largest unit, 2^30.
const maxPlaces = 30

func pricingUnit(unitBytes uint64) string {
	switch unitBytes {
	case bytesPerGB:
		return "GiB"
	case 1_000_000_000:
		return "GB"
	default:
		return strconv.FormatUint(unitBytes, 10) + " B"
	}
}
