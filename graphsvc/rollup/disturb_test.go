package rollup_test

import (
	"context"
	"errors"
	"net/netip"
	"sync"
	"time"

	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/graphsvc/decision"
	"github.com/egressor/egressor/graphsvc/flowstore"
	"github.com/egressor/egressor/graphsvc/graphstore"
	"github.com/egressor/egressor/graphsvc/pieces"
	"github.com/egressor/egressor/graphsvc/rollup"
	"github.com/egressor/egressor/graphsvc/rollup/rolluptest"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// A fault strikes at one of the loop's store calls.
type fault struct {
	// at is which call, counted from 1; 0 never strikes.
	at int
	// took says that the call took effect although it is reported as failed.
	took bool
	// dies says that the process ends there: no later call reaches the stores.
	dies bool
	// torn says that of a version's series only a part was written.
	torn bool
}

var errStruck = errors.New("struck by the test")

// disturbed passes calls on to real stores until its fault strikes.
type disturbed struct {
	*rolluptest.Stores
	fault fault

	mu    sync.Mutex // the lease is renewed beside the other calls
	calls int
	names []string
}

var (
	_ rollup.Flows = (*disturbed)(nil)
	_ rollup.Graph = (*disturbed)(nil)
)

// struck counts a call and runs it unless the fault says otherwise.
func (d *disturbed) struck(name string, call func() error) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.calls++
	d.names = append(d.names, name)
	switch {
	case d.fault.at != d.calls:
		if d.fault.dies && d.fault.at > 0 && d.calls > d.fault.at {
			return errStruck
		}
		return call()
	case d.fault.took:
		if err := call(); err != nil {
			return err
		}
	}
	return errStruck
}

func (d *disturbed) RunsSince(ctx context.Context, at time.Time) (heads []model.BatchRun, err error) {
	err = d.struck("RunsSince", func() (err error) { heads, err = d.Flows.RunsSince(ctx, at); return err })
	return heads, err
}

func (d *disturbed) Decisions(ctx context.Context, kind decision.Kind, subjects []string) (records []decision.Record, err error) {
	err = d.struck("Decisions", func() (err error) { records, err = d.Flows.Decisions(ctx, kind, subjects); return err })
	return records, err
}

func (d *disturbed) FactsSince(ctx context.Context, recorded time.Time) (changes []flowstore.FactChange, err error) {
	err = d.struck("FactsSince", func() (err error) { changes, err = d.Flows.FactsSince(ctx, recorded); return err })
	return changes, err
}

func (d *disturbed) MinutesWith(ctx context.Context, from, to model.Minute, addrs []netip.Addr, pods []string) (minutes []model.Minute, err error) {
	err = d.struck("MinutesWith", func() (err error) { minutes, err = d.Flows.MinutesWith(ctx, from, to, addrs, pods); return err })
	return minutes, err
}

func (d *disturbed) Minute(ctx context.Context, of model.Minute, inputs []model.InputRange) (heads []model.BatchHead, rows []model.ReportedRow, err error) {
	err = d.struck("Minute", func() (err error) { heads, rows, err = d.Flows.Minute(ctx, of, inputs); return err })
	return heads, rows, err
}

func (d *disturbed) Compactions(ctx context.Context, from, to model.Minute, through uint64) (versions []model.GraphVersion, err error) {
	err = d.struck("Compactions", func() (err error) { versions, err = d.Flows.Compactions(ctx, from, to, through); return err })
	return versions, err
}

func (d *disturbed) Forget(ctx context.Context, lease graphstore.Lease, before model.Minute, limit int) (days int, err error) {
	err = d.struck("Forget", func() (err error) { days, err = d.Graph.Forget(ctx, lease, before, limit); return err })
	return days, err
}

func (d *disturbed) Prune(ctx context.Context, lease graphstore.Lease, tier pieces.Tier, before model.Minute, limit int) (spans int, err error) {
	err = d.struck("Prune", func() (err error) { spans, err = d.Graph.Prune(ctx, lease, tier, before, limit); return err })
	return spans, err
}

func (d *disturbed) ReleasePins(ctx context.Context) (released []string, err error) {
	err = d.struck("ReleasePins", func() (err error) { released, err = d.Graph.ReleasePins(ctx); return err })
	return released, err
}

func (d *disturbed) ToCompact(ctx context.Context, tier pieces.Tier, from, to model.Minute, limit int) (begins []model.Minute, err error) {
	err = d.struck("ToCompact", func() (err error) { begins, err = d.Graph.ToCompact(ctx, tier, from, to, limit); return err })
	return begins, err
}

func (d *disturbed) Parts(ctx context.Context, tier pieces.Tier, from model.Minute, asOf uint64) (parts []pieces.Part, nodes uint64, err error) {
	err = d.struck("Parts", func() (err error) { parts, nodes, err = d.Graph.Parts(ctx, tier, from, asOf); return err })
	return parts, nodes, err
}

func (d *disturbed) Facts(ctx context.Context, from, to, through time.Time) (facts []model.Fact, newest time.Time, err error) {
	err = d.struck("Facts", func() (err error) { facts, newest, err = d.Flows.Facts(ctx, from, to, through); return err })
	return facts, newest, err
}

func (d *disturbed) Versions(ctx context.Context, from, to model.Minute, through uint64) (versions []model.GraphVersion, err error) {
	err = d.struck("Versions", func() (err error) { versions, err = d.Flows.Versions(ctx, from, to, through); return err })
	return versions, err
}

func (d *disturbed) StoredSum(ctx context.Context, number uint64) (edges, bytes uint64, cost money.Amount, err error) {
	err = d.struck("StoredSum", func() (err error) { edges, bytes, cost, err = d.Flows.StoredSum(ctx, number); return err })
	return edges, bytes, cost, err
}

func (d *disturbed) DropAfter(ctx context.Context, number uint64) error {
	return d.struck("DropAfter", func() error { return d.Flows.DropAfter(ctx, number) })
}

func (d *disturbed) DropVersion(ctx context.Context, number uint64) error {
	return d.struck("DropVersion", func() error { return d.Flows.DropVersion(ctx, number) })
}

func (d *disturbed) ChargedSum(ctx context.Context, version model.GraphVersion) (cost money.Amount, err error) {
	err = d.struck("ChargedSum", func() (err error) { cost, err = d.Flows.ChargedSum(ctx, version); return err })
	return cost, err
}

func (d *disturbed) Uses(ctx context.Context, version model.GraphVersion) (uses []pricing.MeterUse, err error) {
	err = d.struck("Uses", func() (err error) { uses, err = d.Flows.Uses(ctx, version); return err })
	return uses, err
}

func (d *disturbed) WriteVersion(ctx context.Context, version model.GraphVersion, edges []model.PricedEdge, statement pricing.Statement) error {
	return d.struck("WriteVersion", func() error {
		if d.fault.torn && d.fault.at == d.calls {
			edges, statement.Lines = edges[:len(edges)/2], statement.Lines[:len(statement.Lines)/2]
			statement.Meters = statement.Meters[:len(statement.Meters)/2]
		}
		return d.Flows.WriteVersion(ctx, version, edges, statement)
	})
}

func (d *disturbed) EdgesOf(ctx context.Context, version model.GraphVersion) (edges []model.EdgeMinute, err error) {
	err = d.struck("EdgesOf", func() (err error) { edges, err = d.Flows.EdgesOf(ctx, version); return err })
	return edges, err
}

func (d *disturbed) PricedBy(ctx context.Context, window flowstore.Window) (priced []flowstore.Priced, err error) {
	err = d.struck("PricedBy", func() (err error) { priced, err = d.Flows.PricedBy(ctx, window); return err })
	return priced, err
}

func (d *disturbed) MeteredMonths(ctx context.Context, through uint64) (months []model.Minute, err error) {
	err = d.struck("MeteredMonths", func() (err error) { months, err = d.Flows.MeteredMonths(ctx, through); return err })
	return months, err
}

func (d *disturbed) Unsettled(ctx context.Context, month model.Minute, through uint64, limit int) (minutes []model.Minute, err error) {
	err = d.struck("Unsettled", func() (err error) { minutes, err = d.Flows.Unsettled(ctx, month, through, limit); return err })
	return minutes, err
}

func (d *disturbed) RepriceRequests(ctx context.Context, after time.Time) (requests []flowstore.RepriceRequest, err error) {
	err = d.struck("RepriceRequests", func() (err error) { requests, err = d.Flows.RepriceRequests(ctx, after); return err })
	return requests, err
}

func (d *disturbed) KeepTerms(ctx context.Context, kept flowstore.TermsText) error {
	return d.struck("KeepTerms", func() error { return d.Flows.KeepTerms(ctx, kept) })
}

func (d *disturbed) Terms(ctx context.Context, digest model.Digest) (kept flowstore.TermsText, ok bool, err error) {
	err = d.struck("Terms", func() (err error) { kept, ok, err = d.Flows.Terms(ctx, digest); return err })
	return kept, ok, err
}

func (d *disturbed) Meters(ctx context.Context, of model.Minute, through uint64) (meters pricing.Meters, err error) {
	err = d.struck("Meters", func() (err error) { meters, err = d.Flows.Meters(ctx, of, through); return err })
	return meters, err
}

func (d *disturbed) Head(ctx context.Context) (head model.GraphVersion, ok bool, err error) {
	err = d.struck("Head", func() (err error) { head, ok, err = d.Graph.Head(ctx); return err })
	return head, ok, err
}

func (d *disturbed) Version(ctx context.Context, number uint64) (version model.GraphVersion, ok bool, err error) {
	err = d.struck("Version", func() (err error) { version, ok, err = d.Graph.Version(ctx, number); return err })
	return version, ok, err
}

func (d *disturbed) Publish(ctx context.Context, publication graphstore.Publication) error {
	return d.struck("Publish", func() error { return d.Graph.Publish(ctx, publication) })
}

func (d *disturbed) AcquireLease(ctx context.Context, holder string, last time.Duration) (lease graphstore.Lease, err error) {
	err = d.struck("AcquireLease", func() (err error) { lease, err = d.Graph.AcquireLease(ctx, holder, last); return err })
	return lease, err
}

func (d *disturbed) RenewLease(ctx context.Context, lease graphstore.Lease, last time.Duration) error {
	return d.struck("RenewLease", func() error { return d.Graph.RenewLease(ctx, lease, last) })
}

func (d *disturbed) ReleaseLease(ctx context.Context, lease graphstore.Lease) error {
	return d.struck("ReleaseLease", func() error { return d.Graph.ReleaseLease(ctx, lease) })
}
