package app

import (
	"fmt"
	"slices"
	"sync"

	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/graphsvc/flowstore"
	"github.com/egressor/egressor/graphsvc/ingest"
	"github.com/egressor/egressor/graphsvc/inventory"
	"github.com/egressor/egressor/internal/clock"
	"github.com/egressor/egressor/internal/kube"
	"github.com/egressor/egressor/internal/report"
)

func newIngest(config Config, store ingest.Store, ways doors, reporter *report.Reporter) (*ingest.Server, error) {
	settings := ingest.DefaultConfiguration()
	settings.Listen, settings.Insecure, settings.TLS = config.IngestListen, config.InsecureListen, config.IngestTLS
	return ingest.New(reporter, settings, ingest.Dependencies{Store: store, Clock: clock.System{}, Sender: ways.sender()})
}

func newInventory(config Config, flows *flowstore.Store, reporter *report.Reporter) *inventory.Watcher {
	return inventory.New([]string{config.Inventory, config.Endpoints}, flows, clock.System{}, reporter.Log("inventory"), reporter.Registry())
}

// newClusters watches the Kubernetes clusters of the settings, which may be none.
func newClusters(config Config, flows *flowstore.Store, reporter *report.Reporter) (*kube.Watcher, error) {
	return kube.New(config.Kube, kube.Dependencies{
		Recorder: flows, Clock: clock.System{}, Log: reporter.Log("kubernetes"), Registry: reporter.Registry(),
	})
}

// priceSources says where the rows of the price books in force come from.
type priceSources struct {
	books func() []*pricing.Book

	mu      sync.Mutex
	read    []*pricing.Book
	origins map[string]string
}

func newPriceSources(books func() []*pricing.Book) *priceSources { return &priceSources{books: books} }

// Source is the origin of a row, empty for a row that no book has. Where several
// have it, that of the book which is in force last counts.
func (p *priceSources) Source(row string) string {
	if p.books == nil {
		return ""
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if books := p.books(); !slices.Equal(books, p.read) {
		p.read, p.origins = books, map[string]string{}
		for _, book := range books {
			for i := range book.Rows {
				row := &book.Rows[i]
				p.origins[row.ID] = fmt.Sprintf("%s, as of %s", row.Source, row.AsOf)
			}
		}
	}
	return p.origins[row]
}
