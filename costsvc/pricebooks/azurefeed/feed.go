// Package azurefeed reads Azure's retail prices as the price API answers
// (https://prices.azure.com/api/retail/prices), one page or several pages joined
// in one file, one after another.
package azurefeed

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/egressor/egressor/costsvc/pricebooks/feed"
	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/costsvc/transferclass"
)

// page is one answer of the API.
type page struct {
	Currency string `json:"BillingCurrency"`
	Items    []item `json:"Items"`
}

// item is one tier of one meter in one region. Numbers stay as they are written.
type item struct {
	Currency  string      `json:"currencyCode"`
	FromUnits json.Number `json:"tierMinimumUnits"`
	Price     json.Number `json:"retailPrice"`
	Region    string      `json:"armRegionName"`
	Meter     string      `json:"meterName"`
	MeterID   string      `json:"meterId"`
	Product   string      `json:"productName"`
	Service   string      `json:"serviceName"`
	Unit      string      `json:"unitOfMeasure"`
	Type      string      `json:"type"`
	Since     time.Time   `json:"effectiveStartDate"`
}

// Read reads a saved feed. The book tells which regions share a meter. A meter
// that lists a charge which Azure does not make (between zones, D8) is not taken.
// The feed carries no date: it is that of its latest price.
func Read(in io.Reader, book *pricing.Book) (*feed.Feed, error) {
	rows := feed.NewRows()
	read := &feed.Feed{Provider: "azure", Offer: "AzureRetail", What: "Azure retail prices, https://prices.azure.com/api/retail/prices"}
	err := feed.Pages(in, func(p *page) error {
		if p.Items == nil {
			return errors.New("\"Items\" is missing; is it an answer of the retail price API?")
		}
		for i := range p.Items {
			if err := add(rows, read, &p.Items[i], book); err != nil {
				return fmt.Errorf("item %d: %w", i+1, err)
			}
		}
		return nil
	})
	if err == nil {
		read.Rows, err = rows.Sorted()
	}
	if err != nil {
		return nil, fmt.Errorf("retail prices: %w", err)
	}
	return read, nil
}

func add(rows *feed.Rows, read *feed.Feed, it *item, book *pricing.Book) error {
	fee, ok := it.fee()
	if !ok {
		return nil
	}
	if it.Currency != "USD" {
		return fmt.Errorf("meter %s is in %q, want USD", it.MeterID, it.Currency)
	}
	unitBytes, want := uint64(0), "1 Hour"
	if fee < transferclass.FeeNATHour {
		unitBytes, want = feed.GiB, "1 GB"
	}
	if it.Unit != want {
		return fmt.Errorf("meter %s has the unit %q, want %s", it.MeterID, it.Unit, want)
	}
	start, err := it.start()
	if err != nil {
		return fmt.Errorf("meter %s: %w", it.MeterID, err)
	}
	if it.Since.After(read.Published) {
		read.Published = it.Since
	}
	return rows.Add(fee, it.place(fee, book), "", unitBytes, start, "meter "+it.MeterID+" in "+it.Region)
}

// meters are what is taken, by service or product and the meter's name.
var meters = []struct {
	service, product, meter string // a part of the name, "" for any
	fee                     transferclass.Fee
}{
	{"Bandwidth", "Preference: MGN", "Standard Data Transfer Out", transferclass.FeeInternet},
	{"Bandwidth", "Preference: Internet", "Standard Data Transfer Out", transferclass.FeeInternetStandard},
	{"NAT Gateway", "", "Standard Data Processed", transferclass.FeeNAT},
	{"NAT Gateway", "", "Standard Gateway", transferclass.FeeNATHour},
	{"", "Private Link", "Standard Data Processed - Egress", transferclass.FeeEndpoint},
	{"", "Private Link", "Standard Data Processed - Ingress", transferclass.FeeEndpointReturn},
	{"", "Private Link", "Standard Private Endpoint", transferclass.FeeEndpointHour},
}

// fee is what an item prices, false for what books lack.
func (it *item) fee() (transferclass.Fee, bool) {
	if it.Type != "Consumption" || it.Region == "" {
		return transferclass.FeeNone, false
	}
	for _, m := range meters {
		if it.Meter == m.meter && strings.Contains(it.Service, m.service) && strings.Contains(it.Product, m.product) {
			return m.fee, true
		}
	}
	return transferclass.FeeNone, false
}

// place is the zone for the meter that its regions share, else the region.
func (it *item) place(fee transferclass.Fee, book *pricing.Book) string {
	if fee != transferclass.FeeInternet {
		return it.Region
	}
	for _, group := range book.Groups[it.Region] {
		if strings.HasPrefix(group, "zone ") {
			return group
		}
	}
	return it.Region
}

func (it *item) start() (feed.Start, error) {
	from, err := feed.Whole(it.FromUnits)
	if err != nil {
		return feed.Start{}, fmt.Errorf("tierMinimumUnits %w", err)
	}
	rate, err := feed.Nano(it.Price.String())
	return feed.Start{FromUnits: from, RateNano: rate}, err
}
