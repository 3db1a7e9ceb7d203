package pricebooks

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/costsvc/transferclass"
	"github.com/egressor/egressor/internal/money"
)

// overlayFile is the form of an overlay. Numbers are read as text, so that none
// is ever a float. docs/formats/overlay.md describes it.
type overlayFile struct {
	Overlay   string            `yaml:"overlay"`
	Book      string            `yaml:"book"`
	Switches  map[string]string `yaml:"switches"`
	Payers    map[string]string `yaml:"payers"`
	Discounts []discountItem    `yaml:"discounts"`
	Rates     []rateItem        `yaml:"rates"`
	Networks  []networkItem     `yaml:"networks"`
}

type discountItem struct {
	Name    string   `yaml:"name"`
	Percent string   `yaml:"percent"`
	Fees    []string `yaml:"fees"`
	Regions []string `yaml:"regions"`
	From    string   `yaml:"from"`
	Until   string   `yaml:"until"`
}

type rateItem struct {
	Name  string     `yaml:"name"`
	Row   string     `yaml:"row"`
	Rate  string     `yaml:"rate"`
	Tiers []tierItem `yaml:"tiers"`
	From  string     `yaml:"from"`
	Until string     `yaml:"until"`
}

// tierItem ends at UpTo units of the row's price; the last has no end.
type tierItem struct {
	UpTo uint64 `yaml:"up_to"`
	Rate string `yaml:"rate"`
}

type networkItem struct {
	Name      string   `yaml:"name"`
	Monthly   string   `yaml:"monthly"`
	Currency  string   `yaml:"currency"`
	Endpoints []string `yaml:"endpoints"`
	Via       []string `yaml:"via"`
	From      string   `yaml:"from"`
	Until     string   `yaml:"until"`
}

var overlayName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]*$`)

// OverlayName is the name that an overlay gives itself.
func OverlayName(text []byte) (string, error) {
	var file overlayFile
	if err := yaml.Unmarshal(text, &file); err != nil {
		return "", yamlError("overlay", err)
	}
	return file.Overlay, nil
}

// ParseOverlay reads an overlay and returns the book under its terms. It is as
// strict as Parse is: an unknown field, or a term that the book cannot have, is
// an error that begins with "NAME:LINE:", and nothing is half applied.
func ParseOverlay(book *pricing.Book, name string, text []byte) (*pricing.Book, error) {
	var file overlayFile
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	decoder.KnownFields(true)
	if err := decoder.Decode(&file); err != nil {
		return nil, yamlError(name, err)
	}
	if err := decoder.Decode(new(yaml.Node)); !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%s:1: more than one YAML document", name)
	}
	lines, err := linesOf(text)
	if err != nil {
		return nil, yamlError(name, err)
	}
	digest := sha256.Sum256(text)
	overlay := &pricing.Overlay{Name: file.Overlay, Digest: hex.EncodeToString(digest[:]), Payers: file.Payers}
	err = file.fill(overlay, book, lines)
	if err == nil {
		var terms *pricing.Book
		if terms, err = book.Apply(overlay); err == nil {
			return terms, nil
		}
	}
	var fault *pricing.OverlayError
	if errors.As(err, &fault) {
		return nil, fmt.Errorf("%s:%d: %s", name, fault.Line, fault.Problem)
	}
	return nil, fmt.Errorf("%s: %w", name, err)
}

// fill turns the file's items into the overlay.
func (f *overlayFile) fill(o *pricing.Overlay, book *pricing.Book, lines fileLines) error {
	switch {
	case !overlayName.MatchString(f.Overlay):
		return &pricing.OverlayError{Line: lines.of("overlay"), Problem: fmt.Sprintf("overlay %q: want a name of letters, digits, dots and dashes", f.Overlay)}
	case f.Book != book.Name:
		return &pricing.OverlayError{Line: lines.of("book"), Problem: fmt.Sprintf("it is for price book %q, not %s", f.Book, book.Name)}
	}
	for id, value := range f.Switches {
		if err := o.Switches.Set(id, value); err != nil {
			return &pricing.OverlayError{Line: lines.of("switches"), Problem: err.Error()}
		}
	}
	for i := range f.Discounts {
		line := lines.item("discounts", i)
		discount, err := f.Discounts[i].discount()
		if err != nil {
			return &pricing.OverlayError{Line: line, Problem: err.Error()}
		}
		discount.Line = line
		o.Discounts = append(o.Discounts, discount)
	}
	for i := range f.Rates {
		line := lines.item("rates", i)
		rate, err := f.Rates[i].rate()
		if err != nil {
			return &pricing.OverlayError{Line: line, Problem: err.Error()}
		}
		rate.Line = line
		o.Rates = append(o.Rates, rate)
	}
	for i := range f.Networks {
		network, err := f.Networks[i].network()
		if err != nil {
			return &pricing.OverlayError{Line: lines.item("networks", i), Problem: err.Error()}
		}
		o.Networks = append(o.Networks, network)
	}
	return nil
}

func (item *discountItem) discount() (pricing.Discount, error) {
	d := pricing.Discount{Name: item.Name, Regions: item.Regions}
	percent, err := decimal(item.Percent, 4)
	if err != nil || percent <= 0 || percent > 1_000_000 || item.Name == "" {
		return d, fmt.Errorf("discount %q of %q percent: want a name, and more than 0 to 100 with at most 4 decimal places", item.Name, item.Percent)
	}
	d.PerMillion = percent
	for _, name := range item.Fees {
		fee, ok := transferclass.ParseFee(name)
		if !ok {
			return d, fmt.Errorf("discount %q: fee %q is not known", item.Name, name)
		}
		d.Fees = append(d.Fees, fee)
	}
	d.From, d.Until, err = period(item.From, item.Until)
	return d, err
}

func (item *rateItem) rate() (pricing.PrivateRate, error) {
	r := pricing.PrivateRate{Name: item.Name, Row: item.Row}
	if item.Row == "" || (item.Rate == "") == (len(item.Tiers) == 0) {
		return r, fmt.Errorf("rate for row %q: want a row, and either rate or tiers", item.Row)
	}
	tiers := item.Tiers
	if item.Rate != "" {
		tiers = []tierItem{{Rate: item.Rate}}
	}
	from := uint64(0)
	for i, tier := range tiers {
		if tier.UpTo>>33 != 0 || (tier.UpTo == 0) != (i == len(tiers)-1) || tier.UpTo != 0 && tier.UpTo <= from {
			return r, fmt.Errorf("rate for row %q: tiers must rise to below 2^33 units, and the last, and only it, has no up_to", item.Row)
		}
		rate, err := decimal(tier.Rate, 9)
		if err != nil || rate < 0 {
			return r, fmt.Errorf("rate for row %q: %q: want a decimal number of at most 9 places", item.Row, tier.Rate)
		}
		r.Tiers = append(r.Tiers, pricing.Tier{FromBytes: from, ToBytes: tier.UpTo, RateNano: rate})
		from = tier.UpTo
	}
	var err error
	r.From, r.Until, err = period(item.From, item.Until)
	return r, err
}

func (item *networkItem) network() (pricing.Network, error) {
	n := pricing.Network{Name: item.Name, Endpoints: item.Endpoints, Via: item.Via}
	monthly, err := decimal(item.Monthly, 2)
	if err != nil || monthly < 0 {
		return n, fmt.Errorf("network %q: monthly %q: want a decimal number of at most 2 places", item.Name, item.Monthly)
	}
	if item.Name == "" || len(item.Endpoints)+len(item.Via) == 0 || len(item.Currency) != 3 || strings.ToUpper(item.Currency) != item.Currency {
		return n, fmt.Errorf("network %q: want a name, a currency such as EUR, and endpoints or via that say what it carries", item.Name)
	}
	const nanoPerCent = 10_000_000
	if monthly > 9_000_000_000*100/10 { // 9e8 units in cents: far below 2^63 nano-units
		return n, fmt.Errorf("network %q: %q a month is out of range", item.Name, item.Monthly)
	}
	n.Monthly = money.Money{Amount: money.FromNano(monthly * nanoPerCent), Currency: money.Currency(item.Currency)}
	n.From, n.Until, err = period(item.From, item.Until)
	return n, err
}
