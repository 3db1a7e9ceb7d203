package chat

import (
	"cmp"
	"context"
	"fmt"
	"sync"

	"github.com/egressor/egressor/graphsvc/chat/proof"
)

// Desk runs tools for askers who hold no conversation, such as MCP clients. Each
// asker has a ledger of their own, so that the calculator knows the figures that
// they were given.
type Desk struct {
	box *Toolbox
	// askerOf tells whose ledger a call belongs to.
	askerOf func(context.Context) string

	mu      sync.Mutex
	ledgers map[string]*proof.Ledger
	order   []string // askers, oldest first
	calls   int
}

// maxLedgers bounds how many askers' figures are remembered; the oldest go first.
const maxLedgers = 100

// NewDesk returns a desk; askerOf may be nil where there is one asker alone.
func NewDesk(box *Toolbox, askerOf func(context.Context) string) *Desk {
	if askerOf == nil {
		askerOf = func(context.Context) string { return "" }
	}
	return &Desk{box: box, askerOf: askerOf, ledgers: map[string]*proof.Ledger{}}
}

// Run runs a tool by name with its input as JSON and returns its result as text.
func (d *Desk) Run(ctx context.Context, name, input string) (string, error) {
	fetched, err := d.box.fetch(ctx, name, input)
	if err != nil {
		return "", err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.calls++
	result, err := enter(d.ledger(d.askerOf(ctx)), fmt.Sprintf("call-%d", d.calls), name, cmp.Or(input, "{}"), fetched)
	if err != nil {
		return "", err
	}
	return result.Text, nil
}

func (d *Desk) ledger(asker string) *proof.Ledger {
	if known := d.ledgers[asker]; known != nil {
		return known
	}
	ledger := proof.NewLedger()
	d.ledgers[asker] = ledger
	d.order = append(d.order, asker)
	if len(d.order) > maxLedgers {
		delete(d.ledgers, d.order[0])
		d.order = d.order[1:]
	}
	return ledger
}

// Ledger is an asker's, for who wants to see what is behind a reference.
func (d *Desk) Ledger(ctx context.Context) *proof.Ledger {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.ledger(d.askerOf(ctx))
}
