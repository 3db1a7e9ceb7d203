package billcmd_test

import (
	"bytes"
	"encoding/csv"
	"math/big"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/egressor/egressor/costsvc/bill"
	"github.com/egressor/egressor/costsvc/bill/curtest"
	"github.com/egressor/egressor/costsvc/billcmd"
)

func exported(t *testing.T, options billcmd.FocusOptions) (string, int, bill.Sum) {
	t.Helper()
	var out bytes.Buffer
	rows, unpriced, err := billcmd.ExportFocus(t.Context(), options, &out)
	if err != nil {
		t.Fatal(err)
	}
	return out.String(), rows, unpriced
}

// TestOurOwnExportReconcilesToTheLastDigit: an export read back as a bill is
// explained whole, without even a rounding, on every cloud.
func TestOurOwnExportReconcilesToTheLastDigit(t *testing.T) {
	var transfers, cur, hosts bytes.Buffer
	if err := (curtest.Month{Workloads: 40, Seed: 8}).Write(&transfers, &cur, &hosts); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ book, transfers string }{
		"aws": {"aws", transfers.String()}, "gcp": {"gcp", gcpTransfers}, "azure": {"azure", azureTransfers},
	} {
		for _, hourly := range []bool{false, true} {
			t.Run(name, func(t *testing.T) {
				path := files(t, c.transfers)[0]
				text, rows, unpriced := exported(t, billcmd.FocusOptions{Transfers: path, Book: c.book, Hourly: hourly})
				if unpriced.Rows != 0 || rows != strings.Count(text, "\n")-1 {
					t.Errorf("%d rows, %+v unpriced", rows, unpriced)
				}
				report, err := billcmd.Reconcile(t.Context(), billcmd.Options{Bills: files(t, text), Transfers: path, Book: c.book})
				if err != nil {
					t.Fatal(err)
				}
				if report.Billed.Bytes != report.Ours.Bytes || report.Billed.Cost != report.Ours.Cost || report.ExplainedCost() != "100.0000" || len(report.Findings) != 0 || report.Billed.Bytes == 0 {
					t.Errorf("billed %d bytes %s, ours %d bytes %s, findings %+v", report.Billed.Bytes, report.Billed.Cost, report.Ours.Bytes, report.Ours.Cost, report.Findings)
				}
			})
		}
	}
}

// TestRowsAreFOCUS: the mandatory columns have values, quantity times price is
// the cost exactly, and periods lie in the month.
func TestRowsAreFOCUS(t *testing.T) {
	text, _, _ := exported(t, billcmd.FocusOptions{Transfers: files(t, gcpTransfers)[0], Book: "gcp"})
	records, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	mandatory := []string{
		"BilledCost", "BillingAccountId", "BillingCurrency", "BillingPeriodStart", "BillingPeriodEnd", "ChargeCategory", "ChargeDescription", "ChargeFrequency",
		"ChargePeriodStart", "ChargePeriodEnd", "ContractedCost", "EffectiveCost", "InvoiceIssuerName", "ListCost", "PricingQuantity", "PricingUnit", "ProviderName",
		"PublisherName", "ServiceCategory", "ServiceName",
	}
	standard := slices.DeleteFunc(slices.Clone(records[0]), func(name string) bool { return strings.HasPrefix(name, "x_") })
	if len(standard) != 57 || !slices.IsSorted(standard) {
		t.Errorf("%d columns of FOCUS 1.2, want 57 in order: %v", len(standard), standard)
	}
	for _, record := range records[1:] {
		row := make(map[string]string)
		for i, name := range records[0] {
			row[name] = record[i]
		}
		for _, name := range mandatory {
			if row[name] == "" {
				t.Errorf("column %s is empty in %v", name, row)
			}
		}
		quantity, ok1 := new(big.Rat).SetString(row["PricingQuantity"])
		price, ok2 := new(big.Rat).SetString(row["ListUnitPrice"])
		cost, ok3 := new(big.Rat).SetString(row["BilledCost"])
		if !ok1 || !ok2 || !ok3 || quantity.Mul(quantity, price).Cmp(cost) != 0 {
			t.Errorf("%s x %s is not %s", row["PricingQuantity"], row["ListUnitPrice"], row["BilledCost"])
		}
		if row["BillingPeriodStart"] != "2026-11-01T00:00:00Z" || row["BillingPeriodEnd"] != "2026-12-01T00:00:00Z" || row["ChargePeriodStart"] < row["BillingPeriodStart"] {
			t.Errorf("periods of %v", row)
		}
	}
}

// TestWhatHasNoPriceIsInNoRow, and is told.
func TestWhatHasNoPriceIsInNoRow(t *testing.T) {
	const gap = `{"id":"1","at":"2026-11-10T03:00:00Z","from":{"kind":"pod","region":"us-east-1","zone":"use1-az1","account":"1"},"to":{"kind":"pod","region":"ap-east-2","zone":"x","account":"1"},"bytes":5}`
	text, rows, unpriced := exported(t, billcmd.FocusOptions{Transfers: files(t, gap)[0]})
	if rows != 1 || unpriced.Bytes != 5 || unpriced.Rows != 1 || strings.Contains(text, "AWS-Out-Bytes") { // the receiving half is free by rule
		t.Errorf("%d rows, unpriced %+v\n%s", rows, unpriced, text)
	}
	if _, _, err := billcmd.ExportFocus(t.Context(), billcmd.FocusOptions{Transfers: filepath.Join(t.TempDir(), "none")}, new(bytes.Buffer)); err == nil {
		t.Error("a file that is not there was exported")
	}
}
