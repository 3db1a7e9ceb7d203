package bill

import (
	"fmt"
	"slices"
)

// FOCUS has neither direction nor destination: the meter carries them, in columns
// of the provider's own. Versions 1.0, 1.1 and 1.2 have the columns used here;
// AWS calls the usage type x_UsageType in 1.0 and SkuMeter from 1.2 on.
func focus(name, provider, usage, product string, meter ...string) form {
	return form{
		name: name, provider: provider, account: "SubAccountId", start: "ChargePeriodStart", amount: "ConsumedQuantity", unit: "ConsumedUnit",
		cost: "BilledCost", currency: "BillingCurrency", rowType: "ChargeCategory", product: product, resource: "ResourceId",
		meter: append([]string{usage}, meter...), more: []string{"RegionId"},
		issuers: focusIssuers[provider],
		kindOf: func(category string) Kind {
			switch category {
			case "Usage":
				return Usage
			case "Discount", "Credit":
				return Discount
			default:
				return Other
			}
		},
	}
}

var focusIssuers = map[string][]string{
	"aws": {"AWS", "Amazon Web Services", "Amazon"}, "azure": {"Microsoft", "Azure"}, "gcp": {"Google Cloud", "Google"},
}

// focusIssuer is the column of the provider's name; 1.2 still has the first name.
const focusIssuer = "ProviderName|ServiceProviderName"

// issuedBy holds a FOCUS row to its form's provider.
func (f *form) issuedBy(r *record) error {
	if len(f.issuers) == 0 {
		return nil
	}
	if got := r.text(focusIssuer); got != "" && !slices.Contains(f.issuers, got) {
		return r.fault(focusIssuer, fmt.Errorf("%q: the price book is for %s", got, f.provider))
	}
	return nil
}

var focusAWS = func() form {
	f := focus("FOCUS with AWS's columns", "aws", "x_UsageType", "x_ServiceCode", "x_Operation")
	f.meterOf = func(r *record) metered { return awsMeter(r.text("x_UsageType"), r.text("x_Operation")) }
	f.precision, f.own, f.hostOf = awsPrecision, awsOwn, awsHost
	return f
}()

var focusAWS12 = func() form {
	f := focus("FOCUS 1.2 with AWS's columns", "aws", "SkuMeter", "x_ServiceCode", "x_Operation")
	f.meterOf = func(r *record) metered { return awsMeter(r.text("SkuMeter"), r.text("x_Operation")) }
	f.precision, f.own, f.hostOf = awsPrecision, awsOwn, awsHost
	return f
}()

var focusAzure = func() form {
	f := focus("FOCUS with Microsoft's columns", "azure", "x_SkuMeterName", "ServiceName", "x_SkuMeterCategory", "x_SkuMeterSubcategory")
	f.meterOf = func(r *record) metered {
		return azureMeter(r.text("RegionId"), r.text("x_SkuMeterCategory"), r.text("x_SkuMeterSubcategory"), r.text("x_SkuMeterName"))
	}
	f.precision, f.own, f.hostOf = azurePrecision, azureOwn, azureHost
	return f
}()

var focusGCP = func() form {
	f := focus("FOCUS of Google Cloud", "gcp", "ChargeDescription|x_SkuDescription", "ServiceName", "RegionId")
	f.meterOf = func(r *record) metered {
		return gcpMeter(r.text("RegionId"), r.text("ChargeDescription|x_SkuDescription"))
	}
	f.precision, f.own, f.hostOf = gcpPrecision, gcpOwn, gcpHost
	return f
}()
