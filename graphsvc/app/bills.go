package app

import (
	"github.com/egressor/egressor/graphsvc/bills"
	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/graphsvc/terms"
)

// billsOf are the bills of a folder, nil for none.
func billsOf(folder string, prices *terms.Terms) query.Bills {
	if folder == "" {
		return nil
	}
	return bills.New(folder, prices.Books)
}
