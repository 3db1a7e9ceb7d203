package bill

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/egressor/egressor/internal/money"
)

// layout says which column of a form of bill holds what.
type layout struct {
	name                                                     string
	account, start, usageType, operation, amount, unit, cost string
	currency, rowType, product, resource                     string
	kindOf                                                   func(rowType string) Kind
}

var layouts = []layout{
	{
		name: "AWS CUR 2.0", account: "line_item_usage_account_id", start: "line_item_usage_start_date",
		usageType: "line_item_usage_type", operation: "line_item_operation", amount: "line_item_usage_amount", unit: "pricing_unit",
		cost: "line_item_unblended_cost", currency: "line_item_currency_code", rowType: "line_item_line_item_type",
		product: "line_item_product_code", resource: "line_item_resource_id",
		kindOf: func(rowType string) Kind {
			switch {
			case isDiscount(rowType):
				return Discount
			case rowType == "Usage" || rowType == "DiscountedUsage" || rowType == "SavingsPlanCoveredUsage":
				return Usage
			default:
				return Other
			}
		},
	},
	{
		name: "FOCUS with AWS columns", account: "SubAccountId", start: "ChargePeriodStart",
		usageType: "x_UsageType", operation: "x_Operation", amount: "ConsumedQuantity", unit: "ConsumedUnit",
		cost: "BilledCost", currency: "BillingCurrency", rowType: "ChargeCategory",
		product: "x_ServiceCode", resource: "ResourceId",
		kindOf: func(category string) Kind {
			switch category {
			case "Usage":
				return Usage
			case "Discount":
				return Discount
			default:
				return Other
			}
		},
	},
}

// columns are all columns of the layout; the resource may be missing.
func (l *layout) columns() []string {
	return []string{l.account, l.start, l.usageType, l.operation, l.amount, l.unit, l.cost, l.currency, l.rowType, l.product}
}

// Read reads a bill as CSV: an AWS CUR 2.0, or FOCUS with AWS's columns, told
// apart by their header. It takes the rows about transfers; other rows are
// counted. A missing column, a value that cannot be read, a unit other than GB
// or a currency other than want is a *RowError, and no bill is returned.
func Read(in io.Reader, want money.Currency) (*Bill, error) {
	reader := csv.NewReader(in)
	reader.ReuseRecord = true
	header, err := reader.Read()
	if err != nil {
		return nil, csvError(err)
	}
	table, err := layoutOf(header)
	if err != nil {
		return nil, err
	}
	bill := &Bill{Currency: want, items: make(map[itemKey]Sum)}
	for {
		record, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return bill, nil
		}
		if err != nil {
			return nil, csvError(err)
		}
		row, _ := reader.FieldPos(0)
		if err := bill.readRow(&table, row, record); err != nil {
			return nil, err
		}
	}
}

// csvError says where the CSV itself is broken.
func csvError(err error) error {
	if parse := (*csv.ParseError)(nil); errors.As(err, &parse) {
		return &RowError{Row: parse.Line, Problem: parse.Err.Error()}
	}
	if errors.Is(err, io.EOF) {
		return &RowError{Row: 1, Problem: "the file is empty"}
	}
	return fmt.Errorf("reading the bill: %w", err)
}

// table is a layout with the place of each column.
type table struct {
	layout
	at map[string]int
}

func layoutOf(header []string) (table, error) {
	at := make(map[string]int, len(header))
	for i, name := range header {
		name = strings.TrimPrefix(name, "\ufeff")
		if _, twice := at[name]; twice {
			return table{}, &RowError{Row: 1, Column: name, Problem: "the column is there twice"}
		}
		at[name] = i
	}
	// The form is the one that has more of its columns there.
	best, found := layouts[0], 0
	for _, candidate := range layouts {
		known := 0
		for _, name := range candidate.columns() {
			if _, ok := at[name]; ok {
				known++
			}
		}
		if known > found {
			best, found = candidate, known
		}
	}
	if found == 0 {
		return table{}, &RowError{Row: 1, Problem: "the columns are neither those of an AWS CUR 2.0 nor those of FOCUS with AWS's columns (x_UsageType)"}
	}
	for _, name := range best.columns() {
		if _, ok := at[name]; !ok {
			return table{}, &RowError{Row: 1, Column: name, Problem: "the column is missing; " + best.name + " has it"}
		}
	}
	return table{best, at}, nil
}

// field is a column's value, "" where the column is missing.
func (t *table) field(record []string, column string) string {
	if at, ok := t.at[column]; ok {
		return record[at]
	}
	return ""
}

var gigabytes = []string{"GB", "Gigabytes"}

func (b *Bill) readRow(t *table, row int, record []string) error {
	fault := func(column string, err error) error {
		return &RowError{Row: row, Column: column, Problem: err.Error()}
	}
	get := func(column string) string { return strings.Clone(t.field(record, column)) } // the record is reused
	item := itemKey{
		Key:  Key{Account: get(t.account), Operation: get(t.operation)},
		Kind: t.kindOf(t.field(record, t.rowType)), Label: get(t.rowType), Product: get(t.product), Resource: get(t.resource),
	}
	usageType := get(t.usageType)
	if got := t.field(record, t.currency); got != string(b.Currency) {
		return fault(t.currency, fmt.Errorf("%q: the prices are in %s, and currencies are never converted", got, b.Currency))
	}
	sum := Sum{Rows: 1}
	var err error
	if sum.Cost, err = amountOf(t.field(record, t.cost)); err != nil {
		return fault(t.cost, err)
	}
	if item.Day, err = dayOf(t.field(record, t.start)); err != nil {
		return fault(t.start, err)
	}
	_, code := splitUsageType(usageType)
	if item.Kind == Usage && isTransfer(code) {
		if unit := t.field(record, t.unit); !slices.Contains(gigabytes, unit) {
			return fault(t.unit, fmt.Errorf("%q: transfers are billed in GB", unit))
		}
		if sum.Bytes, err = bytesOf(t.field(record, t.amount)); err != nil {
			return fault(t.amount, err)
		}
		if item.Account == "" {
			return fault(t.account, errors.New("the account is missing"))
		}
	}
	if err := b.add(item, usageType, sum); err != nil {
		return fault(t.cost, err)
	}
	return nil
}
