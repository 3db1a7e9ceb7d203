// Package statement adds charge lines up for people: by workload, team, zone
// pair and so on, either as the cloud bills them or by who caused them. It is
// pure. Every charge falls into exactly one group of every grouping and view, so
// that whatever is asked for adds up to one and the same total.
package statement

import (
	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/internal/model"
)

// Charge is one charge line of one edge, added up over a bucket of time.
type Charge struct {
	// Edge is 0, and Key nil, for the part of a standing cost that nobody used.
	Edge model.EdgeID
	Key  *model.EdgeKey
	// From is where the bucket begins.
	From model.Minute
	// Line is without its edge and its place in the minute; Bytes and Amount are
	// the bucket's.
	Line pricing.Line
	// Standing is true for a share of what costs by the hour, see Cost. Such a
	// charge has no billed bytes.
	Standing bool
	// Gateway names what a standing charge is for.
	Gateway string
}
