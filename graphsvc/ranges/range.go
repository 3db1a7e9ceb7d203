package ranges

import (
	"cmp"
	"net/netip"
)

// Label says whose a range is and what it is for.
type Label struct {
	// Provider is "aws", "gcp", "azure", "cloudflare", ...
	Provider string
	// Service is the endpoint class that ranges of the service get: "s3", "ec2",
	// "azure-storage", and the provider's name where the feed says no more.
	Service string
	// Region is the provider's name of the region, "" for global and unknown.
	Region string
}

// Range is one published prefix.
type Range struct {
	Prefix netip.Prefix
	Label  Label
}

// Match is what a table says of an address.
type Match struct {
	Label
	// Prefix is the range that decided.
	Prefix netip.Prefix
}

// Origin says where one provider's ranges in a table come from.
type Origin struct {
	Provider string
	// Source is the address of the feed, and how it came here.
	Source string
	// Date is the day of the feed, as 2026-10-26.
	Date string
}

// comparePrefixes puts a range right behind the ranges that hold it.
func comparePrefixes(a, b netip.Prefix) int {
	return cmp.Or(a.Addr().Compare(b.Addr()), cmp.Compare(a.Bits(), b.Bits()))
}
