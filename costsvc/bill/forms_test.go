package bill

import (
	"regexp"
	"strings"
	"testing"

	"github.com/egressor/egressor/internal/money"
)

// Bills of each form about the same day. Every one has, of its provider, bytes to
// the internet, bytes within, a NAT gateway, one row by the hour and one that is
// not compared.
const (
	focus12 = `BilledCost,BillingAccountId,BillingCurrency,ChargeCategory,ChargePeriodStart,ConsumedQuantity,ConsumedUnit,InvoiceId,ProviderName,RegionId,ResourceId,ServiceSubcategory,SkuMeter,SubAccountId,SubAccountType,x_Discounts,x_Operation,x_ServiceCode
0.18,9,USD,Usage,2026-11-10T03:00:00.000Z,2,GB,,AWS,eu-west-1,i-1,,EU-DataTransfer-Out-Bytes,1,Account,,RunInstances,AmazonEC2
0.01,9,USD,Usage,2026-11-10T03:00:00.000Z,1,GB,,AWS,eu-west-1,i-1,,EU-DataTransfer-Regional-Bytes,1,Account,,InterZone-Out,AmazonEC2
0.048,9,USD,Usage,2026-11-10T03:00:00.000Z,1,GB,,AWS,eu-west-1,,,EU-NatGateway-Bytes,1,Account,,NatGateway,AmazonEC2
0.048,9,USD,Usage,2026-11-10T03:00:00.000Z,1,Hrs,,AWS,eu-west-1,,,EU-NatGateway-Hours,1,Account,,NatGateway,AmazonEC2
3,9,USD,Tax,2026-11-01T00:00:00.000Z,,,,AWS,,,,,9,,,,AmazonEC2
`
	focusMicrosoft = `BilledCost,BillingCurrency,ChargeCategory,ChargePeriodStart,ConsumedQuantity,ConsumedUnit,ProviderName,RegionId,ResourceId,ServiceName,SubAccountId,x_SkuMeterCategory,x_SkuMeterName,x_SkuMeterSubcategory
0.174,USD,Usage,2026-11-10T00:00:00Z,2,GB,Microsoft,eastus,/subscriptions/1/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/vm-1,Bandwidth,1,Bandwidth,Standard Data Transfer Out,Rtn Preference: MGN
0.01,USD,Usage,2026-11-10T00:00:00Z,1,GB,Microsoft,eastus,,Virtual Network,1,Virtual Network,Intra-Region Egress,Virtual Network Peering
0.045,USD,Usage,2026-11-10T00:00:00Z,1,GB,Microsoft,eastus,,NAT Gateway,1,NAT Gateway,Standard Data Processed,NAT Gateway
0.045,USD,Usage,2026-11-10T00:00:00Z,1,Hours,Microsoft,eastus,,NAT Gateway,1,NAT Gateway,Standard Gateway,NAT Gateway
0,USD,Usage,2026-11-10T00:00:00Z,7,GB,Microsoft,eastus,,Bandwidth,1,Bandwidth,Standard Data Transfer In,
`
	focusGoogle = `BilledCost,BillingCurrency,ChargeCategory,ChargeDescription,ChargePeriodStart,ConsumedQuantity,ConsumedUnit,ProviderName,RegionId,ResourceId,ServiceName,SubAccountId
0.24,USD,Usage,Network Internet Data Transfer Out from Americas to Americas,2026-11-10T00:00:00Z,2147483648,bytes,Google Cloud,us-central1,,Compute Engine,p
0.01,USD,Usage,Network Inter Zone Data Transfer Out,2026-11-10T00:00:00Z,1073741824,bytes,Google Cloud,us-central1,,Compute Engine,p
0.045,USD,Usage,Networking Cloud Nat Data Processing,2026-11-10T00:00:00Z,1,GiB,Google Cloud,us-central1,,Networking,p
0.0014,USD,Usage,Networking Cloud Nat Gateway Uptime,2026-11-10T00:00:00Z,1,hours,Google Cloud,us-central1,,Networking,p
1,USD,Usage,N2 Instance Core running in Americas,2026-11-10T00:00:00Z,1,hours,Google Cloud,us-central1,,Compute Engine,p
`
	gcpCSV = `project.id,usage_start_time,usage.amount,usage.unit,cost,currency,cost_type,service.description,sku.description,location.region,invoice.month,credits
p,2026-11-10 03:00:00 UTC,2147483648.0,bytes,0.24,USD,regular,Compute Engine,Network Internet Data Transfer Out from Americas to Americas,us-central1,202611,
p,2026-11-10 03:00:00 UTC,1073741824,bytes,0.01,USD,regular,Compute Engine,Network Inter Zone Data Transfer Out,us-central1,202611,"[{""name"":""Reseller margin"",""type"":""RESELLER_MARGIN"",""amount"":-0.001},{""name"":""trial"",""type"":""PROMOTION"",""amount"":-0.009}]"
p,2026-12-01 03:00:00 UTC,1073741824,bytes,0.045,USD,regular,Networking,Networking Cloud Nat Data Processing,us-central1,202611,
p,2026-11-10 03:00:00 UTC,3600,seconds,0.0014,USD,regular,Networking,Networking Cloud Nat Gateway Uptime,us-central1,202611,
,2026-11-30 03:00:00 UTC,,,2,USD,tax,Invoice,Tax,,202611,
`
	azureCSV = `Date,SubscriptionId,MeterCategory,MeterSubCategory,MeterName,ResourceLocation,UnitOfMeasure,Quantity,CostInBillingCurrency,BillingCurrencyCode,ChargeType,ConsumedService,ResourceId
11/10/2026,1,Bandwidth,Rtn Preference: MGN,Standard Data Transfer Out,EastUS,1 GB,2,0.174,USD,Usage,Microsoft.Compute,/subscriptions/1/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/vm-1
11/10/2026,1,Virtual Network,Virtual Network Peering,Intra-Region Egress,US East,1 GB,1,0.01,USD,Usage,Microsoft.Network,
11/10/2026,1,NAT Gateway,,Standard Data Processed,eastus,10 GB,0.1,0.045,USD,Usage,Microsoft.Network,
11/10/2026,1,NAT Gateway,,Standard Gateway,eastus,1 Hour,1,0.045,USD,Usage,Microsoft.Network,
11/10/2026,1,Virtual Machines,Dv5,D2 v5,eastus,1 Hour,1,0.1,USD,Purchase,Microsoft.Compute,
`
)

func TestEveryFormIsRead(t *testing.T) {
	type keys map[string]uint64 // code and operation -> GiB
	aws := keys{"DataTransfer-Out-Bytes": 2, "DataTransfer-Regional-Bytes InterZone-Out": 1, "NatGateway-Bytes": 1}
	azure := keys{"Standard Data Transfer Out Rtn Preference: MGN": 2, "Virtual Network Peering Egress": 1, "NAT Gateway Data Processed": 1}
	gcp := keys{"Network Internet Data Transfer Out Premium Tier": 2, "Network Inter Zone Data Transfer Out": 1, "Networking Cloud Nat Data Processing": 1}
	for name, c := range map[string]struct {
		text, provider, form string
		want                 keys
	}{
		"FOCUS 1.2 of AWS":   {focus12, "aws", "FOCUS 1.2 with AWS's columns", aws},
		"FOCUS of Microsoft": {focusMicrosoft, "azure", "FOCUS with Microsoft's columns", azure},
		"FOCUS of Google":    {focusGoogle, "gcp", "FOCUS of Google Cloud", gcp},
		"GCP export":         {gcpCSV, "gcp", "Google Cloud billing export", gcp},
		"Azure cost details": {azureCSV, "azure", "Azure cost details", azure},
	} {
		t.Run(name, func(t *testing.T) {
			bill, err := readText(c.text, c.provider)
			if err != nil {
				t.Fatal(err)
			}
			got := make(keys)
			for item, sum := range bill.items {
				if item.Kind == Usage {
					got[strings.TrimSpace(item.Code+" "+item.Operation)] += sum.Bytes / bytesPerGB
				}
			}
			if bill.form.name != c.form || len(got) != len(c.want) || bill.Standing.Rows != 1 || bill.Skipped.Rows != 1 || bill.Month != "2026-11" {
				t.Errorf("form %s, %v, %d rows by the hour, %d skipped, month %s", bill.form.name, got, bill.Standing.Rows, bill.Skipped.Rows, bill.Month)
			}
			for key, gib := range c.want {
				if got[key] != gib {
					t.Errorf("%s: %d GiB, want %d", key, got[key], gib)
				}
			}
		})
	}
}

// TestCreditsAreDiscounts, but for promotions, which are no rates.
func TestCreditsAreDiscounts(t *testing.T) {
	bill, err := readText(gcpCSV, "gcp")
	if err != nil {
		t.Fatal(err)
	}
	report, err := Compare(bill, NewCounted(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if report.Discounts.Rows != 1 || report.Discounts.Cost.Decimal() != "-0.001" {
		t.Errorf("discounts %+v", report.Discounts)
	}
}

// TestOldCURIsRead: the report before 2.0 has the same columns with slashes.
func TestOldCURIsRead(t *testing.T) {
	header, rows, _ := strings.Cut(cur, "\n")
	for old, name := range map[string]string{
		"line_item_usage_account_id": "lineItem/UsageAccountId", "line_item_line_item_type": "lineItem/LineItemType", "line_item_usage_start_date": "lineItem/UsageStartDate",
		"line_item_product_code": "lineItem/ProductCode", "line_item_usage_type": "lineItem/UsageType", "line_item_operation": "lineItem/Operation",
		"line_item_usage_amount": "lineItem/UsageAmount", "pricing_unit": "pricing/unit", "line_item_currency_code": "lineItem/CurrencyCode",
		"line_item_unblended_cost": "lineItem/UnblendedCost", "line_item_resource_id": "lineItem/ResourceId",
	} {
		header = strings.Replace(header, old, name, 1)
	}
	report, err := Compare(mustRead(t, header+"\n"+rows), ours(t), Options{})
	if err != nil || len(report.Rows) != 1 || report.Explained.Bytes != 2<<30 {
		t.Errorf("%v, %+v", err, report)
	}
}

func TestBadBillsOfEveryFormAreRefusedByRowAndColumn(t *testing.T) {
	for name, c := range map[string]struct{ text, old, new, provider, want string }{
		"wrong provider":       {azureCSV, "", "", "aws", `^row 1: it is a bill of azure \(Azure cost details\), and the price book is for aws$`},
		"no bill at all":       {"a,b\n1,2\n", "", "", "gcp", `^row 1: .*no bill that is known for gcp: FOCUS of Google Cloud, Google Cloud billing export`},
		"FOCUS of another":     {focusGoogle, "bytes,Google Cloud", "bytes,Oracle", "gcp", `^row 2, column ProviderName: "Oracle": the price book is for gcp`},
		"mixed months":         {azureCSV, "11/10/2026,1,NAT Gateway,,Standard Data", "12/01/2026,1,NAT Gateway,,Standard Data", "azure", `^row 4, column Date: the row is of 2026-12 and rows before it of 2026-11`},
		"mixed invoices":       {gcpCSV, "Data Processing,us-central1,202611", "Data Processing,us-central1,202612", "gcp", `^row 4, column invoice.month: the row is of 2026-12 and rows before it of 2026-11`},
		"bad invoice month":    {gcpCSV, "202611", "November", "gcp", `^row 2, column invoice.month: "November"`},
		"AWS mixed months":     {cur, "2026-11-10T04", "2026-10-10T04", "aws", `^row 3, column line_item_usage_start_date: the row is of 2026-10`},
		"unit of hours":        {azureCSV, "EastUS,1 GB", "EastUS,1 Hour", "azure", `^row 2, column UnitOfMeasure: "1 Hour"`},
		"unit of seconds":      {gcpCSV, "2147483648.0,bytes", "2147483648.0,seconds", "gcp", `^row 2, column usage.unit: "seconds"`},
		"month first of AWS":   {cur, "2026-11-10T03:00:00.000Z", "11/10/2026", "aws", `^row 2, column line_item_usage_start_date`},
		"credits that are not": {gcpCSV, `"[{""name""`, `"{{""name""`, "gcp", `^row 3, column credits: want a list of credits`},
		"credit without one":   {gcpCSV, `,""amount"":-0.001`, ``, "gcp", `^row 3, column credits: a credit has no amount`},
		"currency":             {azureCSV, "0.174,USD", "0.174,EUR", "azure", `^row 2, column BillingCurrencyCode: "EUR"`},
		"no subscription":      {azureCSV, "11/10/2026,1,Bandwidth", "11/10/2026,,Bandwidth", "azure", `^row 2, column SubscriptionId: the account is missing`},
		"a column too few":     {azureCSV, "ResourceLocation", "Location", "azure", `^row 1, column ResourceLocation: the column is missing; Azure cost details has it`},
	} {
		t.Run(name, func(t *testing.T) {
			if !strings.Contains(c.text, c.old) {
				t.Fatalf("%q is not in the bill", c.old)
			}
			bill, err := readText(strings.Replace(c.text, c.old, c.new, 1), c.provider)
			if err == nil || bill != nil || !regexp.MustCompile(c.want).MatchString(err.Error()) {
				t.Fatalf("error %v, want one that matches %s", err, c.want)
			}
		})
	}
}

// TestFilesOfOneBillAreReadTogetherOrNotAtAll.
func TestFilesOfOneBillAreReadTogetherOrNotAtAll(t *testing.T) {
	read := func(texts ...string) (*Bill, error) {
		reader := NewReader(Expect{Provider: "azure", Currency: money.USD})
		for _, text := range texts {
			table, err := CSV(strings.NewReader(text))
			if err != nil {
				t.Fatal(err)
			}
			_ = reader.Add(table) // Bill returns it
		}
		return reader.Bill()
	}
	bill, err := read(azureCSV, azureCSV)
	if err != nil || bill.Standing.Rows != 2 {
		t.Errorf("two files: %v", err)
	}
	if bill, err := read(azureCSV, strings.Replace(azureCSV, "USD", "EUR", 1)); err == nil || bill != nil {
		t.Error("half of a bill was read")
	}
	if bill, err := read(azureCSV, focusMicrosoft); err == nil || bill != nil {
		t.Error("two forms were read as one bill")
	}
	if _, err := read(); err == nil {
		t.Error("no file is a bill")
	}
}

// TestAPrivateRateIsFound where one price stands for all tiers: 8 GB on one day
// for 0.4 and 2 on another for 0.1, while ours are 0.72 and 0.17.
func TestAPrivateRateIsFound(t *testing.T) {
	text := strings.SplitN(cur, "\n", 2)[0] + `
1,Usage,2026-11-10T03:00:00Z,AmazonEC2,DataTransfer-Out-Bytes,RunInstances,8,GB,USD,0.4,i-1
1,Usage,2026-11-11T03:00:00Z,AmazonEC2,DataTransfer-Out-Bytes,RunInstances,2,GB,USD,0.1,i-1
`
	counted := NewCounted()
	for day, line := range map[string]struct {
		gib  uint64
		cost string
	}{"2026-11-10": {8, "0.72"}, "2026-11-11": {2, "0.17"}} {
		addLine(t, counted, day, "DataTransfer-Out-Bytes", line.gib<<30, line.cost)
	}
	report, err := Compare(mustRead(t, text), counted, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(report.Findings) != 1 || report.Findings[0].Kind != PrivateRate || report.Findings[0].RateNano != 50_000_000 || report.ExplainedCost() != "100.0000" {
		t.Errorf("findings %+v, %s %% of cost", report.Findings, report.ExplainedCost())
	}
	// The same at two rates is none.
	report, err = Compare(mustRead(t, strings.Replace(text, "USD,0.1,", "USD,0.13,", 1)), counted, Options{})
	if err != nil || len(report.Findings) != 1 || report.Findings[0].Kind != OtherPrice {
		t.Errorf("%v, findings %+v", err, report.Findings)
	}
}

// TestRoundedQuantitiesAreExplained: six decimal places of GB are 537 bytes.
func TestRoundedQuantitiesAreExplained(t *testing.T) {
	counted := NewCounted()
	addAzure := func(bytes uint64) *Report {
		counted = NewCounted()
		addLineOf(t, counted, Key{Account: "1", Region: "eastus", Code: "NAT Gateway Data Processed"}, "2026-11-10", bytes, "0.045")
		bill, err := readText(strings.Split(azureCSV, "\n")[0]+"\n"+strings.Split(azureCSV, "\n")[3]+"\n", "azure")
		if err != nil {
			t.Fatal(err)
		}
		report, err := Compare(bill, counted, Options{})
		if err != nil {
			t.Fatal(err)
		}
		return report
	}
	for off, explained := range map[int]bool{0: true, 537: true, -537: true, 538: false, -538: false} {
		report := addAzure(uint64(1<<30 + off))
		if got := len(report.Findings) == 0; got != explained {
			t.Errorf("%d bytes off: findings %+v", off, report.Findings)
		}
	}
}
