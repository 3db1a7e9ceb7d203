package graphstore

import (
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/neo4j"
)

// chunkRows is how many rows one statement carries.
const chunkRows = 20_000

// column turns one field of all rows into a typed list. Lists go over the wire
// one and a half times as fast as a list of maps.
func column[R, V any](rows []R, field func(*R) V) []V {
	values := make([]V, len(rows))
	for i := range rows {
		values[i] = field(&rows[i])
	}
	return values
}

// textOf is a column of texts in which "" is absent: such a property is not
// written, which is most of what a relationship would take.
func textOf[R any](rows []R, field func(*R) string) []any {
	return column(rows, func(row *R) any {
		if text := field(row); text != "" {
			return text
		}
		return nil
	})
}

func entityColumns(ends []model.Identity, number int64) neo4j.Params {
	return neo4j.Params{
		"number":     number,
		"ids":        column(ends, func(e *model.Identity) string { return e.ID() }),
		"kinds":      column(ends, func(e *model.Identity) string { return string(e.Kind) }),
		"clusters":   textOf(ends, func(e *model.Identity) string { return e.Cluster }),
		"namespaces": textOf(ends, func(e *model.Identity) string { return e.Namespace }),
		"types":      textOf(ends, func(e *model.Identity) string { return e.Type }),
		"names":      textOf(ends, func(e *model.Identity) string { return e.Name }),
		"regions":    textOf(ends, func(e *model.Identity) string { return e.Region }),
	}
}

func keyColumns(keys []*model.EdgeKey, number int64) neo4j.Params {
	whole := func(field func(*model.EdgeKey) string) []string {
		return column(keys, func(k **model.EdgeKey) string { return field(*k) })
	}
	text := func(field func(*model.EdgeKey) string) []any {
		return textOf(keys, func(k **model.EdgeKey) string { return field(*k) })
	}
	return neo4j.Params{
		"number":               number,
		"ids":                  whole(func(k *model.EdgeKey) string { return k.ID().String() }),
		"keys":                 whole(func(k *model.EdgeKey) string { return k.String() }),
		"sources":              whole(func(k *model.EdgeKey) string { return k.Source.ID() }),
		"destinations":         whole(func(k *model.EdgeKey) string { return k.Destination.ID() }),
		"sourceRevisions":      text(func(k *model.EdgeKey) string { return k.SourceRevision }),
		"destinationRevisions": text(func(k *model.EdgeKey) string { return k.DestinationRevision }),
		"serverPorts":          column(keys, func(k **model.EdgeKey) int64 { return int64((*k).ServerPort) }),
		"protocols":            text(func(k *model.EdgeKey) string { return k.Protocol.String() }),
		"initiators":           text(func(k *model.EdgeKey) string { return string(k.Initiator) }),
		"sourceProviders":      text(func(k *model.EdgeKey) string { return k.SourcePlace.Provider }),
		"sourceRegions":        text(func(k *model.EdgeKey) string { return k.SourcePlace.Region }),
		"sourceZones":          text(func(k *model.EdgeKey) string { return k.SourcePlace.Zone }),
		"destinationProviders": text(func(k *model.EdgeKey) string { return k.DestinationPlace.Provider }),
		"destinationRegions":   text(func(k *model.EdgeKey) string { return k.DestinationPlace.Region }),
		"destinationZones":     text(func(k *model.EdgeKey) string { return k.DestinationPlace.Zone }),
		"sourceNetworks":       text(func(k *model.EdgeKey) string { return k.SourcePlace.Network }),
		"sourceAccounts":       text(func(k *model.EdgeKey) string { return k.SourcePlace.Account }),
		"destinationNetworks":  text(func(k *model.EdgeKey) string { return k.DestinationPlace.Network }),
		"destinationAccounts":  text(func(k *model.EdgeKey) string { return k.DestinationPlace.Account }),
		"pathKinds":            text(func(k *model.EdgeKey) string { return string(k.Path.Kind) }),
		"pathVias":             text(func(k *model.EdgeKey) string { return k.Path.Via }),
		"pathViaZones":         text(func(k *model.EdgeKey) string { return k.Path.ViaZone }),
		"pathsAssumed":         column(keys, func(k **model.EdgeKey) bool { return (*k).Path.Assumed }),
	}
}

// liveColumns are what a minute's changes do to the live relationships.
func liveColumns(changes []change, minute model.Minute) neo4j.Params {
	return neo4j.Params{
		"minute":        int64(minute),
		"relationships": column(changes, func(c *change) int64 { return c.relationship }),
		"ids":           column(changes, func(c *change) string { return c.edge.String() }),
		"bytesChanges":  column(changes, func(c *change) int64 { return c.bytes }),
		"costChanges":   column(changes, func(c *change) int64 { return c.costNano }),
		"carried":       column(changes, func(c *change) bool { return c.carried }),
	}
}
