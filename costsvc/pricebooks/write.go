package pricebooks

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/egressor/egressor/costsvc/pricebooks/format"
	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/internal/model"
)

// Write is the inverse of Parse: the file of a book. A book under an overlay has
// no file of its own and is an error, for terms belong to a customer.
func Write(book *pricing.Book) ([]byte, error) {
	if len(book.Networks) > 0 || len(book.Payers) > 0 || book.Switches != (pricing.Switches{}) {
		return nil, fmt.Errorf("price book %s %s is under an overlay and cannot be written as a book", book.Name, book.Version)
	}
	lines := []any{format.Header{
		Kind: format.KindBook, Book: book.Name, Provider: book.Provider, Version: book.Version, Currency: string(book.Currency),
		From: dateText(book.From), Until: dateText(book.Until), Regions: book.Regions, Groups: book.Groups,
	}}
	for _, source := range book.Sources {
		lines = append(lines, format.Source{Kind: format.KindSource, ID: source.ID, What: source.What, AsOf: source.AsOf, Reliability: source.Reliability})
	}
	for i := range book.Rows {
		lines = append(lines, priceOf(&book.Rows[i]))
	}
	var out bytes.Buffer
	encode := json.NewEncoder(&out)
	encode.SetEscapeHTML(false)
	for _, line := range lines {
		if err := encode.Encode(line); err != nil {
			return nil, err
		}
	}
	return out.Bytes(), nil
}

func priceOf(row *pricing.Row) format.Price {
	price := format.Price{
		Kind: format.KindPrice, ID: row.ID, Fee: row.Fee.String(), Region: row.Region, To: row.To, Code: row.Code, InCode: row.InCode,
		UnitBytes: row.UnitBytes, Switch: row.Switch, Partial: row.Partial, From: dateText(row.From), Until: dateText(row.Until),
		Source: row.Source, AsOf: row.AsOf, Note: row.Note,
	}
	for _, tier := range row.Tiers {
		price.Tiers = append(price.Tiers, format.Tier{FromBytes: tier.FromBytes, ToBytes: tier.ToBytes, RateNano: tier.RateNano})
	}
	return price
}

// dateText is "" for an open end.
func dateText(minute model.Minute) string {
	if minute == 0 {
		return ""
	}
	return minute.Start().Format("2006-01-02")
}
