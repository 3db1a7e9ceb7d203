package bill

import "strings"

// awsPrecision: ten decimal places of GB are finer than a byte, and ten of the
// currency than a nano-unit.
var awsPrecision = precision{slackNano: 1}

var awsOwn = []string{"AmazonEC2", "AmazonVPC", "AWSDataTransfer", ""}

// curForm is AWS's cost and usage report 2.0; the older one has the same columns,
// spelled with slashes.
var curForm = form{
	name: "AWS CUR 2.0", provider: "aws", account: "line_item_usage_account_id", start: "line_item_usage_start_date",
	amount: "line_item_usage_amount", unit: "pricing_unit", cost: "line_item_unblended_cost", currency: "line_item_currency_code",
	rowType: "line_item_line_item_type", product: "line_item_product_code", resource: "line_item_resource_id",
	meter: []string{"line_item_usage_type", "line_item_operation"},
	kindOf: func(rowType string) Kind {
		switch {
		case strings.HasSuffix(rowType, "Discount"):
			return Discount
		case rowType == "Usage" || rowType == "DiscountedUsage" || rowType == "SavingsPlanCoveredUsage":
			return Usage
		default:
			return Other
		}
	},
	meterOf: func(r *record) metered {
		return awsMeter(r.text("line_item_usage_type"), r.text("line_item_operation"))
	},
	precision: awsPrecision, own: awsOwn, hostOf: awsHost,
}

func awsMeter(usageType, operation string) metered {
	m := metered{}
	m.region, m.code = splitUsageType(usageType)
	m.operation = operationOf(m.code, operation)
	switch {
	case isTransfer(m.code):
		m.class = transferClass
	case isStanding(m.code):
		m.class = standingClass
	}
	return m
}

// awsHost is the instance id of a resource.
func awsHost(resource string) string {
	if strings.HasPrefix(resource, "i-") {
		return resource
	}
	if _, id, ok := strings.Cut(resource, ":instance/"); ok {
		return id
	}
	return ""
}
