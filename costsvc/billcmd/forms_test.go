package billcmd_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/egressor/egressor/costsvc/bill"
	"github.com/egressor/egressor/costsvc/bill/curtest"
	"github.com/egressor/egressor/costsvc/billcmd"
	"github.com/egressor/egressor/costsvc/billfile/billtest"
	"github.com/egressor/egressor/internal/money"
)

// TestParquetOfAMonthSaysTheSame: the month's bill as AWS's Parquet, whose amounts
// are doubles, in two files, gives the same report as its CSV.
func TestParquetOfAMonthSaysTheSame(t *testing.T) {
	month := curtest.Month{Workloads: 60, Seed: 7, DiscountPercent: 9, MissingHost: true, ManagedService: true}
	options := write(t, month)
	want, err := billcmd.Reconcile(t.Context(), options)
	if err != nil {
		t.Fatal(err)
	}
	var transfers, cur, hosts bytes.Buffer
	if err := month.Write(&transfers, &cur, &hosts); err != nil {
		t.Fatal(err)
	}
	lines := strings.SplitAfter(cur.String(), "\n")
	options.Bills = nil
	for i, part := range [][]string{lines[1 : len(lines)/3], lines[len(lines)/3:]} {
		table, err := billtest.Parquet(lines[0]+strings.Join(part, ""), billtest.Types{
			Doubles: []string{"line_item_usage_amount", "line_item_unblended_rate", "line_item_unblended_cost"},
			Times:   []string{"line_item_usage_start_date", "line_item_usage_end_date"},
		})
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(t.TempDir(), []string{"cur-00001.snappy.parquet", "cur-00002.snappy.parquet"}[i])
		if err := os.WriteFile(path, table, 0o600); err != nil {
			t.Fatal(err)
		}
		options.Bills = append(options.Bills, path)
	}
	got, err := billcmd.Reconcile(t.Context(), options)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got, cmp.Comparer(func(a, b money.Amount) bool { return a == b })); diff != "" || len(got.Findings) != 8 {
		t.Errorf("%d findings; (-csv +parquet):\n%.3000s", len(got.Findings), diff)
	}
}

// files writes texts into a directory and returns their paths.
func files(t *testing.T, texts ...string) []string {
	t.Helper()
	paths := make([]string, len(texts))
	for i, text := range texts {
		paths[i] = filepath.Join(t.TempDir(), "file")
		if err := os.WriteFile(paths[i], []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return paths
}

// Two days of Google Cloud and of Azure, worked out by hand: 3 GiB between zones
// at 0.01, 2 GiB through Cloud NAT at 0.045 and to America by Standard tier (free
// up to 200 GiB), and 4 GB over a peering at 0.01 each way, 1 GB to another region
// at 0.02. What no agent counted: a database, and a machine.
const (
	gcpTransfers = `{"id":"1","at":"2026-11-10T03:00:00Z","provider":"gcp","from":{"kind":"pod","region":"us-central1","zone":"a","account":"p"},"to":{"kind":"pod","region":"us-central1","zone":"b","account":"p"},"bytes":3221225472}
{"id":"2","at":"2026-11-11T03:00:00Z","provider":"gcp","from":{"kind":"pod","region":"us-central1","zone":"a","account":"p"},"to":{"kind":"internet"},"path":[{"kind":"nat"}],"tier":"standard","bytes":2147483648}
`
	gcpBill = `{"project":{"id":"p"},"usage_start_time":"2026-11-10 03:00:00 UTC","usage":{"amount":3221225472,"unit":"bytes"},"cost":0.03,"currency":"USD","cost_type":"regular","service":{"description":"Compute Engine"},"sku":{"description":"Network Inter Zone Data Transfer Out"},"location":{"region":"us-central1"},"invoice":{"month":"202611"}}
{"project":{"id":"p"},"usage_start_time":"2026-11-11 03:00:00 UTC","usage":{"amount":2147483648,"unit":"bytes"},"cost":0.072,"currency":"USD","cost_type":"regular","service":{"description":"Networking"},"sku":{"description":"Networking Cloud Nat Data Processing"},"location":{"region":"us-central1"},"invoice":{"month":"202611"}}
{"project":{"id":"p"},"usage_start_time":"2026-11-11 03:00:00 UTC","usage":{"amount":2147483648,"unit":"bytes"},"cost":0,"currency":"USD","cost_type":"regular","service":{"description":"Compute Engine"},"sku":{"description":"Network Standard Tier Internet Data Transfer Out from Iowa"},"location":{"region":"us-central1"},"invoice":{"month":"202611"}}
{"project":{"id":"p"},"usage_start_time":"2026-11-11 03:00:00 UTC","usage":{"amount":1073741824,"unit":"bytes"},"cost":0.01,"currency":"USD","cost_type":"regular","service":{"description":"Cloud SQL"},"sku":{"description":"Network Inter Zone Data Transfer Out"},"location":{"region":"us-central1"},"invoice":{"month":"202611"}}
`
	azureTransfers = `{"id":"1","at":"2026-11-10T03:00:00Z","provider":"azure","from":{"kind":"pod","region":"eastus","vpc":"v","account":"s"},"to":{"kind":"pod","region":"eastus","vpc":"w","account":"s"},"path":[{"kind":"peering"}],"bytes":4294967296}
{"id":"2","at":"2026-11-11T03:00:00Z","provider":"azure","from":{"kind":"pod","region":"eastus","vpc":"v","account":"s"},"to":{"kind":"pod","region":"westus","vpc":"w","account":"s"},"bytes":1073741824}
`
	azureBill = `Date,SubscriptionId,MeterCategory,MeterSubCategory,MeterName,ResourceLocation,UnitOfMeasure,Quantity,CostInBillingCurrency,BillingCurrencyCode,ChargeType,ConsumedService,ResourceId
11/10/2026,s,Virtual Network,Virtual Network Peering,Intra-Region Egress,eastus,1 GB,4,0.04,USD,Usage,Microsoft.Network,
11/10/2026,s,Virtual Network,Virtual Network Peering,Intra-Region Ingress,eastus,1 GB,4,0.04,USD,Usage,Microsoft.Network,
11/11/2026,s,Bandwidth,Inter-Region,Intra Continent Data Transfer Out,eastus,1 GB,1,0.02,USD,Usage,Microsoft.Compute,/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachineScaleSets/nodes/virtualMachines/0
11/11/2026,s,Bandwidth,Inter-Region,Intra Continent Data Transfer Out,eastus,1 GB,2,0.04,USD,Usage,Microsoft.Compute,/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/old-vm
`
)

func TestBillsOfGoogleCloudAndAzureAreExplained(t *testing.T) {
	for name, c := range map[string]struct {
		book, bill, transfers, hosts string
		want                         []bill.Finding
		bytes, cost                  string
	}{
		"gcp": {
			"gcp", gcpBill, gcpTransfers, "", []bill.Finding{
				{Kind: bill.DiscountRate, Account: "p", Region: "us-central1", Code: "Networking Cloud Nat Data Processing", Days: 1, Bytes: 2 << 30, PerMillion: 200_000, Cost: decimal(t, "0.018")},
				{Kind: bill.ManagedService, Name: "Cloud SQL", Account: "p", Region: "us-central1", Code: "Network Inter Zone Data Transfer Out", Days: 1, Bytes: 1 << 30, Cost: decimal(t, "0.01")},
			}, "87.5000", "91.0714",
		},
		"azure": {
			"azure", azureBill, azureTransfers, "azure:///subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachineScaleSets/nodes/virtualMachines/0\n", []bill.Finding{
				{Kind: bill.MissingHost, Name: "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/old-vm", Account: "s", Region: "eastus", Code: "Inter-Region Data Transfer Out", Days: 1, Bytes: 2 << 30, Cost: decimal(t, "0.04")},
			}, "81.8181", "71.4285",
		},
	} {
		t.Run(name, func(t *testing.T) {
			paths := files(t, c.bill, c.transfers, c.hosts)
			options := billcmd.Options{Bills: paths[:1], Transfers: paths[1], Book: c.book}
			if c.hosts != "" {
				options.Hosts = paths[2]
			}
			report, err := billcmd.Reconcile(t.Context(), options)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, report.Findings, cmp.Comparer(func(a, b money.Amount) bool { return a == b })); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if report.ExplainedBytes() != c.bytes || report.ExplainedCost() != c.cost {
				t.Errorf("explained %s %% of bytes, %s %% of cost", report.ExplainedBytes(), report.ExplainedCost())
			}
		})
	}
}

func decimal(t *testing.T, text string) money.Amount {
	t.Helper()
	amount, err := money.ParseDecimal(text)
	if err != nil {
		t.Fatal(err)
	}
	return amount
}

// TestBadFilesAreNamed: the file, and what to do about it.
func TestBadFilesAreNamed(t *testing.T) {
	for name, c := range map[string]struct {
		options billcmd.Options
		want    string
	}{
		"no bill file":      {billcmd.Options{Bills: []string{"nosuch"}, Transfers: files(t, gcpTransfers)[0], Book: "gcp"}, "nosuch: the bill cannot be read"},
		"wrong book":        {billcmd.Options{Bills: files(t, azureBill), Transfers: files(t, gcpTransfers)[0], Book: "gcp"}, "it is a bill of azure"},
		"another month":     {billcmd.Options{Bills: files(t, gcpBill), Transfers: files(t, strings.ReplaceAll(gcpTransfers, "2026-11", "2026-12"))[0], Book: "gcp"}, "line 1: the transfer is of 2026-12, and the bill is of 2026-11"},
		"second file empty": {billcmd.Options{Bills: files(t, gcpBill, ""), Transfers: files(t, gcpTransfers)[0], Book: "gcp"}, "row 1: the file is empty"},
	} {
		t.Run(name, func(t *testing.T) {
			report, err := billcmd.Reconcile(t.Context(), c.options)
			if err == nil || report != nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want one with %q", err, c.want)
			}
		})
	}
}
