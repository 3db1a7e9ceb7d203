package inventory

import "github.com/egressor/egressor/internal/model"

// DefaultKey is the key of a fact whose file entry gives none: a pod's UID and
// a revision's id stand in the entry, the others follow from their names.
func DefaultKey(f model.Fact) string {
	switch {
	case f.Node != nil:
		return f.Node.Name
	case f.Service != nil:
		return f.Service.Cluster + "/" + f.Service.Namespace + "/" + f.Service.Name
	case f.Endpoint != nil:
		return f.Endpoint.Class + "/" + f.Endpoint.Place.Region + "/" + f.Endpoint.Name
	case f.Route != nil:
		return f.Route.Subnet + "|" + f.Route.Destination.String() + "|" + f.Route.EndpointClass
	case f.EndpointSlice != nil:
		return "slice/" + f.EndpointSlice.Cluster + "/" + f.EndpointSlice.Namespace + "/" + f.EndpointSlice.Service
	default:
		return ""
	}
}

// key returns given, or the default where given is empty.
func key(given string, f model.Fact) string {
	if given != "" {
		return given
	}
	return DefaultKey(f)
}
