package ranges

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"
)

// Feed is what one provider's file says.
type Feed struct {
	Provider string
	// Date is the day the provider gives for it, "" where it gives none.
	Date   string
	Ranges []Range
	// Skipped are entries that are no address range, with the reason.
	Skipped []error
}

// ErrNoFeed is what a text that no provider publishes gives.
var ErrNoFeed = errors.New("no feed that is known: want AWS's ip-ranges.json, Google's cloud.json or goog.json, an Azure service-tags file, Cloudflare's or Fastly's list, or plain CIDR lines with --provider")

// ParseFeed reads a provider's file as the provider publishes it, telling the
// kind by its content. provider is for plain lists of ranges, one a line, and
// may be "" for the rest.
func ParseFeed(provider string, text []byte) (Feed, error) {
	text = bytes.TrimSpace(text)
	if len(text) == 0 || text[0] != '{' {
		return parsePlain(provider, text)
	}
	var keys map[string]json.RawMessage
	if err := json.Unmarshal(text, &keys); err != nil {
		return Feed{}, fmt.Errorf("not JSON: %w", err)
	}
	switch {
	case keys["createDate"] != nil && keys["prefixes"] != nil:
		return parseAWS(text)
	case keys["creationTime"] != nil && keys["prefixes"] != nil:
		return parseGoogle(text)
	case keys["values"] != nil && keys["cloud"] != nil:
		return parseAzure(text)
	case keys["addresses"] != nil:
		return parseFastly(text)
	case keys["result"] != nil:
		return parseCloudflare(text)
	default:
		return Feed{}, ErrNoFeed
	}
}

// add appends one entry, or says why it is none.
func (f *Feed) add(prefix, service, region string) {
	r, err := RangeOf(f.Provider, service, region, prefix)
	if err != nil {
		f.Skipped = append(f.Skipped, err)
		return
	}
	f.Ranges = append(f.Ranges, r)
}

// done fails a feed in which nothing was readable: it must not replace one that
// was.
func (f *Feed) done() (Feed, error) {
	if len(f.Ranges) == 0 {
		return Feed{}, fmt.Errorf("the feed of %s has no readable range (%d entries are no ranges)", f.Provider, len(f.Skipped))
	}
	return *f, nil
}

func parsePlain(provider string, text []byte) (Feed, error) {
	if provider == "" || len(text) == 0 {
		return Feed{}, ErrNoFeed
	}
	feed := Feed{Provider: provider}
	for line := range strings.Lines(string(text)) {
		line, _, _ = strings.Cut(line, "#")
		if line = strings.TrimSpace(line); line != "" {
			feed.add(line, "", "")
		}
	}
	return feed.done()
}

func parseAWS(text []byte) (Feed, error) {
	var file struct {
		CreateDate string `json:"createDate"`
		Prefixes   []struct {
			Prefix  string `json:"ip_prefix"`
			Region  string `json:"region"`
			Service string `json:"service"`
		} `json:"prefixes"`
		IPv6Prefixes []struct {
			Prefix  string `json:"ipv6_prefix"`
			Region  string `json:"region"`
			Service string `json:"service"`
		} `json:"ipv6_prefixes"`
	}
	if err := json.Unmarshal(text, &file); err != nil {
		return Feed{}, fmt.Errorf("AWS's feed: %w", err)
	}
	feed := Feed{Provider: "aws", Date: day("2006-01-02-15-04-05", file.CreateDate)}
	for _, e := range file.Prefixes {
		feed.add(e.Prefix, e.Service, e.Region)
	}
	for _, e := range file.IPv6Prefixes {
		feed.add(e.Prefix, e.Service, e.Region)
	}
	return feed.done()
}

// parseGoogle reads cloud.json, the addresses of customers with their region,
// and goog.json, all of Google without one. Each is a provider of its own, since
// one overlaps the other: what is in goog.json alone is Google's own products.
func parseGoogle(text []byte) (Feed, error) {
	var file struct {
		CreationTime string `json:"creationTime"`
		Prefixes     []struct {
			IPv4    string `json:"ipv4Prefix"`
			IPv6    string `json:"ipv6Prefix"`
			Service string `json:"service"`
			Scope   string `json:"scope"`
		} `json:"prefixes"`
	}
	if err := json.Unmarshal(text, &file); err != nil {
		return Feed{}, fmt.Errorf("google's feed: %w", err)
	}
	feed := Feed{Provider: "google", Date: day("2006-01-02T15:04:05.999999", file.CreationTime)}
	for _, e := range file.Prefixes {
		if e.Scope != "" {
			feed.Provider = "gcp"
		}
	}
	for _, e := range file.Prefixes {
		feed.add(e.IPv4+e.IPv6, e.Service, e.Scope)
	}
	return feed.done()
}

func parseAzure(text []byte) (Feed, error) {
	var file struct {
		Values []struct {
			Name       string `json:"name"`
			Properties struct {
				Region   string   `json:"region"`
				Prefixes []string `json:"addressPrefixes"`
			} `json:"properties"`
		} `json:"values"`
	}
	if err := json.Unmarshal(text, &file); err != nil {
		return Feed{}, fmt.Errorf("azure's feed: %w", err)
	}
	feed := Feed{Provider: "azure"}
	for _, tag := range file.Values {
		for _, prefix := range tag.Properties.Prefixes {
			feed.add(prefix, tag.Name, tag.Properties.Region)
		}
	}
	return feed.done()
}

func parseFastly(text []byte) (Feed, error) {
	var file struct {
		IPv4 []string `json:"addresses"`
		IPv6 []string `json:"ipv6_addresses"`
	}
	if err := json.Unmarshal(text, &file); err != nil {
		return Feed{}, fmt.Errorf("fastly's feed: %w", err)
	}
	feed := Feed{Provider: "fastly"}
	for _, prefix := range append(file.IPv4, file.IPv6...) {
		feed.add(prefix, "", "")
	}
	return feed.done()
}

func parseCloudflare(text []byte) (Feed, error) {
	var file struct {
		Result struct {
			IPv4 []string `json:"ipv4_cidrs"`
			IPv6 []string `json:"ipv6_cidrs"`
		} `json:"result"`
	}
	if err := json.Unmarshal(text, &file); err != nil {
		return Feed{}, fmt.Errorf("cloudflare's feed: %w", err)
	}
	feed := Feed{Provider: "cloudflare"}
	for _, prefix := range append(file.Result.IPv4, file.Result.IPv6...) {
		feed.add(prefix, "", "")
	}
	return feed.done()
}

// day is the date of a moment in a layout, "" where it is not in it.
func day(layout, text string) string {
	at, err := time.Parse(layout, text)
	if err != nil {
		return ""
	}
	return at.Format(time.DateOnly)
}
