package query

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/egressor/egressor/costsvc/bill"
	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/graphsvc/statement"
	"github.com/egressor/egressor/internal/model"
)

// Bills are the clouds' own bills, where somebody gave them.
type Bills interface {
	// Bills are what was given, the newest month first; one that cannot be read is
	// among them, with why.
	Bills(ctx context.Context) ([]GivenBill, error)
}

// GivenBill is a bill, or why it cannot be read.
type GivenBill struct {
	// Name is that of the file or folder.
	Name string
	// Bill is nil where Problem says why.
	Bill    *bill.Bill
	Book    *pricing.Book
	Problem string
}

// Reconciliation is a bill against what was counted.
type Reconciliation struct {
	GivenBill
	// Report is nil where the bill cannot be compared, and Problem says why.
	Report *bill.Report
	// Folded of Minutes of the month were counted at all.
	Folded, Minutes int
	// Hosts are the machines of the bill's provider that ran an agent in the month, as
	// the bill names them. Unnamed are those whose name on the bill is not known: with
	// one, no machine is said to be without an agent.
	Hosts, Unnamed []string
}

// MaxReconciled is how many bills are compared, the newest months first.
const MaxReconciled = 12

// Reconciliations compare the bills that were given with what was counted in
// their months. Who does not see everything sees none.
func (e *Explorer) Reconciliations(ctx context.Context) ([]Reconciliation, error) {
	if e.bills == nil || !SeesAll(ctx) {
		return nil, nil
	}
	given, err := e.bills.Bills(ctx)
	if err != nil {
		return nil, err
	}
	given = given[:min(len(given), MaxReconciled)]
	found := make([]Reconciliation, len(given))
	for i := range given {
		found[i].GivenBill = given[i]
		if given[i].Bill == nil {
			continue
		}
		if err := e.reconcile(ctx, &found[i]); err != nil {
			return nil, err
		}
	}
	return found, nil
}

func (e *Explorer) reconcile(ctx context.Context, r *Reconciliation) error {
	first, err := time.Parse("2006-01", r.Bill.Month)
	if err != nil {
		r.Problem = "the bill has no row about transfers, so that it is of no month"
		return nil //nolint:nilerr // a fault of that bill, shown beside the others
	}
	from, to := pricing.MonthOf(model.MinuteOf(first))
	window, version, err := e.resolve(ctx, Ask{From: from.Start(), To: to.Start()})
	if err != nil {
		return err
	}
	if version == nil {
		return nothingFolded()
	}
	r.Minutes = int(to - from)
	if r.Folded, err = e.FoldedMinutes(ctx, window); err != nil {
		return err
	}
	charges, err := e.series.Charged(ctx, window, minutesPerDay)
	if err != nil {
		return unavailable("the flow store", err)
	}
	counted, err := countedOf(r.Book, charges)
	if err != nil {
		return err
	}
	machines, err := e.agentMachines(ctx, window)
	if err != nil {
		return err
	}
	r.Hosts, r.Unnamed = bill.HostsOf(r.Book.Provider, billMachines(machines))
	var options bill.Options
	if len(r.Unnamed) == 0 {
		options.Hosts = r.Hosts
	}
	if r.Report, err = bill.Compare(r.Bill, counted, options); err != nil {
		r.Report, r.Problem = nil, err.Error()
	}
	return nil
}

// countedOf adds charge lines up by the keys of bills.
func countedOf(book *pricing.Book, charges []statement.Charge) (*bill.Counted, error) {
	counted := bill.NewCounted()
	for i := range charges {
		line := charges[i].Line // what the store gave may be kept and is not written to
		if charges[i].Key != nil {
			line.Region = book.RegionOf(charges[i].Key, &line)
		}
		if err := counted.AddLine(charges[i].From, &line); err != nil {
			return nil, err
		}
	}
	return counted, nil
}

// BillSum is bytes and cost of a bill.
type BillSum = bill.Sum

// ReconciledCode is one charge code of a bill, added up over the month's days.
type ReconciledCode struct {
	Account, Region, Code                               string
	Billed, Counted, Explained, OutOfSight, Unexplained bill.Sum
	NotBilledBytes                                      uint64
}

// Codes are the charge codes of a bill, those with the highest billed cost first.
func (r *Reconciliation) Codes() []ReconciledCode {
	type place struct{ account, region, code string }
	at := make(map[place]int)
	var codes []ReconciledCode
	for i := range r.Report.Rows {
		row := &r.Report.Rows[i]
		key := place{row.Account, row.Region, row.Code}
		n, known := at[key]
		if !known {
			n = len(codes)
			at[key] = n
			codes = append(codes, ReconciledCode{Account: row.Account, Region: row.Region, Code: row.Code})
		}
		code := &codes[n]
		for _, part := range []struct {
			into *bill.Sum
			sum  bill.Sum
		}{{&code.Billed, row.Billed}, {&code.Counted, row.Ours}, {&code.Explained, row.Explained}, {&code.OutOfSight, row.Hosts}, {&code.OutOfSight, row.Managed}, {&code.Unexplained, row.Unexplained}} {
			addSum(part.into, part.sum)
		}
		code.NotBilledBytes += row.NotBilled
	}
	slices.SortStableFunc(codes, func(a, b ReconciledCode) int {
		return cmp.Or(b.Billed.Cost.Cmp(a.Billed.Cost), cmp.Compare(b.Billed.Bytes, a.Billed.Bytes), b.Counted.Cost.Cmp(a.Counted.Cost), cmp.Compare(a.Code, b.Code), cmp.Compare(a.Region, b.Region), cmp.Compare(a.Account, b.Account))
	})
	return codes
}

// addSum adds parts of a sum that the report has added up already, within range.
func addSum(into *bill.Sum, part bill.Sum) {
	into.Bytes += part.Bytes
	into.Cost, _ = into.Cost.Add(part.Cost)
}
