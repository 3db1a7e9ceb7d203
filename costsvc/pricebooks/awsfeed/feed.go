// Package awsfeed reads AWS's price list files (offers/v1.0/aws/SERVICE/current/
// index.json, of one region or of all) and brings a price book up to date. The
// files can be gigabytes: they are read as a stream.
package awsfeed

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/egressor/egressor/costsvc/pricebooks/feed"
)

// product is one SKU.
type product struct {
	SKU        string            `json:"sku"`
	Attributes map[string]string `json:"attributes"`
}

// term is one offer of a SKU.
type term struct {
	Dimensions map[string]dimension `json:"priceDimensions"`
}

// dimension is one tier.
type dimension struct {
	RateCode   string            `json:"rateCode"`
	Unit       string            `json:"unit"`
	BeginRange string            `json:"beginRange"`
	EndRange   string            `json:"endRange"`
	Price      map[string]string `json:"pricePerUnit"`
}

// reader collects a file.
type reader struct {
	decoder *json.Decoder
	feed    feed.Feed
	// places are the SKUs that matter: which row each prices.
	places map[string]place
	rows   map[string]pricedRow
	seen   map[string]bool // top-level keys
}

// Read reads a price list. A price that cannot be told exactly, two SKUs that
// price one thing otherwise, or a file of another form is an error that names
// the SKU, and nothing is returned.
func Read(in io.Reader) (*feed.Feed, error) {
	r := &reader{
		decoder: json.NewDecoder(in), places: make(map[string]place), rows: make(map[string]pricedRow), seen: make(map[string]bool),
	}
	if err := r.object(r.top); err != nil {
		return nil, fmt.Errorf("price list: %w", r.at(err))
	}
	if _, err := r.decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("price list: more than one JSON value")
	}
	for _, key := range []string{"offerCode", "publicationDate", "products", "terms"} {
		if !r.seen[key] {
			return nil, fmt.Errorf("price list: %q is missing; is it an index.json of offers/v1.0/aws?", key)
		}
	}
	if len(r.rows) == 0 {
		return nil, fmt.Errorf("price list of %s: it has no price of transfers", r.feed.Offer)
	}
	r.feed.Provider, r.feed.What = "aws", "AWS price list of "+r.feed.Offer
	r.feed.Rows = sortedRows(r.rows)
	return &r.feed, nil
}

// at adds where in the file an error is.
func (r *reader) at(err error) error {
	return fmt.Errorf("at byte %d: %w", r.decoder.InputOffset(), err)
}

// object reads an object and calls each for every key; each must read the value.
func (r *reader) object(each func(key string) error) error {
	if err := r.delimiter('{'); err != nil {
		return err
	}
	for r.decoder.More() {
		token, err := r.decoder.Token()
		if err != nil {
			return err
		}
		key, ok := token.(string)
		if !ok {
			return fmt.Errorf("%v where a name belongs", token)
		}
		if err := each(key); err != nil {
			return err
		}
	}
	return r.delimiter('}')
}

func (r *reader) delimiter(want json.Delim) error {
	token, err := r.decoder.Token()
	if err != nil {
		return err
	}
	if token != want {
		return fmt.Errorf("%v where %s belongs", token, want)
	}
	return nil
}

func (r *reader) skip() error {
	var ignored json.RawMessage
	return r.decoder.Decode(&ignored)
}

func (r *reader) top(key string) error {
	if r.seen[key] {
		return fmt.Errorf("%q comes twice", key)
	}
	r.seen[key] = true
	switch key {
	case "offerCode":
		return r.decoder.Decode(&r.feed.Offer)
	case "publicationDate":
		return r.decoder.Decode(&r.feed.Published)
	case "products":
		return r.object(r.product)
	case "terms":
		if !r.seen["products"] {
			return errors.New("terms come before products")
		}
		return r.object(func(kind string) error {
			if kind != "OnDemand" {
				return r.skip()
			}
			return r.object(r.terms)
		})
	default:
		return r.skip()
	}
}

func (r *reader) product(sku string) error {
	var p product
	if err := r.decoder.Decode(&p); err != nil {
		return fmt.Errorf("product %s: %w", sku, err)
	}
	if found, ok := placeOf(p.Attributes); ok {
		r.places[sku] = found
	}
	return nil
}

func (r *reader) terms(sku string) error {
	at, ok := r.places[sku]
	if !ok {
		return r.skip()
	}
	var offers map[string]term
	if err := r.decoder.Decode(&offers); err != nil {
		return fmt.Errorf("SKU %s: %w", sku, err)
	}
	if len(offers) != 1 {
		return fmt.Errorf("SKU %s (%s) has %d offers on demand, want one", sku, at.id(), len(offers))
	}
	for _, offer := range offers {
		row, err := at.row(offer.Dimensions)
		if err != nil {
			return fmt.Errorf("SKU %s (%s): %w", sku, at.id(), err)
		}
		return r.keep(sku, row)
	}
	return nil
}
