package geoip_test

import (
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/maxmind/mmdbwriter"
	"github.com/maxmind/mmdbwriter/mmdbtype"

	"github.com/egressor/egressor/graphsvc/geoip"
)

// write makes a database of a type with one record per network.
func write(t *testing.T, databaseType string, records map[string]mmdbtype.Map) string {
	t.Helper()
	tree, err := mmdbwriter.New(mmdbwriter.Options{DatabaseType: databaseType, RecordSize: 24, IncludeReservedNetworks: true, Description: map[string]string{"en": "test"}})
	if err != nil {
		t.Fatal(err)
	}
	for network, record := range records {
		_, parsed, err := net.ParseCIDR(network)
		if err != nil {
			t.Fatal(err)
		}
		if err := tree.Insert(parsed, record); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(t.TempDir(), "test.mmdb")
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tree.WriteTo(file); err != nil {
		t.Fatal(err)
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func open(t *testing.T, path string) *geoip.File {
	t.Helper()
	file, err := geoip.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = file.Close() })
	return file
}

func TestInternetByASNAndByCountry(t *testing.T) {
	asn := open(t, write(t, "GeoLite2-ASN", map[string]mmdbtype.Map{
		"192.0.2.0/24":  {"autonomous_system_number": mmdbtype.Uint32(64500), "autonomous_system_organization": mmdbtype.String("Example Net")},
		"2001:db8::/32": {"autonomous_system_number": mmdbtype.Uint32(64501)},
	}))
	country := open(t, write(t, "GeoLite2-Country", map[string]mmdbtype.Map{
		"192.0.2.0/24":    {"country": mmdbtype.Map{"iso_code": mmdbtype.String("SE")}},
		"198.51.100.0/24": {"registered_country": mmdbtype.Map{"iso_code": mmdbtype.String("JP")}},
	}))
	for _, c := range []struct {
		file *geoip.File
		addr string
		want string
	}{
		{asn, "192.0.2.77", "e/internet//AS64500 Example Net by 192.0.2.0/24"},
		{asn, "2001:db8::1", "e/internet//AS64501 by 2001:db8::/32"},
		{asn, "203.0.113.1", ""},
		{country, "192.0.2.77", "e/internet//SE by 192.0.2.0/24"},
		{country, "198.51.100.1", "e/internet//JP by 198.51.100.0/24"},
		{country, "203.0.113.1", ""},
	} {
		got := ""
		if fact, ok := c.file.Fact(netip.MustParseAddr(c.addr)); ok {
			got = "e/" + fact.Endpoint.Class + "//" + fact.Endpoint.Name + " by " + fact.Endpoint.CIDRs[0].String()
			if !strings.HasPrefix(fact.Source, "geo/GeoLite2-") {
				t.Errorf("%s: source %s", c.addr, fact.Source)
			}
		}
		if got != c.want {
			t.Errorf("%s is %q, want %q", c.addr, got, c.want)
		}
	}
}

func TestWhatIsNoDatabaseIsRefused(t *testing.T) {
	damaged := write(t, "GeoLite2-ASN", map[string]mmdbtype.Map{"192.0.2.0/24": {"autonomous_system_number": mmdbtype.Uint32(1)}})
	text, err := os.ReadFile(damaged)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(damaged, text[:len(text)/2], 0o600); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		filepath.Join(t.TempDir(), "none.mmdb"): "no such file",
		damaged:                                 "GeoIP database",
		write(t, "GeoIP2-Domain", map[string]mmdbtype.Map{}): `is of type "GeoIP2-Domain": want one of autonomous systems`,
	} {
		if file, err := geoip.Open(path); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: file %v, error %v, want %s", path, file, err, want)
		}
	}
}
