// Package billcmd is `egressor reconcile`: a bill against what was counted.
package billcmd

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/egressor/egressor/costsvc/bill"
	"github.com/egressor/egressor/costsvc/billfile"
	"github.com/egressor/egressor/costsvc/pricebooks"
	"github.com/egressor/egressor/costsvc/pricecmd"
	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/textfile"
)

// Options of Reconcile.
type Options struct {
	// Bills are the paths of the bill's files, of one form and one month: CSV, JSON
	// lines or Parquet, packed with gzip or not.
	Bills []string
	// Transfers is the path of what was counted, one transfer a line as for
	// `egressor price`, each with its time.
	Transfers string
	// Book is a price book by name or file, "BOOK+OVERLAY" with terms; "" is the
	// default.
	Book string
	// Hosts is the path of a list of the machines that run an agent, one instance
	// id (i-...) or provider id a line; "" is not known.
	Hosts string
	// Machines asks for the machines that run an agent between two moments, in place
	// of Hosts; nil where nobody is asked.
	Machines func(ctx context.Context, from, to time.Time) ([]bill.Machine, error)
	// Say tells people something beside the report; nil where nobody listens.
	Say func(format string, values ...any)
}

// Reconcile prices what was counted with the month's meters and compares it
// with the bill. Errors name the file, and the row and column at fault.
func Reconcile(ctx context.Context, options Options) (*bill.Report, error) {
	name := options.Book
	if name == "" {
		name = pricebooks.Default
	}
	book, err := pricebooks.Load(name)
	if err != nil {
		return nil, err
	}
	billed, err := readBills(options.Bills, book)
	if err != nil {
		return nil, err
	}
	ours, err := count(ctx, options.Transfers, book, billed.Month)
	if err != nil {
		return nil, err
	}
	hosts, err := options.hosts(ctx, book.Provider, billed.Month)
	if err != nil {
		return nil, err
	}
	return bill.Compare(billed, ours, bill.Options{Hosts: hosts})
}

// readBills reads all files or none.
func readBills(paths []string, book *pricing.Book) (*bill.Bill, error) {
	reader := bill.NewReader(bill.Expect{Provider: book.Provider, Currency: book.Currency})
	for _, path := range paths {
		if err := addFile(reader, path); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
	}
	return reader.Bill()
}

func addFile(reader *bill.Reader, path string) error {
	file, err := billfile.Open(path)
	if err != nil {
		return fmt.Errorf("the bill cannot be read: %w", err)
	}
	return errors.Join(reader.Add(file), file.Close())
}

// count prices the transfers, by the bill's keys.
func count(ctx context.Context, path string, book *pricing.Book, billMonth string) (*bill.Counted, error) {
	counted := bill.NewCounted()
	return counted, eachMinute(ctx, path, book, billMonth, counted.Add)
}

// eachMinute prices the transfers of a file in order and calls take for every
// minute's statement, which is valid until it returns. They must be of the month
// wanted, such as 2026-11; "" is any.
func eachMinute(ctx context.Context, path string, book *pricing.Book, wanted string, take func(*pricing.Statement) error) error {
	file, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("the transfers cannot be read: %w", err)
	}
	defer file.Close()
	transfers, err := pricecmd.Read(ctx, file, book)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	var month *pricing.Month
	var end model.Minute
	for len(transfers) > 0 {
		at := transfers[0].Minute
		if got := at.Start().Format("2006-01"); wanted != "" && got != wanted {
			return fmt.Errorf("%s: line %d: the transfer is of %s, and the bill is of %s: reconcile one month at a time", path, transfers[0].Transfer.Edge, got, wanted)
		}
		if month == nil || at >= end {
			month = pricing.NewMonth(book, at, true)
			_, end = pricing.MonthOf(at)
		}
		size := 1
		for size < len(transfers) && transfers[size].Minute == at {
			size++
		}
		statement, err := priceMinute(month, transfers[:size])
		if err != nil {
			return err
		}
		if err := take(&statement); err != nil {
			return err
		}
		transfers = transfers[size:]
	}
	return nil
}

func priceMinute(month *pricing.Month, transfers []pricecmd.Timed) (pricing.Statement, error) {
	run, err := month.Begin(transfers[0].Minute)
	if err != nil {
		return pricing.Statement{}, err
	}
	for i := range transfers {
		run.Add(&transfers[i].Transfer)
	}
	return month.Finish()
}

// hosts are the machines that run an agent, from whoever knows them.
func (o Options) hosts(ctx context.Context, provider, month string) ([]string, error) {
	if o.Machines == nil {
		return readHosts(o.Hosts, provider)
	}
	from, err := time.Parse("2006-01", month)
	if err != nil {
		return nil, fmt.Errorf("the bill has no row about transfers, so that it is of no month: %w", err)
	}
	machines, err := o.Machines(ctx, from, from.AddDate(0, 1, 0))
	if err != nil {
		return nil, err
	}
	if len(machines) == 0 {
		o.say("the service tells of no machine with an agent in %s: no machine is said to be without one", month)
		return nil, nil
	}
	ids, unnamed := bill.HostsOf(provider, machines)
	if len(unnamed) > 0 {
		o.say("the provider id of %d machines with an agent is not known (%s): no machine is said to be without one; give a complete list with --hosts", len(unnamed), strings.Join(unnamed[:min(3, len(unnamed))], ", "))
		return nil, nil
	}
	return ids, nil
}

func (o Options) say(format string, values ...any) {
	if o.Say != nil {
		o.Say(format, values...)
	}
}

// readHosts reads the ids of machines, one a line: instance ids, or provider ids
// such as aws:///use1-az1/i-0abc, as Kubernetes has them.
func readHosts(path, provider string) ([]string, error) {
	if path == "" {
		return nil, nil
	}
	text, err := textfile.Read(path, "a list of machines")
	if err != nil {
		return nil, fmt.Errorf("the list of machines cannot be read: %w", err)
	}
	var hosts []string
	for number, line := range strings.Split(string(text), "\n") {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		id, err := bill.HostID(line, provider)
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", path, number+1, err)
		}
		hosts = append(hosts, id)
	}
	if len(hosts) == 0 {
		return nil, errors.New(path + " names no machine")
	}
	return hosts, nil
}
