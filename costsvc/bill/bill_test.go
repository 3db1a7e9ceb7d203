package bill

import (
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

const cur = `line_item_usage_account_id,line_item_line_item_type,line_item_usage_start_date,line_item_product_code,line_item_usage_type,line_item_operation,line_item_usage_amount,pricing_unit,line_item_currency_code,line_item_unblended_cost,line_item_resource_id
1,Usage,2026-11-10T03:00:00.000Z,AmazonEC2,EUC1-DataTransfer-Regional-Bytes,InterZone-Out,2,GB,USD,0.02,i-1
1,Usage,2026-11-10T04:00:00Z,AmazonEC2,EUC1-DataTransfer-Regional-Bytes,InterZone-Out,9.313225746e-10,GB,USD,0,i-1
1,EdpDiscount,2026-11-10 05:00:00,AmazonEC2,EUC1-DataTransfer-Regional-Bytes,InterZone-Out,,,USD,-0.0018,
1,Usage,2026-11-10T05:00:00Z,AmazonVPC,EUC1-NatGateway-Hours,NatGateway,1,Hrs,USD,0.052,
1,Tax,2026-11-10T05:00:00Z,AmazonVPC,,,,,USD,4,
`

const focusText = `BilledCost,BillingCurrency,ChargeCategory,ChargePeriodStart,ConsumedQuantity,ConsumedUnit,SubAccountId,x_Operation,x_ServiceCode,x_UsageType
0.02,USD,Usage,2026-11-10T03:00:00Z,2,GB,1,InterZone-Out,AmazonEC2,EUC1-DataTransfer-Regional-Bytes
0.04,USD,Usage,2026-11-10T03:00:00Z,2,GB,1,RunInstances,AmazonEC2,EUW1-USE1-AWS-Out-Bytes
4,USD,Tax,2026-11-10T03:00:00Z,,,1,,,
`

func at(t *testing.T, day string) model.Minute {
	t.Helper()
	minute, err := startOf(day, false)
	if err != nil {
		t.Fatal(err)
	}
	return minute
}

func mustRead(t *testing.T, text string) *Bill {
	t.Helper()
	bill, err := readText(text, "aws")
	if err != nil {
		t.Fatal(err)
	}
	return bill
}

func readText(text, provider string) (*Bill, error) {
	table, err := CSV(strings.NewReader(text))
	if err != nil {
		return nil, err
	}
	return Read(table, Expect{Provider: provider, Currency: money.USD})
}

// ours is one line of 2 GB across zones of eu-central-1.
func ours(t *testing.T) *Counted {
	t.Helper()
	cost, err := money.ParseDecimal("0.02")
	if err != nil {
		t.Fatal(err)
	}
	counted := NewCounted()
	err = counted.Add(&pricing.Statement{Minute: at(t, "2026-11-10") + 200, Lines: []pricing.Line{
		{Account: "1", Region: "eu-central-1", Code: codeRegional, Operation: "InterZone-Out", Bytes: 2 << 30, Amount: cost},
		{Account: "1", Region: "eu-central-1", Bytes: 1 << 40}, // free, and on no bill
	}})
	if err != nil {
		t.Fatal(err)
	}
	return counted
}

func addLine(t *testing.T, counted *Counted, day, code string, bytes uint64, cost string) {
	t.Helper()
	addLineOf(t, counted, Key{Account: "1", Region: "us-east-1", Code: code}, day, bytes, cost)
}

func addLineOf(t *testing.T, counted *Counted, key Key, day string, bytes uint64, cost string) {
	t.Helper()
	amount, err := money.ParseDecimal(cost)
	if err != nil {
		t.Fatal(err)
	}
	err = counted.Add(&pricing.Statement{Minute: at(t, day), Lines: []pricing.Line{
		{Account: key.Account, Region: key.Region, Code: key.Code, Operation: key.Operation, Bytes: bytes, Amount: amount},
	}})
	if err != nil {
		t.Fatal(err)
	}
}

func TestCURIsReadToTheByte(t *testing.T) {
	report, err := Compare(mustRead(t, cur), ours(t), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(report.Rows) != 1 {
		t.Fatalf("rows %+v", report.Rows)
	}
	row := report.Rows[0]
	want := Key{Account: "1", Day: at(t, "2026-11-10"), Region: "eu-central-1", Code: codeRegional, Operation: "InterZone-Out"}
	if row.Key != want || row.Billed.Bytes != 2<<30+1 || row.Explained.Bytes != 2<<30 || row.Unexplained.Bytes != 1 {
		t.Errorf("row %+v", row)
	}
	kinds := map[FindingKind]string{}
	for _, f := range report.Findings {
		kinds[f.Kind] = f.Name + " " + f.Cost.Decimal()
	}
	if kinds[DiscountRow] != "EdpDiscount -0.0018" || len(kinds) != 2 || report.Discounts.Rows != 1 {
		t.Errorf("findings %v", kinds)
	}
	if report.ExplainedBytes() != "99.9999" || report.Standing.Cost.Decimal() != "0.052" || report.Skipped.Cost.Decimal() != "4" {
		t.Errorf("explained %s, hours %s, others %s", report.ExplainedBytes(), report.Standing.Cost, report.Skipped.Cost)
	}
}

func TestFOCUSIsRead(t *testing.T) {
	report, err := Compare(mustRead(t, focusText), ours(t), Options{Hosts: []string{"i-1"}})
	if err != nil {
		t.Fatal(err)
	}
	if len(report.Rows) != 2 || report.Rows[0].Explained.Bytes != 2<<30 || report.Rows[1].Code != "EU-USE1-AWS-Out-Bytes" || report.Rows[1].Region != "eu-west-1" {
		t.Fatalf("rows %+v", report.Rows)
	}
	if len(report.Findings) != 1 || report.Findings[0].Kind != Unexplained || report.Findings[0].Cost.Decimal() != "0.04" {
		t.Errorf("findings %+v", report.Findings)
	}
	if report.ExplainedBytes() != "50.0000" || report.ExplainedCost() != "33.3333" {
		t.Errorf("explained %s and %s", report.ExplainedBytes(), report.ExplainedCost())
	}
}

func TestOtherPricesAreNoDiscount(t *testing.T) {
	text := strings.Replace(cur, "GB,USD,0.02,i-1", "GB,USD,0.03,i-1", 1)
	report, err := Compare(mustRead(t, text), ours(t), Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range report.Findings {
		if f.Kind == OtherPrice && f.Cost.Sign() < 0 && report.Explained.Cost.IsZero() {
			return
		}
	}
	t.Errorf("a price above ours gives %+v", report.Findings)
}

func TestBadBillsAreRefusedByRowAndColumn(t *testing.T) {
	replaced := func(text, old, new string) string {
		if !strings.Contains(text, old) {
			t.Fatalf("%q is not in the bill", old)
		}
		return strings.Replace(text, old, new, 1)
	}
	for name, c := range map[string]struct{ text, want string }{
		"empty":          {"", `^row 1: .*empty`},
		"no bill":        {"a,b\n1,2\n", `^row 1: .*no bill that is known for aws`},
		"no usage type":  {replaced(cur, "line_item_usage_type", "usage"), `^row 1, column line_item_usage_type: .*missing; AWS CUR 2.0`},
		"focus":          {replaced(focusText, ",x_UsageType", ",Meter"), `^row 1, column x_UsageType: .*missing; FOCUS`},
		"column twice":   {replaced(cur, "pricing_unit", "line_item_operation"), `^row 1, column line_item_operation: .*twice`},
		"currency":       {replaced(cur, "USD,0.02", "EUR,0.02"), `^row 2, column line_item_currency_code: "EUR".*never converted`},
		"late currency":  {replaced(cur, "USD,4", "EUR,4"), `^row 6, column line_item_currency_code`},
		"amount":         {replaced(cur, "InterZone-Out,2,", "InterZone-Out,two,"), `^row 2, column line_item_usage_amount`},
		"negative":       {replaced(cur, "InterZone-Out,2,", "InterZone-Out,-2,"), `^row 2, column line_item_usage_amount`},
		"fraction":       {replaced(cur, "InterZone-Out,2,", "InterZone-Out,1/3,"), `^row 2, column line_item_usage_amount`},
		"huge":           {replaced(cur, "InterZone-Out,2,", "InterZone-Out,1e99,"), `^row 2, column line_item_usage_amount`},
		"unit":           {replaced(cur, ",GB,", ",GiB-Mo,"), `^row 2, column pricing_unit: "GiB-Mo"`},
		"cost":           {replaced(cur, "USD,0.02", "USD,0,02"), `^row 2: `},
		"cost is no sum": {replaced(cur, "USD,0.02", "USD,NaN"), `^row 2, column line_item_unblended_cost`},
		"time":           {replaced(cur, "2026-11-10T04:00:00Z", "10.11.2026"), `^row 3, column line_item_usage_start_date`},
		"account":        {replaced(cur, "\n1,Usage", "\n,Usage"), `^row 2, column line_item_usage_account_id`},
		"row too short":  {cur + "1,2\n", `^row 7: `},
		"quote":          {cur + "\"1,2\n", `^row \d+: `},
	} {
		t.Run(name, func(t *testing.T) {
			bill, err := readText(c.text, "aws")
			if err == nil || bill != nil || !regexp.MustCompile(c.want).MatchString(err.Error()) {
				t.Fatalf("error %v, want one that matches %s", err, c.want)
			}
		})
	}
}

// TestPrefixesAreThoseOfThePriceBook holds the table to the sourced facts.
func TestPrefixesAreThoseOfThePriceBook(t *testing.T) {
	text, err := os.ReadFile("../pricebooks/facts/aws_region_codes.csv")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.SplitSeq(strings.TrimSpace(string(text)), "\n") {
		fields := strings.Split(line, ",")
		if fields[0] != "region" && regionOfPrefix[fields[1]] != fields[0] {
			t.Errorf("prefix %s is of %s, not %q", fields[1], fields[0], regionOfPrefix[fields[1]])
		}
	}
}

// TestTheSyntheticBillIsASecondOpinion: its maker imports nothing of ours.
func TestTheSyntheticBillIsASecondOpinion(t *testing.T) {
	files, err := filepath.Glob("curtest/*.go")
	if err != nil || len(files) == 0 {
		t.Fatalf("files %v, %v", files, err)
	}
	for _, file := range files {
		syntax, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, spec := range syntax.Imports {
			if strings.Contains(spec.Path.Value, "egressor") {
				t.Errorf("%s imports %s", file, spec.Path.Value)
			}
		}
	}
}

// FuzzRead reads any text as a bill of any provider: a bill or an error, and what
// is read is taken apart without a byte lost.
func FuzzRead(f *testing.F) {
	for provider, texts := range map[uint8][]string{0: {cur, focusText, focus12}, 1: {gcpCSV, focusGoogle}, 2: {azureCSV, focusMicrosoft}} {
		for _, text := range texts {
			f.Add(provider, []byte(text))
		}
	}
	f.Fuzz(func(t *testing.T, provider uint8, text []byte) {
		bill, err := readText(string(text), []string{"aws", "gcp", "azure"}[provider%3])
		if (bill == nil) == (err == nil) {
			t.Fatalf("bill %v and error %v", bill, err)
		}
		if err != nil {
			return
		}
		report, err := Compare(bill, NewCounted(), Options{})
		if err != nil {
			return
		}
		for _, row := range report.Rows {
			if row.Explained.Bytes+row.Hosts.Bytes+row.Managed.Bytes+row.Unexplained.Bytes != row.Billed.Bytes {
				t.Fatalf("row %+v does not add up", row)
			}
		}
	})
}
