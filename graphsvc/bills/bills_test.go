package bills_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/egressor/egressor/costsvc/pricebooks"
	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/graphsvc/bills"
)

const header = "lineItem/UsageAccountId,lineItem/LineItemType,lineItem/UsageStartDate,lineItem/ProductCode,lineItem/UsageType,lineItem/Operation,lineItem/UsageAmount,pricing/unit,lineItem/UnblendedCost,lineItem/CurrencyCode,lineItem/ResourceId,lineItem/LineItemDescription\n"

func row(day, gb, cost string) string {
	return "111122223333,Usage," + day + "T00:00:00Z,AmazonEC2,DataTransfer-Out-Bytes,RunInstances," + gb + ",GB," + cost + ",USD,i-1,transfer\n"
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func books(t *testing.T) func() []*pricing.Book {
	t.Helper()
	book, err := pricebooks.Load("aws")
	if err != nil {
		t.Fatal(err)
	}
	return func() []*pricing.Book { return []*pricing.Book{book} }
}

// TestEachFileAndEachFolderIsABill, the newest month first, and what is no bill
// says why.
func TestEachFileAndEachFolderIsABill(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "october.csv"), header+row("2026-10-03", "2", "0.18"))
	write(t, filepath.Join(dir, "november", "1.csv"), header+row("2026-11-03", "1", "0.09"))
	write(t, filepath.Join(dir, "november", "2.csv"), header+row("2026-11-04", "1", "0.09"))
	write(t, filepath.Join(dir, "notes.txt"), "to be paid\n")
	write(t, filepath.Join(dir, ".hidden"), "x")
	folder := bills.New(dir, books(t))
	given, err := folder.Bills(t.Context())
	if err != nil || len(given) != 3 {
		t.Fatalf("%d bills, %v", len(given), err)
	}
	for i, want := range []struct{ name, month string }{{"november", "2026-11"}, {"october.csv", "2026-10"}, {"notes.txt", ""}} {
		got := given[i]
		if got.Name != want.name || (got.Bill == nil) != (want.month == "") || got.Bill != nil && got.Bill.Month != want.month {
			t.Errorf("bill %d is %s: %s", i, got.Name, got.Problem)
		}
	}
	if !strings.Contains(given[2].Problem, "notes.txt") {
		t.Errorf("the problem names no file: %q", given[2].Problem)
	}
}

// TestABillIsReadAgainWhenItChanges, and not before.
func TestABillIsReadAgainWhenItChanges(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "bill.csv")
	write(t, path, header+row("2026-10-03", "2", "0.18"))
	folder := bills.New(dir, books(t))
	first, err := folder.Bills(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	again, err := folder.Bills(t.Context())
	if err != nil || again[0].Bill != first[0].Bill {
		t.Fatalf("read twice, %v", err)
	}
	write(t, path, header+row("2026-11-03", "2", "0.18")+row("2026-11-04", "2", "0.18"))
	changed, err := folder.Bills(t.Context())
	if err != nil || changed[0].Bill == nil || changed[0].Bill.Month != "2026-11" {
		t.Fatalf("%+v, %v", changed, err)
	}
}

func TestAFolderThatIsNotThereSaysSo(t *testing.T) {
	if _, err := bills.New(filepath.Join(t.TempDir(), "none"), books(t)).Bills(t.Context()); err == nil || !strings.Contains(err.Error(), "--bills") {
		t.Errorf("%v", err)
	}
}
