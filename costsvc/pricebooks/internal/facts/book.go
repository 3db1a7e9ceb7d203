package facts

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"

	"github.com/egressor/egressor/costsvc/pricebooks/format"
	"github.com/egressor/egressor/costsvc/transferclass"
)

// Version is the version of the books: the day the facts were collected.
const Version = "2026-11-23"

// Books returns the files of all books by name, from the facts in fsys.
func Books(fsys fs.FS) (map[string][]byte, error) {
	files := make(map[string][]byte)
	for _, book := range []struct {
		header format.Header
		fill   func(*builder, fs.FS) error
	}{
		{format.Header{Book: "aws", Provider: "aws", Currency: "USD"}, awsUSD},
		{format.Header{Book: "aws-cn", Provider: "aws", Currency: "CNY"}, awsCNY},
		{format.Header{Book: "gcp", Provider: "gcp", Currency: "USD"}, gcp},
		{format.Header{Book: "azure", Provider: "azure", Currency: "USD"}, azure},
	} {
		build := &builder{header: book.header}
		if err := book.fill(build, fsys); err != nil {
			return nil, fmt.Errorf("book %s: %w", book.header.Book, err)
		}
		text, err := build.file(fsys)
		if err != nil {
			return nil, fmt.Errorf("book %s: %w", book.header.Book, err)
		}
		files[book.header.Book] = text
	}
	return files, nil
}

// builder collects the rows of one book.
type builder struct {
	header format.Header
	// regions exist although no price may be known for them.
	regions []string
	prices  []*format.Price
	byID    map[string]*format.Price
}

// price returns the row with the id made of fee and places, new or known.
func (b *builder) price(fee transferclass.Fee, region, to string) *format.Price {
	id := strings.TrimSuffix(fee.String()+"/"+region+"/"+to, "/")
	if row, ok := b.byID[id]; ok {
		return row
	}
	row := &format.Price{Kind: format.KindPrice, ID: id, Fee: fee.String(), Region: region, To: to, UnitBytes: gib}
	if b.byID == nil {
		b.byID = make(map[string]*format.Price)
	}
	b.byID[id] = row
	b.prices = append(b.prices, row)
	return row
}

// variant returns a row that holds only under a switch, new or known.
func (b *builder) variant(fee transferclass.Fee, region, to, setting string) *format.Price {
	row := b.price(fee, region, to+"?"+setting)
	row.To, row.Switch = to, setting
	row.ID = strings.TrimSuffix(fee.String()+"/"+region+"/"+to, "/") + "?" + setting
	return row
}

// dated returns the row of a fee and region that holds from a day on.
func (b *builder) dated(fee transferclass.Fee, region, from string) *format.Price {
	row := b.price(fee, region, "@"+from)
	row.To, row.ID = "", fee.String()+"/"+region+"@"+from
	return row
}

// tier adds a tier to the row of fee and places from a record's columns.
func (b *builder) tier(r record, row *format.Price, price, from, to string) error {
	rate, err := r.nano(price)
	if err != nil {
		return err
	}
	tier := format.Tier{RateNano: rate}
	if tier.FromBytes, err = r.gibBytes(from); err != nil {
		return err
	}
	if tier.ToBytes, err = r.gibBytes(to); err != nil {
		return err
	}
	row.Tiers = append(row.Tiers, tier)
	if row.Source == "" {
		row.Source, row.AsOf, row.Note = r.get("source"), r.get("as_of"), r.get("note")
	}
	return nil
}

// flat adds a row with one price whatever the volume.
func (b *builder) flat(r record, fee transferclass.Fee, region, to, price string) (*format.Price, error) {
	row := b.price(fee, region, to)
	return row, b.tier(r, row, price, "", "")
}

// hourly turns a row into a price by the hour.
func hourly(row *format.Price) { row.UnitBytes = 0 }

var sourceID = regexp.MustCompile(`\b[A-Z][A-Z0-9]+(?:-[A-Z0-9]+)*\b`)

// file writes the book: its header, the sources that it uses, its prices.
func (b *builder) file(fsys fs.FS) ([]byte, error) {
	known, err := table(fsys, "sources.csv")
	if err != nil {
		return nil, err
	}
	used := make(map[string]bool)
	for _, row := range b.prices {
		if row.Source, err = sourcesOf(row.Source, known, used); err != nil {
			return nil, fmt.Errorf("row %s: %w", row.ID, err)
		}
		if last := row.Tiers[len(row.Tiers)-1]; last.ToBytes != 0 && !strings.HasSuffix(row.Fee, "-allowance") {
			row.Partial = true
		}
	}
	b.header.Kind, b.header.Version, b.header.Regions = format.KindBook, Version, b.allRegions()
	var out bytes.Buffer
	encode := json.NewEncoder(&out)
	encode.SetEscapeHTML(false)
	lines := []any{b.header}
	for _, r := range known {
		if id := r.get("source_id"); used[id] {
			lines = append(lines, format.Source{Kind: format.KindSource, ID: id, What: r.get("what"), AsOf: r.get("as_of"), Reliability: r.get("reliability")})
		}
	}
	for _, row := range b.prices {
		lines = append(lines, row)
	}
	for _, line := range lines {
		if err := encode.Encode(line); err != nil {
			return nil, err
		}
	}
	return out.Bytes(), nil
}

// allRegions are the regions that the facts speak of anywhere, sorted.
func (b *builder) allRegions() []string {
	regions := slices.Clone(b.regions)
	for _, row := range b.prices {
		regions = append(regions, row.Region, row.To)
	}
	for region := range b.header.Groups {
		regions = append(regions, region)
	}
	regions = slices.DeleteFunc(regions, func(name string) bool {
		return !isRegion(name) && len(b.header.Groups[name]) == 0
	})
	slices.Sort(regions)
	return slices.Compact(regions)
}

// sourcesOf finds the source ids in a free text, in order.
func sourcesOf(text string, known []record, used map[string]bool) (string, error) {
	var ids []string
	for _, id := range sourceID.FindAllString(text, -1) {
		for _, r := range known {
			if r.get("source_id") == id {
				ids = append(ids, id)
				used[id] = true
			}
		}
	}
	if len(ids) == 0 {
		return "", fmt.Errorf("source %q names no row of sources.csv", text)
	}
	return strings.Join(ids, "; "), nil
}
