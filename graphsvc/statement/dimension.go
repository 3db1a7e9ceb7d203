package statement

import (
	"fmt"
	"slices"
	"time"

	"github.com/egressor/egressor/internal/model"
)

// Dimension is what lines are grouped by. Those of workload, deployment, team and
// namespace are of whom the charge is shown to in the view that was asked for.
type Dimension string

// Dimensions.
const (
	Workload   Dimension = "workload"    // a node's id, g/NAME of a gateway, idle, or "" where not known
	Deployment Dimension = "deployment"  // rollout revision, "" for what has none
	Team       Dimension = "team"        // "" where nobody is known to own it
	Namespace  Dimension = "namespace"   // "" for what has none
	Account    Dimension = "account"     // whose bill has the line, "" where not known
	Endpoint   Dimension = "endpoint"    // the cloud endpoint at either end, "" between workloads
	Path       Dimension = "path"        // the way, with its gateway
	ChargeCode Dimension = "charge-code" // usage type as on the bill, "" for what no bill mentions
	ZonePair   Dimension = "zone-pair"   // FROM -> TO
	Hour       Dimension = "hour"        // RFC 3339
	Day        Dimension = "day"         // RFC 3339, UTC
)

// Dimensions are all of them, in the order in which they are documented.
var Dimensions = []Dimension{
	Workload, Deployment, Team, Namespace, Account, Endpoint, Path, ChargeCode, ZonePair, Hour, Day,
}

// ParseDimension reads a dimension's name.
func ParseDimension(text string) (Dimension, error) {
	if d := Dimension(text); slices.Contains(Dimensions, d) {
		return d, nil
	}
	return "", fmt.Errorf("cannot group by %q: want one of %v", text, Dimensions)
}

const (
	minutesPerHour = 60
	minutesPerDay  = 24 * 60
)

// BucketMinutes is into how long buckets charges must be cut for a grouping; 0
// is the whole window.
func BucketMinutes(by []Dimension) model.Minute {
	switch {
	case slices.Contains(by, Hour):
		return minutesPerHour
	case slices.Contains(by, Day):
		return minutesPerDay
	default:
		return 0
	}
}

// Teams tells who owns a workload, "" where nobody is known to.
type Teams interface {
	// Team is by the rollout revision that moved the bytes where it is known, else
	// by the workload.
	Team(end model.Identity, revision string) string
}

// namer names the groups of charges.
type namer struct {
	view  View
	teams Teams
	ids   map[model.Identity]string // building an id costs more than looking it up
}

func (n *namer) id(end model.Identity) string {
	id, known := n.ids[end]
	if !known {
		id = end.ID()
		n.ids[end] = id
	}
	return id
}

// value is a charge's value in one dimension.
func (n *namer) value(c *Charge, s *subject, by Dimension) string {
	switch by {
	case Account:
		return c.Line.Account
	case ChargeCode:
		return c.Line.Code
	case Hour:
		return bucket(c.From, time.Hour)
	case Day:
		return bucket(c.From, minutesPerDay*time.Minute)
	case Endpoint, Path, ZonePair:
		return n.way(c, by)
	default:
		return n.owner(s, by)
	}
}

func bucket(from model.Minute, length time.Duration) string {
	return from.Start().Truncate(length).Format(time.RFC3339)
}

func (n *namer) owner(s *subject, by Dimension) string {
	switch {
	case by == Workload && s.identity.Kind != "":
		return n.id(s.identity)
	case by == Workload:
		return s.id
	case by == Deployment:
		return s.revision
	case by == Namespace:
		return s.identity.Namespace
	case s.identity.Kind == "" || n.teams == nil:
		return ""
	default:
		return n.teams.Team(s.identity, s.revision)
	}
}

func (n *namer) way(c *Charge, by Dimension) string {
	switch {
	case c.Key == nil:
		return ""
	case by == Path:
		return c.Key.Path.String()
	case by == ZonePair:
		return c.Key.SourcePlace.Zone + " -> " + c.Key.DestinationPlace.Zone
	case c.Key.Destination.Kind == model.KindCloudEndpoint:
		return n.id(c.Key.Destination)
	case c.Key.Source.Kind == model.KindCloudEndpoint:
		return n.id(c.Key.Source)
	default:
		return ""
	}
}
