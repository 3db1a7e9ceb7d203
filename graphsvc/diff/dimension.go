package diff

import (
	"fmt"
	"slices"

	"github.com/egressor/egressor/internal/model"
)

// Dimension is what rows are grouped by. Each puts every edge into exactly one
// group, so that the rows of any dimension add up to the same totals.
type Dimension string

// Dimensions.
const (
	ByTransfer             Dimension = "transfer"
	BySource               Dimension = "source"
	ByDestination          Dimension = "destination"
	ByPair                 Dimension = "pair"
	BySourceNamespace      Dimension = "source-namespace"
	ByDestinationNamespace Dimension = "destination-namespace"
	ByNamespacePair        Dimension = "namespace-pair"
	BySourceTeam           Dimension = "source-team"
	ByDestinationTeam      Dimension = "destination-team"
	ByTeamPair             Dimension = "team-pair"
	ByZonePair             Dimension = "zone-pair"
	ByPath                 Dimension = "path"
)

// Dimensions are all of them, in the order in which they are documented.
var Dimensions = []Dimension{
	ByTransfer, BySource, ByDestination, ByPair, BySourceNamespace, ByDestinationNamespace, ByNamespacePair,
	BySourceTeam, ByDestinationTeam, ByTeamPair, ByZonePair, ByPath,
}

// ParseDimension reads a dimension's name.
func ParseDimension(text string) (Dimension, error) {
	if d := Dimension(text); slices.Contains(Dimensions, d) {
		return d, nil
	}
	return "", fmt.Errorf("cannot group by %q: want one of %v", text, Dimensions)
}

// NeedsTeams reports whether rows are grouped by who owns a workload.
func (d Dimension) NeedsTeams() bool {
	return d == BySourceTeam || d == ByDestinationTeam || d == ByTeamPair
}

// Group names a row: one name, or a source and a destination. An unknown zone,
// and the namespace or team of what has none, is "".
type Group [2]string

// Names are one name, or two for a dimension of pairs.
func (d Dimension) Names(g Group) []string {
	if d == ByPair || d == ByNamespacePair || d == ByTeamPair || d == ByZonePair {
		return g[:]
	}
	return g[:1]
}

// Teams tells who owns a workload, "" where nobody is known to.
type Teams interface {
	// Team is by the rollout revision that moved the bytes where it is known,
	// else by the workload.
	Team(end model.Identity, revision string) string
}

// grouper sorts edges into groups. It keeps the ids that it has built: there
// are far fewer ends than edges.
type grouper struct {
	by    Dimension
	teams Teams
	ids   map[model.Identity]string
}

func (g *grouper) id(end model.Identity) string {
	id, known := g.ids[end]
	if !known {
		id = end.ID()
		g.ids[end] = id
	}
	return id
}

func (g *grouper) of(e *Edge) Group {
	k := &e.Key
	switch g.by {
	case BySource:
		return Group{g.id(k.Source)}
	case ByDestination:
		return Group{g.id(k.Destination)}
	case ByPair:
		return Group{g.id(k.Source), g.id(k.Destination)}
	case BySourceNamespace:
		return Group{k.Source.Namespace}
	case ByDestinationNamespace:
		return Group{k.Destination.Namespace}
	case ByNamespacePair:
		return Group{k.Source.Namespace, k.Destination.Namespace}
	case ByZonePair:
		return Group{k.SourcePlace.Zone, k.DestinationPlace.Zone}
	case ByPath:
		return Group{k.Path.String()}
	default:
		return g.byTeam(e)
	}
}

func (g *grouper) byTeam(e *Edge) Group {
	k := &e.Key
	switch g.by {
	case BySourceTeam:
		return Group{g.teams.Team(k.Source, k.SourceRevision)}
	case ByDestinationTeam:
		return Group{g.teams.Team(k.Destination, k.DestinationRevision)}
	case ByTeamPair:
		return Group{g.teams.Team(k.Source, k.SourceRevision), g.teams.Team(k.Destination, k.DestinationRevision)}
	default:
		return Group{e.ID.String()}
	}
}
