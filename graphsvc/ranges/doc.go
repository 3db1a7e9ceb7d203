// Package ranges knows whose a public address is by what providers publish:
// AWS, Google Cloud and Azure with service and region, CDNs, and others. It is
// pure: it parses feeds, builds a table and looks addresses up in it. The table
// that ships with this build is in the package published.
//
// Of several ranges that hold an address the longest prefix wins, and of equal
// prefixes the more specific service (docs/adr/0013).
package ranges
