package main

import (
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/egressor/egressor/costsvc/bill"
	"github.com/egressor/egressor/costsvc/billcmd"
	"github.com/egressor/egressor/costsvc/pricebooks"
	"github.com/egressor/egressor/internal/model"
)

func reconcileCommand() *cobra.Command {
	var options billcmd.Options
	var format string
	var days bool
	var offer string
	var service remote
	var ask bool
	cmd := &cobra.Command{
		Use:   "reconcile --bill FILE --transfers FILE.ndjson",
		Short: "Compare a bill with what was counted, by charge code and day, and name what differs",
		Long: `Reads an AWS CUR 2.0, FOCUS 1.0 to 1.2 of AWS, Microsoft or Google Cloud, a billing
export of Google Cloud or cost details of Azure (CSV, JSON lines or Parquet, gzip or
not), prices the counted transfers with the month's meters, and compares bytes first,
then cost. What differs is named: a discount, a private rate, a machine without an
agent, a managed service, another price; the rest is unexplained.
docs/formats/bill.md describes the files and the report.

Which machines run an agent is read from --hosts or asked of a running service with
--ask-hosts. With neither no machine is said to be without one.`,
		Example: "  egressor reconcile --bill cur.csv.gz --transfers november.ndjson --book aws+acme.yaml --hosts hosts.txt\n  egressor reconcile --bill cur.csv.gz --transfers november.ndjson --ask-hosts --server http://127.0.0.1:8080",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if len(options.Bills) == 0 || options.Transfers == "" {
				return usage(errors.New("--bill and --transfers must be given"))
			}
			if ask && options.Hosts != "" {
				return usage(errors.New("--hosts and --ask-hosts both tell which machines run an agent: give one"))
			}
			if ask {
				options.Machines = service.machines
			}
			options.Say = func(format string, values ...any) { fmt.Fprintf(cmd.ErrOrStderr(), format+"\n", values...) }
			report, err := billcmd.Reconcile(cmd.Context(), options)
			if err != nil {
				return err
			}
			if offer != "" {
				if err := writeOffer(cmd, offer, options.Book, report); err != nil {
					return err
				}
			}
			if days {
				return printRows(cmd.OutOrStdout(), format, dayColumns, dayRows(report))
			}
			return printRows(cmd.OutOrStdout(), format, findingColumns, append(totalRows(report), findingRows(report)...))
		},
	}
	cmd.Flags().StringArrayVar(&options.Bills, "bill", nil, "a file of the bill: CSV, JSON lines or Parquet, gzip or not; may be given several times")
	cmd.Flags().StringVar(&options.Transfers, "transfers", "", "what was counted: transfers as for egressor price, each with its time")
	cmd.Flags().StringVar(&options.Book, "book", pricebooks.Default, "price book by name or file, BOOK+OVERLAY with terms")
	cmd.Flags().StringVar(&options.Hosts, "hosts", "", "file with the instance or provider ids of the machines that run an agent")
	cmd.Flags().BoolVar(&ask, "ask-hosts", false, "ask the service at --server which machines ran an agent in the bill's month")
	service.addFlags(cmd.Flags())
	cmd.Flags().BoolVar(&days, "days", false, "print every account, code and day instead of the findings")
	cmd.Flags().StringVar(&offer, "offer", "", "file to write discounts to that were found, as an overlay")
	outputFlag(cmd, &format)
	return cmd
}

// writeOffer writes an overlay on the plain book, if there is one to offer.
func writeOffer(cmd *cobra.Command, path, name string, report *bill.Report) error {
	plain, _, _ := strings.Cut(name, "+")
	book, err := pricebooks.Load(plain)
	if err != nil {
		return err
	}
	overlay := billcmd.Offer(report, book)
	if overlay == "" {
		fmt.Fprintln(cmd.ErrOrStderr(), "no discount and no private rate was found: no overlay is written")
		return nil
	}
	if err := os.WriteFile(path, []byte(overlay), 0o644); err != nil {
		return fmt.Errorf("writing the overlay: %w", err)
	}
	return nil
}

var findingColumns = []string{"kind", "name", "account", "region", "code", "days", "bytes", "cost", "percent"}

// finding is a line of the report as an object.
type finding struct {
	Kind     string `json:"kind"`
	Name     string `json:"name,omitempty"`
	Account  string `json:"account,omitempty"`
	Region   string `json:"region,omitempty"`
	Code     string `json:"code,omitempty"`
	Days     int    `json:"days,omitempty"`
	Bytes    uint64 `json:"bytes"`
	Cost     string `json:"cost"`
	Currency string `json:"currency"`
	Percent  string `json:"percent,omitempty"`
}

func (f *finding) row() row {
	return row{[]string{f.Kind, f.Name, f.Account, f.Region, f.Code, strconv.Itoa(f.Days), strconv.FormatUint(f.Bytes, 10), f.Cost, f.Percent}, f}
}

func totalRows(report *bill.Report) []row {
	total := func(kind string, sum bill.Sum, percent string) row {
		f := finding{Kind: kind, Bytes: sum.Bytes, Cost: sum.Cost.Decimal(), Currency: string(report.Currency), Percent: percent}
		return f.row()
	}
	return []row{
		total("billed", report.Billed, ""),
		total("counted", report.Ours, ""),
		total("explained-bytes", bill.Sum{Bytes: report.Explained.Bytes}, report.ExplainedBytes()),
		total("explained-cost", bill.Sum{Cost: report.Explained.Cost}, report.ExplainedCost()),
		total("rounding", bill.Sum{Cost: report.Rounding}, ""),
		total("discount-rows", report.Discounts, ""),
		total("by-the-hour", report.Standing, ""),
		total("not-compared", report.Skipped, ""),
	}
}

func findingRows(report *bill.Report) []row {
	rows := make([]row, 0, len(report.Findings))
	for i := range report.Findings {
		found := &report.Findings[i]
		f := finding{
			Kind: string(found.Kind), Name: found.Name, Account: found.Account, Region: found.Region, Code: found.Code,
			Days: found.Days, Bytes: found.Bytes, Cost: found.Cost.Decimal(), Currency: string(report.Currency),
		}
		if found.Kind == bill.DiscountRate {
			f.Percent = found.Percent()
		}
		rows = append(rows, f.row())
	}
	return rows
}

var dayColumns = []string{"day", "account", "region", "code", "operation", "billed", "counted", "explained", "hosts", "managed", "unexplained", "not-billed", "cost", "expected"}

// billedDay is one account, code and day as an object.
type billedDay struct {
	Day         string `json:"day"`
	Account     string `json:"account"`
	Region      string `json:"region"`
	Code        string `json:"code"`
	Operation   string `json:"operation,omitempty"`
	Billed      uint64 `json:"billed_bytes"`
	Counted     uint64 `json:"counted_bytes"`
	Explained   uint64 `json:"explained_bytes"`
	Hosts       uint64 `json:"hosts_bytes"`
	Managed     uint64 `json:"managed_bytes"`
	Unexplained uint64 `json:"unexplained_bytes"`
	NotBilled   uint64 `json:"not_billed_bytes"`
	Cost        string `json:"cost"`
	Expected    string `json:"expected"`
}

func dayRows(report *bill.Report) []row {
	rows := make([]row, 0, len(report.Rows))
	for i := range report.Rows {
		r := &report.Rows[i]
		day := billedDay{
			dayText(r.Day), r.Account, r.Region, r.Code, r.Operation, r.Billed.Bytes, r.Ours.Bytes, r.Explained.Bytes,
			r.Hosts.Bytes, r.Managed.Bytes, r.Unexplained.Bytes, r.NotBilled, r.Billed.Cost.Decimal(), r.Expected.Decimal(),
		}
		cells := []string{day.Day, day.Account, day.Region, day.Code, day.Operation}
		for _, bytes := range []uint64{day.Billed, day.Counted, day.Explained, day.Hosts, day.Managed, day.Unexplained, day.NotBilled} {
			cells = append(cells, strconv.FormatUint(bytes, 10))
		}
		rows = append(rows, row{append(cells, day.Cost, day.Expected), day})
	}
	return rows
}

func dayText(day model.Minute) string { return day.Start().Format("2006-01-02") }
