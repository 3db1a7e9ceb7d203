package ranges_test

import (
	"bytes"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/egressor/egressor/graphsvc/ranges"
	"github.com/egressor/egressor/graphsvc/ranges/published"
)

func label(provider, service, region string) ranges.Label {
	return ranges.Label{Provider: provider, Service: service, Region: region}
}

func TestTheMostSpecificRangeDecides(t *testing.T) {
	table := ranges.Build(nil, []ranges.Range{
		{netip.MustParsePrefix("52.0.0.0/8"), label("aws", "aws", "us-east-1")},
		{netip.MustParsePrefix("52.216.0.0/15"), label("aws", "aws", "us-east-1")},
		{netip.MustParsePrefix("52.216.0.0/15"), label("aws", "ec2", "us-east-1")},
		{netip.MustParsePrefix("52.216.0.0/15"), label("aws", "s3", "us-east-1")},
		{netip.MustParsePrefix("52.217.4.0/24"), label("aws", "ec2", "us-east-1")},
		{netip.MustParsePrefix("20.0.0.0/8"), label("azure", "azure", "eastus")},
		{netip.MustParsePrefix("20.1.0.0/16"), label("azure", "azure-storage", "")},
	})
	for addr, want := range map[string]string{
		"52.1.2.3":        "aws/us-east-1 52.0.0.0/8",
		"52.216.9.9":      "s3/us-east-1 52.216.0.0/15",
		"52.217.4.1":      "ec2/us-east-1 52.217.4.0/24",
		"52.217.5.0":      "s3/us-east-1 52.216.0.0/15",
		"::ffff:52.1.2.3": "aws/us-east-1 52.0.0.0/8",
		"20.1.0.0":        "azure-storage/eastus 20.1.0.0/16",
		"20.0.255.255":    "azure/eastus 20.0.0.0/8",
		"53.0.0.0":        "nobody",
		"51.255.255.255":  "nobody",
		"0.0.0.0":         "nobody",
		"2600::1":         "nobody",
	} {
		if got := told(table, netip.MustParseAddr(addr)); got != want {
			t.Errorf("%s is %s, want %s", addr, got, want)
		}
	}
}

func told(table *ranges.Table, addr netip.Addr) string {
	match, ok := table.Find(addr)
	if !ok {
		return "nobody"
	}
	return match.Service + "/" + match.Region + " " + match.Prefix.String()
}

// TestFindAgreesWithASearchOfTheList compares the flat structure with the rule
// as it is written, on ranges that nest and touch.
func TestFindAgreesWithASearchOfTheList(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		prefix := rapid.Custom(func(t *rapid.T) netip.Prefix {
			if rapid.Bool().Draw(t, "six") {
				addr := netip.AddrFrom16([16]byte{0x26, 0, 15: rapid.Byte().Draw(t, "low")})
				return netip.PrefixFrom(addr, rapid.IntRange(118, 128).Draw(t, "bits")).Masked()
			}
			addr := netip.AddrFrom4([4]byte{255, 255, 255, rapid.Byte().Draw(t, "low")})
			return netip.PrefixFrom(addr, rapid.IntRange(22, 32).Draw(t, "bits")).Masked()
		})
		list := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) ranges.Range {
			return ranges.Range{Prefix: prefix.Draw(t, "prefix"), Label: label("aws", rapid.SampledFrom([]string{"s3", "ec2", "aws"}).Draw(t, "service"), "us-east-1")}
		}), 0, 30).Draw(t, "ranges")
		table := ranges.Build(nil, list)
		shuffled := ranges.Build(nil, rapid.Permutation(list).Draw(t, "shuffled"))
		addr := prefix.Draw(t, "asked").Addr()
		got, found := table.Find(addr)
		longest := -1
		for _, r := range list {
			if r.Prefix.Contains(addr) {
				longest = max(longest, r.Prefix.Bits())
			}
		}
		if found != (longest >= 0) {
			t.Fatalf("%s: found %v, longest prefix %d", addr, found, longest)
		}
		if found && !slices.ContainsFunc(list, func(r ranges.Range) bool {
			return r.Prefix.Contains(addr) && r.Prefix.Bits() == longest && r.Label == got.Label
		}) {
			t.Fatalf("%s: %v is no label of the longest prefix (%d)", addr, got, longest)
		}
		if again, _ := shuffled.Find(addr); again != got {
			t.Fatalf("%s: %v in one order, %v in another", addr, got, again)
		}
	})
}

func TestTextRoundTrip(t *testing.T) {
	table, err := published.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	var text bytes.Buffer
	if err := table.WriteText(&text); err != nil {
		t.Fatal(err)
	}
	again, err := ranges.ParseText("again", text.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	var second bytes.Buffer
	if err := again.WriteText(&second); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(text.Bytes(), second.Bytes()) {
		t.Error("a table that was written and read is written differently")
	}
}

// TestEmbeddedKnowsServicesAndRegions asks for addresses whose owner is public
// knowledge.
func TestEmbeddedKnowsServicesAndRegions(t *testing.T) {
	table, err := published.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	for addr, want := range map[string]string{
		"52.216.0.1":   "aws s3 us-east-1",
		"52.94.0.1":    "aws dynamodb us-east-1",
		"104.16.1.1":   "cloudflare cloudflare ",
		"151.101.1.1":  "fastly fastly ",
		"34.64.64.1":   "gcp gcp asia-northeast3",
		"20.38.98.100": "azure azure-storage eastus",
		"2606:4700::1": "cloudflare cloudflare ",
		"10.0.0.1":     "",
		"192.0.2.1":    "",
	} {
		got := ""
		if match, ok := table.Find(netip.MustParseAddr(addr)); ok {
			got = match.Provider + " " + match.Service + " " + match.Region
		}
		if got != want {
			t.Errorf("%s is %q, want %q", addr, got, want)
		}
	}
	for _, origin := range table.Origins() {
		if origin.Date == "" || origin.Source == "" {
			t.Errorf("%s has no date or no source: %+v", origin.Provider, origin)
		}
	}
}

func TestBrokenTextNamesTheLine(t *testing.T) {
	for text, want := range map[string]string{
		"":                                  `f: empty`,
		"1.0.0.0/8\t0\n":                    `f:1: "1.0.0.0/8\t0": want the form`,
		"egressor-ranges 1\n1.0.0.0/8\t0\n": `f:2: label "0": there are 0`,
		"egressor-ranges 1\nlabel\taws\ts3\tus-east-1\n1.0.0/8\t0\n": `f:3: "1.0.0/8" is no address range`,
		"egressor-ranges 1\nnonsense\n":                              `f:2: "nonsense" is neither`,
	} {
		_, err := ranges.ParseText("f", []byte(text))
		if err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}

func BenchmarkFind(b *testing.B) {
	table, err := published.Embedded()
	if err != nil {
		b.Fatal(err)
	}
	for _, family := range []string{"IPv4", "IPv6"} {
		b.Run(family, func(b *testing.B) {
			addrs := spread(family == "IPv6", 1<<16)
			b.ReportMetric(float64(table.Bytes()), "table-bytes")
			for i := 0; b.Loop(); i++ {
				table.Find(addrs[i&(len(addrs)-1)])
			}
		})
	}
}

// spread are addresses all over the space, in an order no cache can follow.
func spread(six bool, n int) []netip.Addr {
	addrs := make([]netip.Addr, n)
	state := uint32(1)
	for i := range addrs {
		state = state*1664525 + 1013904223
		if !six {
			addrs[i] = netip.AddrFrom4([4]byte{byte(state >> 24), byte(state >> 16), byte(state >> 8), byte(state)})
			continue
		}
		addrs[i] = netip.AddrFrom16([16]byte{0x26, 0x03, byte(state >> 24), byte(state >> 16), byte(state >> 8), byte(state)})
	}
	return addrs
}
