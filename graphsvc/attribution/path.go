package attribution

import (
	"net/netip"

	"github.com/egressor/egressor/internal/model"
)

// path resolves the way between the two ends of a report. Both directions take
// the way that the near end's subnet routes to the far end.
func (x *Index) path(near, far *end, at int64) model.Path {
	switch {
	case far.onHost, far.node != (model.AgentID{}) && far.node == near.node:
		return model.Path{Kind: model.PathNode}
	case !far.addr.IsValid():
		return model.Path{Kind: model.PathUnknown}
	case far.node == (model.AgentID{}):
		return x.pathOutside(near, far, at)
	case far.identity.Kind == model.KindNode && isPublicIPv4(far.addr):
		return model.Path{Kind: model.PathPublicSameRegion}
	case far.node.Cluster == near.node.Cluster:
		return model.Path{Kind: model.PathVPC}
	}
	if path, ok := x.routes.find(x.subnetOf(near, at), far.addr, "", at); ok {
		return path
	}
	return model.Path{Kind: model.PathVPC, Assumed: true}
}

// pathOutside asks the routes; where none leads there, it takes the way that
// adds no charge which nothing speaks for, and says that it is assumed.
func (x *Index) pathOutside(near, far *end, at int64) model.Path {
	unnamed := far.identity.Kind == model.KindUnknown
	if unnamed && far.identity.Type != string(model.UnknownAddress) {
		return model.Path{Kind: model.PathUnknown} // within the cluster, but to whom?
	}
	if path, ok := x.routes.find(x.subnetOf(near, at), far.addr, far.class, at); ok {
		return path
	}
	switch region := far.place.Region; {
	case unnamed:
		return model.Path{Kind: model.PathUnknown}
	case far.addr.IsPrivate() || sharedRange.Contains(far.addr):
		return model.Path{Kind: model.PathVPC, Assumed: true}
	case region != "" && region == near.place.Region:
		return model.Path{Kind: model.PathPublicSameRegion, Assumed: true}
	default:
		return model.Path{Kind: model.PathInternetGateway, Assumed: true}
	}
}

func (x *Index) subnetOf(e *end, at int64) string {
	node, ok := x.nodeAt(e.node, at)
	if !ok {
		return ""
	}
	return node.Subnet
}

// sharedRange is RFC 6598: private in all but name, and used for pods.
var sharedRange = netip.MustParsePrefix("100.64.0.0/10")

// isPublicIPv4 reports whether traffic to a node's address leaves by its public
// one. IPv6 says nothing of the kind: every address of a VPC is global there.
func isPublicIPv4(addr netip.Addr) bool {
	return addr.Is4() && addr.IsGlobalUnicast() && !addr.IsPrivate() && !sharedRange.Contains(addr)
}
