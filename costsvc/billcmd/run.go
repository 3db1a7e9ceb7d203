// Package billcmd is `egressor reconcile`: a bill against what was counted.
package billcmd

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/egressor/egressor/costsvc/bill"
	"github.com/egressor/egressor/costsvc/pricebooks"
	"github.com/egressor/egressor/costsvc/pricecmd"
	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/internal/model"
)

// Options of Reconcile.
type Options struct {
	// Bill is the path of the bill, CSV, gzip or not.
	Bill string
	// Transfers is the path of what was counted, one transfer a line as for
	// `egressor price`, each with its time.
	Transfers string
	// Book is a price book by name or file, "BOOK+OVERLAY" with terms; "" is the
	// default.
	Book string
	// Hosts is the path of a list of the machines that run an agent, one instance
	// id (i-...) or provider id a line; "" is not known.
	Hosts string
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
	if book.Provider != "aws" {
		return nil, fmt.Errorf("price book %s is for %s: bills of AWS are understood so far", book.Name, book.Provider)
	}
	billed, err := readBill(options.Bill, book)
	if err != nil {
		return nil, err
	}
	ours, err := count(ctx, options.Transfers, book)
	if err != nil {
		return nil, err
	}
	hosts, err := readHosts(options.Hosts)
	if err != nil {
		return nil, err
	}
	return bill.Compare(billed, ours, bill.Options{Hosts: hosts})
}

func readBill(path string, book *pricing.Book) (*bill.Bill, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("the bill cannot be read: %w", err)
	}
	defer file.Close()
	in, err := plain(file)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	billed, err := bill.Read(in, book.Currency)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return billed, nil
}

// plain unpacks what is gzip, whatever its name.
func plain(file io.Reader) (io.Reader, error) {
	buffered := bufio.NewReaderSize(file, 1<<16)
	if head, err := buffered.Peek(2); err != nil || !bytes.Equal(head, []byte{0x1f, 0x8b}) {
		return buffered, nil //nolint:nilerr // shorter than two bytes is no gzip
	}
	return gzip.NewReader(buffered)
}

// count prices the transfers, minute by minute and month by month.
func count(ctx context.Context, path string, book *pricing.Book) (*bill.Counted, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("the transfers cannot be read: %w", err)
	}
	defer file.Close()
	transfers, err := pricecmd.Read(ctx, file, book)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	counted := bill.NewCounted()
	var month *pricing.Month
	var end model.Minute
	for len(transfers) > 0 {
		at := transfers[0].Minute
		if month == nil || at >= end {
			month = pricing.NewMonth(book, at, true)
			_, end = pricing.MonthOf(at)
		}
		size := 1
		for size < len(transfers) && transfers[size].Minute == at {
			size++
		}
		if err := countMinute(month, counted, transfers[:size]); err != nil {
			return nil, err
		}
		transfers = transfers[size:]
	}
	return counted, nil
}

func countMinute(month *pricing.Month, counted *bill.Counted, transfers []pricecmd.Timed) error {
	run, err := month.Begin(transfers[0].Minute)
	if err != nil {
		return err
	}
	for i := range transfers {
		run.Add(&transfers[i].Transfer)
	}
	statement, err := month.Finish()
	if err != nil {
		return err
	}
	return counted.Add(&statement)
}

// readHosts reads instance ids. A provider id such as aws:///use1-az1/i-0abc, as
// Kubernetes has it, counts by its last part.
func readHosts(path string) ([]string, error) {
	if path == "" {
		return nil, nil
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("the list of machines cannot be read: %w", err)
	}
	var hosts []string
	for number, line := range strings.Split(string(text), "\n") {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		id := line[strings.LastIndex(line, "/")+1:]
		if !strings.HasPrefix(id, "i-") {
			return nil, fmt.Errorf("%s:%d: %q is no instance id (i-...)", path, number+1, line)
		}
		hosts = append(hosts, id)
	}
	if len(hosts) == 0 {
		return nil, errors.New(path + " names no machine")
	}
	return hosts, nil
}
