package billcmd_test

import (
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/egressor/egressor/costsvc/bill"
	"github.com/egressor/egressor/costsvc/bill/curtest"
	"github.com/egressor/egressor/costsvc/billcmd"
	"github.com/egressor/egressor/costsvc/pricebooks"
)

const terms = `overlay: acme
book: aws
payers: {"222222222222": "111111111111"}
`

// write makes a month's files, the bill packed.
func write(t *testing.T, month curtest.Month) billcmd.Options {
	t.Helper()
	dir := t.TempDir()
	var transfers, cur, hosts, packed bytes.Buffer
	if err := month.Write(&transfers, &cur, &hosts); err != nil {
		t.Fatal(err)
	}
	zip := gzip.NewWriter(&packed)
	if _, err := zip.Write(cur.Bytes()); err != nil {
		t.Fatal(err)
	}
	if err := zip.Close(); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string][]byte{"t.ndjson": transfers.Bytes(), "cur.csv.gz": packed.Bytes(), "hosts": hosts.Bytes(), "acme.yaml": []byte(terms)} {
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return billcmd.Options{
		Bills: []string{filepath.Join(dir, "cur.csv.gz")}, Transfers: filepath.Join(dir, "t.ndjson"),
		Hosts: filepath.Join(dir, "hosts"), Book: "aws+" + filepath.Join(dir, "acme.yaml"),
	}
}

func reconcile(t *testing.T, month curtest.Month) *bill.Report {
	t.Helper()
	report, err := billcmd.Reconcile(t.Context(), write(t, month))
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d rows; bill %d bytes, %s; ours %d bytes, %s; explained %s %% of bytes, %s %% of cost; rounding %s; %d findings",
		report.Billed.Rows, report.Billed.Bytes, report.Billed.Cost, report.Ours.Bytes, report.Ours.Cost,
		report.ExplainedBytes(), report.ExplainedCost(), report.Rounding, len(report.Findings))
	for _, f := range report.Findings {
		t.Logf("%+v", f)
	}
	return report
}

// TestAMonthOf2000WorkloadsIsExplained to the byte and to the bill's rounding.
func TestAMonthOf2000WorkloadsIsExplained(t *testing.T) {
	report := reconcile(t, curtest.Month{Workloads: 2000, Seed: 4})
	if report.ExplainedBytes() != "100.0000" || report.ExplainedCost() != "100.0000" || len(report.Findings) != 0 {
		t.Errorf("explained %s %% of bytes and %s %% of cost, findings %+v", report.ExplainedBytes(), report.ExplainedCost(), report.Findings)
	}
	if report.Billed.Bytes != report.Ours.Bytes || report.Explained.Bytes != report.Billed.Bytes {
		t.Errorf("%d bytes on the bill, %d counted", report.Billed.Bytes, report.Ours.Bytes)
	}
	if nano, ok := report.Billed.Cost.Nano(); !ok || nano < 3_000_000_000_000 { // USD 3,000: the tiers were in use
		t.Errorf("the month cost %s only", report.Billed.Cost)
	}
	if report.Standing.Rows != 1 || report.Skipped.Rows != 2 {
		t.Errorf("%d rows of hours and %d others were left out", report.Standing.Rows, report.Skipped.Rows)
	}
}

func TestADiscountIsFoundAndNamed(t *testing.T) {
	report := reconcile(t, curtest.Month{Workloads: 80, Seed: 5, DiscountPercent: 9})
	if report.ExplainedBytes() != "100.0000" || report.ExplainedCost() != "100.0000" {
		t.Errorf("explained %s %% of bytes and %s %% of cost", report.ExplainedBytes(), report.ExplainedCost())
	}
	for _, f := range report.Findings {
		if f.Kind != bill.DiscountRate || f.Percent() != "9.0000" || f.Code != "NatGateway-Bytes" && f.Code != "DataTransfer-Out-Bytes" {
			t.Errorf("finding %+v", f)
		}
	}
	if len(report.Findings) != 6 { // two codes, three regions
		t.Errorf("%d findings", len(report.Findings))
	}
}

func TestAMissingHostAndAManagedServiceAreFoundAndNamed(t *testing.T) {
	report := reconcile(t, curtest.Month{Workloads: 80, Seed: 6, MissingHost: true, ManagedService: true})
	want := map[bill.FindingKind]bill.Finding{
		bill.MissingHost: {
			Kind: bill.MissingHost, Name: curtest.MissingHostID, Account: curtest.Payer, Region: "us-west-2",
			Code: "DataTransfer-Out-Bytes", Days: 29, Bytes: 29 * curtest.MissingHostPerDay,
		},
		bill.ManagedService: {
			Kind: bill.ManagedService, Name: curtest.ManagedServiceName, Account: curtest.Payer, Region: "us-west-2",
			Code: "DataTransfer-Regional-Bytes", Days: 29, Bytes: 29 * curtest.ManagedPerDay,
		},
	}
	for _, f := range report.Findings {
		got := f
		got.Cost = want[f.Kind].Cost
		if got != want[f.Kind] {
			t.Errorf("finding %+v, want %+v", f, want[f.Kind])
		}
	}
	if len(report.Findings) != 2 {
		t.Errorf("%d findings", len(report.Findings))
	}
	if got := report.Billed.Bytes - report.Ours.Bytes; got != 29*(curtest.MissingHostPerDay+curtest.ManagedPerDay) {
		t.Errorf("the bill has %d bytes more", got)
	}
}

// TestTheOfferedOverlayExplainsTheBill: with the discounts that were found, the
// same bill has none left.
func TestTheOfferedOverlayExplainsTheBill(t *testing.T) {
	options := write(t, curtest.Month{Workloads: 80, Seed: 5, DiscountPercent: 9})
	report, err := billcmd.Reconcile(t.Context(), options)
	if err != nil {
		t.Fatal(err)
	}
	book, err := pricebooks.Load("aws")
	if err != nil {
		t.Fatal(err)
	}
	offer := billcmd.Offer(report, book)
	path := filepath.Join(t.TempDir(), "offer.yaml")
	if err := os.WriteFile(path, []byte(offer+"payers: {\"222222222222\": \"111111111111\"}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	options.Book = "aws+" + path
	again, err := billcmd.Reconcile(t.Context(), options)
	if err != nil {
		t.Fatalf("%v, of the offer\n%s", err, offer)
	}
	if len(again.Findings) != 0 || again.ExplainedCost() != "100.0000" {
		t.Errorf("with the offer\n%s%s %% of cost are explained, findings %+v", offer, again.ExplainedCost(), again.Findings)
	}
	if text := billcmd.Offer(again, book); text != "" {
		t.Errorf("without a discount the offer is %q", text)
	}
}

func TestWhatAnOverlayCannotSayIsARemark(t *testing.T) {
	book, err := pricebooks.Load("aws")
	if err != nil {
		t.Fatal(err)
	}
	discount := func(account, code string, share int64) bill.Finding {
		return bill.Finding{Kind: bill.DiscountRate, Account: account, Region: "us-east-1", Code: code, PerMillion: share}
	}
	offer := billcmd.Offer(&bill.Report{Findings: []bill.Finding{
		discount("1", "NatGateway-Bytes", 50_000), discount("2", "NatGateway-Bytes", 60_000),
		discount("1", "USE1-USW2-AWS-Out-Bytes", 125_000), discount("1", "DataTransfer-Out-Bytes", 90_000), discount("2", "DataTransfer-Out-Bytes", 90_000),
		{Kind: bill.PrivateRate, Account: "1", Region: "ap-southeast-2", Code: "DataTransfer-Out-Bytes", RateNano: 50_000_000},
		{Kind: bill.PrivateRate, Account: "1", Region: "ap-east-2", Code: "NatGateway-Bytes", RateNano: 40_000_000},
	}}, book)
	want := `# Found on a bill by egressor reconcile; check it against the contract.
overlay: from-bill
book: aws
discounts:
  - name: DataTransfer-Out-Bytes in us-east-1
    percent: 9.0000
    fees: [internet]
    regions: [us-east-1]
rates:
  - name: DataTransfer-Out-Bytes in ap-southeast-2
    row: internet/ap-southeast-2
    rate: 0.05
# NatGateway-Bytes in us-east-1: the discount is not the same for every account
# USE1-USW2-AWS-Out-Bytes: 12.5000 %, give the rate of the pair
# NatGateway-Bytes in ap-east-2: 0.04 per GiB, and the book has no price of that region alone: say what it holds for
`
	if diff := cmp.Diff(want, offer); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
