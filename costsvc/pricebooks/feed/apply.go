package feed

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/internal/model"
)

// Apply returns the book with the feed's prices in place of its own, and new
// rows where it had gaps. Prices that the feed does not have stay, with their
// source. The version is the feed's date, unless the book is newer.
func Apply(book *pricing.Book, feed *Feed) (*pricing.Book, error) {
	if book.Provider != feed.Provider || book.Currency != "USD" {
		return nil, fmt.Errorf("price book %s is for %s in %s: the feed is for %s in USD", book.Name, book.Provider, book.Currency, feed.Provider)
	}
	if len(book.Networks) > 0 || len(book.Payers) > 0 || book.Switches != (pricing.Switches{}) {
		return nil, errors.New("a book under an overlay cannot be refreshed: refresh the book, and keep the overlay")
	}
	fresh := *book
	fresh.Rows, fresh.Sources = slices.Clone(book.Rows), slices.Clone(book.Sources)
	date := feed.Published.UTC().Format(time.DateOnly)
	source := pricing.Source{ID: "FEED-" + feed.Offer, What: feed.What, AsOf: date, Reliability: "high"}
	fresh.Sources = slices.DeleteFunc(fresh.Sources, func(s pricing.Source) bool { return s.ID == source.ID })
	fresh.Sources = append(fresh.Sources, source)
	for _, row := range feed.Rows {
		row.Source, row.AsOf = source.ID, date
		at := slices.IndexFunc(fresh.Rows, func(known pricing.Row) bool { return known.ID == row.ID })
		if at < 0 && covered(book, &row, feed.Published) {
			continue
		}
		if at < 0 {
			fresh.Rows = append(fresh.Rows, row)
			fresh.Regions = withRegions(fresh.Regions, row.Region, row.To)
			continue
		}
		known := fresh.Rows[at]
		if known.From != 0 || known.Until != 0 {
			return nil, fmt.Errorf("price row %s holds between dates: a feed of today cannot replace it", known.ID)
		}
		row.Code, row.InCode = known.Code, known.InCode // as bills write them
		fresh.Rows[at] = row
	}
	fresh.Version = max(book.Version, date)
	return pricing.NewBook(fresh)
}

// covered reports whether a row of a wider place has the price already: the book
// may have one row for all regions where a feed has one for each.
func covered(book *pricing.Book, row *pricing.Row, at time.Time) bool {
	known := book.Lookup(row.Fee, row.Region, row.To, model.MinuteOf(at))
	return known != nil && known.UnitBytes == row.UnitBytes && slices.Equal(known.Tiers, row.Tiers)
}

// withRegions adds regions to a list that is not empty; an empty one takes any.
func withRegions(regions []string, more ...string) []string {
	for _, region := range more {
		if region != "" && len(regions) > 0 && !slices.Contains(regions, region) {
			regions = append(slices.Clone(regions), region)
			slices.Sort(regions)
		}
	}
	return regions
}
