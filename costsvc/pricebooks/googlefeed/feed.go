// Package googlefeed reads Google Cloud's billing catalogue as its API answers
// (https://cloudbilling.googleapis.com/v1/services/6F81-5844-456A/skus), one page
// or several pages joined in one file, one after another.
package googlefeed

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/egressor/egressor/costsvc/pricebooks/feed"
	"github.com/egressor/egressor/costsvc/transferclass"
)

// page is one answer of the API.
type page struct {
	SKUs []sku `json:"skus"`
}

type sku struct {
	ID          string `json:"skuId"`
	Description string `json:"description"`
	Category    struct {
		Family string `json:"resourceFamily"`
		Group  string `json:"resourceGroup"`
		Usage  string `json:"usageType"`
	} `json:"category"`
	Regions []string `json:"serviceRegions"`
	Pricing []struct {
		At         time.Time  `json:"effectiveTime"`
		Expression expression `json:"pricingExpression"`
	} `json:"pricingInfo"`
}

type expression struct {
	Unit  string `json:"usageUnit"`
	Rates []rate `json:"tieredRates"`
}

type rate struct {
	Start json.Number `json:"startUsageAmount"`
	Price struct {
		Currency string      `json:"currencyCode"`
		Units    json.Number `json:"units"`
		Nanos    int64       `json:"nanos"`
	} `json:"unitPrice"`
}

// Read reads a saved catalogue. Prices between regions are listed there by the
// names of cities and continents, and are not taken.
func Read(in io.Reader) (*feed.Feed, error) {
	rows := feed.NewRows()
	read := &feed.Feed{Provider: "gcp", Offer: "GoogleCatalogue", What: "Google Cloud Billing catalogue of Compute Engine"}
	err := feed.Pages(in, func(p *page) error {
		if p.SKUs == nil {
			return errors.New("\"skus\" is missing; is it an answer of the billing catalogue's API?")
		}
		for i := range p.SKUs {
			if err := add(rows, read, &p.SKUs[i]); err != nil {
				return fmt.Errorf("SKU %s: %w", p.SKUs[i].ID, err)
			}
		}
		return nil
	})
	if err == nil {
		read.Rows, err = rows.Sorted()
	}
	if err != nil {
		return nil, fmt.Errorf("catalogue: %w", err)
	}
	return read, nil
}

func add(rows *feed.Rows, read *feed.Feed, s *sku) error {
	fee, to, ok := s.fee()
	if !ok {
		return nil
	}
	if len(s.Pricing) != 1 {
		return fmt.Errorf("it has %d prices, want one", len(s.Pricing))
	}
	price := &s.Pricing[0]
	if price.Expression.Unit != "GiBy" {
		return fmt.Errorf("unit %q, want GiBy", price.Expression.Unit)
	}
	if price.At.After(read.Published) {
		read.Published = price.At
	}
	for i := range price.Expression.Rates {
		start, err := price.Expression.Rates[i].start()
		if err != nil {
			return err
		}
		for _, region := range s.Regions {
			if err := rows.Add(fee, region, to, feed.GiB, start, "SKU "+s.ID); err != nil {
				return err
			}
		}
	}
	return nil
}

// fee is what a SKU prices, false for what books lack.
func (s *sku) fee() (fee transferclass.Fee, to string, ok bool) {
	if s.Category.Family != "Network" || s.Category.Usage != "OnDemand" {
		return 0, "", false
	}
	switch s.Category.Group {
	case "PremiumInternetEgress":
		_, destination, found := strings.Cut(s.Description, " to ")
		return transferclass.FeeInternet, strings.ReplaceAll(strings.ToLower(destination), " ", "-"), found
	case "StandardInternetEgress":
		return transferclass.FeeInternetStandard, "", true
	case "InterzoneEgress":
		return transferclass.FeeCrossZone, "", true
	}
	return transferclass.FeeNAT, "", strings.Contains(s.Description, "Cloud Nat Data Processing")
}

func (r *rate) start() (feed.Start, error) {
	from, err := feed.Whole(cmp.Or(r.Start, "0"))
	if err != nil {
		return feed.Start{}, fmt.Errorf("startUsageAmount %w", err)
	}
	if r.Price.Currency != "USD" {
		return feed.Start{}, fmt.Errorf("a price in %q, want USD", r.Price.Currency)
	}
	units := r.Price.Units.String()
	if units == "" {
		units = "0"
	}
	n, err := strconv.ParseInt(units, 10, 33)
	if err != nil || n < 0 || r.Price.Nanos < 0 || r.Price.Nanos >= 1_000_000_000 {
		return feed.Start{}, fmt.Errorf("price of %q units and %d nanos: want whole numbers", units, r.Price.Nanos)
	}
	return feed.Start{FromUnits: from, RateNano: n*1_000_000_000 + r.Price.Nanos}, nil
}
