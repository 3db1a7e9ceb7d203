package ranges_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/egressor/egressor/graphsvc/ranges"
)

func TestFeedsAreToldByTheirContent(t *testing.T) {
	tests := []struct {
		name, provider, text, want string
	}{
		{"aws", "", `{"syncToken":"1","createDate":"2026-08-22-10-00-00",
			"prefixes":[{"ip_prefix":"3.5.0.0/19","region":"us-east-1","service":"S3","network_border_group":"us-east-1"}],
			"ipv6_prefixes":[{"ipv6_prefix":"2600:1f00::/24","region":"GLOBAL","service":"AMAZON"}]}`,
			"aws 2026-08-22: 3.5.0.0/19 aws/s3/us-east-1; 2600:1f00::/24 aws/aws/; skipped 0"},
		{"gcp", "", `{"syncToken":"1","creationTime":"2026-08-22T10:00:00.1","prefixes":[{"ipv4Prefix":"34.1.208.0/20","service":"Google Cloud","scope":"africa-south1"}]}`,
			"gcp 2026-08-22: 34.1.208.0/20 gcp/gcp/africa-south1; skipped 0"},
		{"google", "", `{"syncToken":"1","creationTime":"2026-08-22T10:00:00.1","prefixes":[{"ipv6Prefix":"2001:4860::/32"}]}`,
			"google 2026-08-22: 2001:4860::/32 google/google/; skipped 0"},
		{"azure", "", `{"changeNumber":1,"cloud":"Public","values":[{"name":"Storage.WestEurope","properties":{"region":"westeurope","addressPrefixes":["20.38.108.0/23","no"]}}]}`,
			"azure : 20.38.108.0/23 azure/azure-storage/westeurope; skipped 1"},
		{"fastly", "", `{"addresses":["151.101.0.0/16"],"ipv6_addresses":[]}`, "fastly : 151.101.0.0/16 fastly/fastly/; skipped 0"},
		{"cloudflare", "", `{"result":{"ipv4_cidrs":["104.16.0.0/13"],"ipv6_cidrs":[]}}`, "cloudflare : 104.16.0.0/13 cloudflare/cloudflare/; skipped 0"},
		{"plain", "akamai", "# edge\n23.32.0.0/11\n\n2.16.0.0/13 # more\n", "akamai : 23.32.0.0/11 akamai/akamai/; 2.16.0.0/13 akamai/akamai/; skipped 0"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			feed, err := ranges.ParseFeed(test.provider, []byte(test.text))
			if err != nil {
				t.Fatal(err)
			}
			var got strings.Builder
			got.WriteString(feed.Provider + " " + feed.Date + ": ")
			for _, r := range feed.Ranges {
				got.WriteString(r.Prefix.String() + " " + r.Label.Provider + "/" + r.Label.Service + "/" + r.Label.Region + "; ")
			}
			if text := got.String() + "skipped " + string(rune('0'+len(feed.Skipped))); text != test.want {
				t.Errorf("got  %s\nwant %s", text, test.want)
			}
		})
	}
}

func TestWhatIsNoFeedIsRefused(t *testing.T) {
	for name, text := range map[string]string{"plain without provider": "1.0.0.0/8", "another object": `{"a":1}`, "empty": ""} {
		if _, err := ranges.ParseFeed("", []byte(text)); !errors.Is(err, ranges.ErrNoFeed) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, text := range []string{`{"addresses":["nonsense"]}`, `{"createDate":"x","prefixes":[]}`, `{"a":`} {
		if _, err := ranges.ParseFeed("", []byte(text)); err == nil {
			t.Errorf("%s: taken", text)
		}
	}
}

func FuzzParseFeed(f *testing.F) {
	f.Add(`{"createDate":"2026-08-22-10-00-00","prefixes":[{"ip_prefix":"3.5.0.0/19","region":"us-east-1","service":"S3"}]}`)
	f.Add(`{"values":[{"name":"Storage.WestEurope","properties":{"addressPrefixes":["20.38.108.0/23"]}}],"cloud":"Public"}`)
	f.Add("23.32.0.0/11")
	f.Fuzz(func(t *testing.T, text string) {
		feed, err := ranges.ParseFeed("someone", []byte(text))
		if (err == nil) != (len(feed.Ranges) > 0) {
			t.Fatalf("%d ranges and error %v", len(feed.Ranges), err)
		}
		ranges.Build(nil, feed.Ranges)
	})
}
