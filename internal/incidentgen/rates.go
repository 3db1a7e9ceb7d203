package incidentgen

import (
	"fmt"

	"github.com/egressor/egressor/costsvc/pricebooks"
	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/internal/model"
)

// rates are what edges cost a GiB at list prices, by the real pricing code. At
// list prices cost is linear in bytes, so one answer serves every minute.
type rates struct {
	book  *pricing.Book
	known map[rateKey]int64
}

// rateKey is what the price of an edge depends on.
type rateKey struct {
	source, destination model.IdentityKind
	class, other        string
	from, to            string
	path                model.Path
}

func newRates() (*rates, error) {
	book, err := pricebooks.Load(pricebooks.Default)
	if err != nil {
		return nil, err
	}
	return &rates{book, map[rateKey]int64{}}, nil
}

// of is the rate of an edge in nano-units per GiB.
func (r *rates) of(key *model.EdgeKey, minute model.Minute) (int64, error) {
	at := rateKey{
		key.Source.Kind, key.Destination.Kind, classOf(key.Source), classOf(key.Destination),
		key.SourcePlace.Zone, key.DestinationPlace.Zone, key.Path,
	}
	if rate, ok := r.known[at]; ok {
		return rate, nil
	}
	statement, _, err := pricing.Price(r.book, pricing.List, []model.EdgeMinute{{Minute: minute, Key: *key, Sent: model.Counts{WireBytes: gib}}}, nil)
	if err != nil {
		return 0, err
	}
	rate, ok := statement.Total.Nano()
	if !ok || statement.UnpricedBytes > 0 {
		return 0, fmt.Errorf("edge %s has no list price: generated traffic must be priced", key)
	}
	r.known[at] = rate
	return rate, nil
}

func classOf(i model.Identity) string {
	if i.Kind == model.KindCloudEndpoint {
		return i.Type
	}
	return ""
}
