// Package geoip names internet addresses by a file in MaxMind's format that the
// user supplies: by autonomous system, or by country. It is the only importer of
// that format's reader.
package geoip

import (
	"errors"
	"fmt"
	"net/netip"
	"strings"
	"time"

	"github.com/oschwald/maxminddb-golang/v2"

	"github.com/egressor/egressor/internal/model"
)

// File is an open database.
type File struct {
	reader *maxminddb.Reader
	kind   kind
	source string
}

// kind is what the database says of an address.
type kind uint8

const (
	byASN kind = iota
	byCountry
)

// Open opens a database of autonomous systems (GeoLite2-ASN and the like) or of
// countries (GeoLite2-Country, -City). It checks the whole file: a damaged one is
// refused.
func Open(path string) (*File, error) {
	reader, err := maxminddb.Open(path)
	if err != nil {
		return nil, fmt.Errorf("GeoIP database %s: %w", path, err)
	}
	if err := reader.Verify(); err != nil {
		return nil, errors.Join(fmt.Errorf("GeoIP database %s is damaged: %w: fetch it again", path, err), reader.Close())
	}
	f := &File{reader: reader}
	switch held := reader.Metadata.DatabaseType; {
	case strings.Contains(held, "ASN"), strings.Contains(held, "ISP"):
		f.kind = byASN
	case strings.Contains(held, "Country"), strings.Contains(held, "City"):
		f.kind = byCountry
	default:
		return nil, errors.Join(fmt.Errorf("GeoIP database %s is of type %q: want one of autonomous systems (ASN) or of countries", path, held), reader.Close())
	}
	built := time.Unix(int64(reader.Metadata.BuildEpoch), 0).UTC().Format(time.DateOnly)
	f.source = "geo/" + reader.Metadata.DatabaseType + "/" + built
	return f, nil
}

// Close closes the file.
func (f *File) Close() error { return f.reader.Close() }

// record has what databases of both kinds say.
type record struct {
	Number       uint32 `maxminddb:"autonomous_system_number"`
	Organization string `maxminddb:"autonomous_system_organization"`
	Country      struct {
		Code string `maxminddb:"iso_code"`
	} `maxminddb:"country"`
	Registered struct {
		Code string `maxminddb:"iso_code"`
	} `maxminddb:"registered_country"`
}

// Fact states an address's network as an endpoint of class "internet", named by
// its autonomous system or country: one node in the graph for each, however many
// networks it has.
func (f *File) Fact(addr netip.Addr) (model.Fact, bool) {
	found := f.reader.Lookup(addr)
	var r record
	if !found.Found() || found.Decode(&r) != nil {
		return model.Fact{}, false
	}
	name := f.nameOf(&r)
	if name == "" {
		return model.Fact{}, false
	}
	prefix := found.Prefix().Masked()
	return model.Fact{
		Kind: model.FactEndpoint, Key: "geo/" + prefix.String(), Source: f.source,
		Endpoint: &model.EndpointFact{Class: "internet", Name: name, CIDRs: []netip.Prefix{prefix}},
	}, true
}

func (f *File) nameOf(r *record) string {
	switch {
	case f.kind == byASN && r.Number != 0:
		return strings.TrimSpace(fmt.Sprintf("AS%d %s", r.Number, r.Organization))
	case f.kind == byCountry && r.Country.Code != "":
		return r.Country.Code
	case f.kind == byCountry:
		return r.Registered.Code
	default:
		return ""
	}
}
