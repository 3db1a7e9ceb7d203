package bill

import (
	"cmp"
	"maps"
	"slices"

	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// Row is one key of the bill and of ours, with the bill's bytes and cost taken
// apart: Explained, Hosts, Managed and Unexplained add up to Billed.
type Row struct {
	Key
	Ours, Billed Sum
	// Explained is what we counted too. Its cost is what the bill says.
	Explained Sum
	// Expected is what the explained bytes cost by our prices.
	Expected money.Amount
	// Hosts is the part of machines without an agent, Managed that of managed
	// services, Unexplained what is left.
	Hosts, Managed, Unexplained Sum
	// NotBilled are bytes of ours that the bill does not have.
	NotBilled uint64
}

// Options of Compare.
type Options struct {
	// Hosts are the ids of the machines that run an agent. Empty: not known, and
	// no machine is said to be missing.
	Hosts []string
}

// comparison is what Compare works on.
type comparison struct {
	report *Report
	form   *form
	hosts  map[string]bool
	// parts are the bill's usage by key: what came from where.
	parts map[Key]map[source]Sum
	// days are those that a finding shows on.
	days map[foundKey]map[model.Minute]bool
	// found sums up findings that come from several rows.
	found map[foundKey]*Finding
}

// source is where usage on the bill came from.
type source struct{ product, resource string }

// Compare compares a bill with what was counted. Bytes are compared first, by
// account, day, region, code and side; costs then for the bytes that both have.
func Compare(billed *Bill, ours *Counted, options Options) (*Report, error) {
	c := &comparison{
		form: billed.form, report: &Report{Currency: billed.Currency, Standing: billed.Standing, Skipped: billed.Skipped},
		hosts: make(map[string]bool), parts: make(map[Key]map[source]Sum), found: make(map[foundKey]*Finding),
	}
	for _, host := range options.Hosts {
		c.hosts[host] = true
	}
	rows := make(map[Key]*Row)
	rowOf := func(key Key) *Row {
		if rows[key] == nil {
			rows[key] = &Row{Key: key}
		}
		return rows[key]
	}
	for key, sum := range ours.sums {
		rowOf(key).Ours = sum
	}
	for item, sum := range billed.items {
		if item.Kind == Discount {
			if err := c.note(Finding{Kind: DiscountRow, Name: item.Label, Account: item.Account, Region: item.Region, Code: item.Code, Cost: sum.Cost}, item.Key); err != nil {
				return nil, err
			}
			if err := c.report.Discounts.add(Sum{Cost: sum.Cost, Rows: sum.Rows}); err != nil {
				return nil, err
			}
			continue
		}
		if err := rowOf(item.Key).Billed.add(sum); err != nil {
			return nil, err
		}
		c.part(item, sum)
	}
	for _, key := range slices.SortedFunc(maps.Keys(rows), compareKeys) {
		if err := c.takeApart(rows[key]); err != nil {
			return nil, err
		}
		c.report.Rows = append(c.report.Rows, *rows[key])
	}
	if err := c.prices(); err != nil {
		return nil, err
	}
	return c.report, c.finish()
}

func compareKeys(a, b Key) int {
	return cmp.Or(
		cmp.Compare(a.Account, b.Account), cmp.Compare(a.Region, b.Region), cmp.Compare(a.Code, b.Code),
		cmp.Compare(a.Operation, b.Operation), cmp.Compare(a.Day, b.Day),
	)
}

func (c *comparison) part(item itemKey, sum Sum) {
	if c.parts[item.Key] == nil {
		c.parts[item.Key] = make(map[source]Sum)
	}
	from := source{item.Product, item.Resource}
	known := c.parts[item.Key][from]
	_ = known.add(sum) // parts of a row whose sum was in range
	c.parts[item.Key][from] = known
}

// takeApart hands a row's billed bytes out: first to what we counted, then to
// machines without an agent, then to managed services. None takes more bytes
// than the bill has of it.
func (c *comparison) takeApart(row *Row) error {
	row.Explained.Bytes = min(row.Ours.Bytes, row.Billed.Bytes)
	row.NotBilled = row.Ours.Bytes - row.Explained.Bytes
	if slack := c.form.slackBytes * row.Billed.Rows; row.NotBilled <= slack && row.Billed.Bytes-row.Explained.Bytes <= slack {
		row.Explained.Bytes, row.NotBilled = row.Billed.Bytes, 0 // the bill's rounding
	}
	excess := row.Billed.Bytes - row.Explained.Bytes
	type taken struct {
		kind FindingKind
		name string
		into *Sum
	}
	var takers []taken
	weights := []uint64{row.Explained.Bytes}
	for _, from := range c.outOfSight(row.Key) {
		bytes := min(excess, c.parts[row.Key][from.source].Bytes)
		if bytes == 0 {
			continue
		}
		into := &row.Managed
		if from.kind == MissingHost {
			into = &row.Hosts
		}
		takers = append(takers, taken{from.kind, from.name(), into})
		weights = append(weights, bytes)
		excess -= bytes
	}
	weights = append(weights, excess)
	costs, err := shareCost(row.Billed.Cost, weights)
	if err != nil {
		return err
	}
	row.Explained.Cost = costs[0]
	last := len(weights) - 1
	row.Unexplained = Sum{Bytes: weights[last], Cost: costs[last]}
	for i, t := range takers {
		part := Sum{Bytes: weights[i+1], Cost: costs[i+1]}
		if err := t.into.add(part); err != nil {
			return err
		}
		if err := c.note(Finding{Kind: t.kind, Name: t.name, Account: row.Account, Region: row.Region, Code: row.Code, Bytes: part.Bytes, Cost: part.Cost}, row.Key); err != nil {
			return err
		}
	}
	return c.noteRest(row)
}

func (c *comparison) noteRest(row *Row) error {
	rest := Finding{Kind: Unexplained, Account: row.Account, Region: row.Region, Code: row.Code, Bytes: row.Unexplained.Bytes, Cost: row.Unexplained.Cost}
	if rest.Bytes > 0 {
		if err := c.note(rest, row.Key); err != nil {
			return err
		}
	}
	if row.NotBilled == 0 {
		return nil
	}
	return c.note(Finding{Kind: NotBilled, Account: row.Account, Region: row.Region, Code: row.Code, Bytes: row.NotBilled}, row.Key)
}

// unseen is a source that agents cannot have counted.
type unseen struct {
	source
	kind FindingKind
}

func (u unseen) name() string {
	if u.kind == MissingHost {
		return u.resource
	}
	return u.product
}

// outOfSight lists a row's sources without an agent: machines first, for they
// are certain, then managed services, each in the order of their names.
func (c *comparison) outOfSight(key Key) []unseen {
	var sources []unseen
	for from := range c.parts[key] {
		switch {
		case !slices.Contains(c.form.own, from.product):
			sources = append(sources, unseen{from, ManagedService})
		case len(c.hosts) > 0 && c.form.hostOf(from.resource) != "" && !c.hosts[c.form.hostOf(from.resource)]:
			sources = append(sources, unseen{from, MissingHost})
		}
	}
	slices.SortFunc(sources, func(a, b unseen) int {
		return cmp.Or(cmp.Compare(b.kind, a.kind), cmp.Compare(a.product, b.product), cmp.Compare(a.resource, b.resource))
	})
	return sources
}

// shareCost splits a cost by bytes; a cost of no bytes stays with the last part,
// which is what nobody explains.
func shareCost(cost money.Amount, weights []uint64) ([]money.Amount, error) {
	for _, weight := range weights {
		if weight > 0 {
			return money.Split(cost, weights)
		}
	}
	parts := make([]money.Amount, len(weights))
	parts[len(parts)-1] = cost
	return parts, nil
}
