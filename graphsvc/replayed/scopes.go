package replayed

import (
	"github.com/egressor/egressor/graphsvc/access"
	"github.com/egressor/egressor/internal/model"
)

// within reports whether an end of a transfer lies in one of the scopes; nil
// scopes hold everything.
func within(key model.EdgeKey, scopes []access.Scope) bool {
	if scopes == nil {
		return true
	}
	for _, scope := range scopes {
		if scope.Holds(key.Source.Cluster, key.Source.Namespace) || scope.Holds(key.Destination.Cluster, key.Destination.Namespace) {
			return true
		}
	}
	return false
}
