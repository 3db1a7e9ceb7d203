package attribution

import (
	"net/netip"
	"time"

	"github.com/egressor/egressor/internal/model"
)

// decision is a path and why it was taken.
type decision struct {
	path   model.Path
	reason PathReason
}

func decided(kind model.PathKind, assumed bool, rule PathRule) decision {
	return decision{model.Path{Kind: kind, Assumed: assumed}, PathReason{Rule: rule}}
}

// path resolves the way between the two ends of a report. Both directions take
// the way that the near end's subnet routes to the far end.
func (x *Index) path(near, far *end, at int64) model.Path { return x.decide(near, far, at).path }

func (x *Index) decide(near, far *end, at int64) decision {
	outside := far.node == (model.AgentID{})
	switch {
	case far.onHost, !outside && far.node == near.node:
		return decided(model.PathNode, false, RuleSameMachine)
	case !far.addr.IsValid():
		return decided(model.PathUnknown, false, RuleNoAddress)
	case !outside && far.identity.Kind == model.KindNode && isPublicIPv4(far.addr):
		return decided(model.PathPublicSameRegion, false, RulePublicNode)
	case !outside && far.node.Cluster == near.node.Cluster && !apart(near, far):
		return decided(model.PathVPC, false, RuleSameCluster)
	case outside && far.identity.Kind == model.KindUnknown && far.identity.Type != string(model.UnknownAddress):
		return decided(model.PathUnknown, false, RuleUnknownInside) // within the cluster, but to whom?
	}
	if found, ok := x.routed(near, far, at); ok {
		return found
	}
	found := assumedPath(near, far, outside)
	found.reason.Subnet, found.reason.Gap = near.subnet, gapOf(near)
	return found
}

// apart reports whether two ends are known to be in different networks.
func apart(near, far *end) bool {
	return near.place.Network != "" && far.place.Network != "" && near.place.Network != far.place.Network
}

// assumedPath takes the way that adds no charge which nothing speaks for, and
// says that it is assumed.
func assumedPath(near, far *end, outside bool) decision {
	switch region := far.place.Region; {
	case !outside:
		return decided(model.PathVPC, true, RuleAssumedCluster)
	case far.identity.Kind == model.KindUnknown:
		return decided(model.PathUnknown, false, RuleAssumedUnknown)
	case isPrivate(far.addr):
		return decided(model.PathVPC, true, RuleAssumedPrivate)
	case region != "" && region == near.place.Region && far.place.Provider == near.place.Provider:
		return decided(model.PathPublicSameRegion, true, RuleAssumedRegion)
	default:
		return decided(model.PathInternetGateway, true, RuleAssumedOutside)
	}
}

// gapOf says what would have to be known for a route to be found.
func gapOf(near *end) string {
	switch {
	case near.noSubnet == subnetContested:
		return "subnets of several networks hold the node's address: name the node's subnet in the inventory"
	case near.subnet == "":
		return "no inventory has the node's subnet"
	default:
		return "no route table of the subnet " + near.subnet + " has a route there"
	}
}

// routed asks the routes of the near end's subnet.
func (x *Index) routed(near, far *end, at int64) (decision, bool) {
	found, ok := x.routedFrom(near.subnet, near, far, at)
	podSubnet, other := x.podSubnet(near, at)
	if !other {
		return found, ok
	}
	own, ownOK := x.routedFrom(podSubnet, near, far, at)
	switch {
	case ownOK && (!ok || near.addr.Is6()): // IPv6 is not masqueraded
		return own, true
	case ok && ownOK && own.path != found.path:
		found.path.Assumed = true
		found.reason.Rule = RuleRouteDisputed
		found.reason.Gap = "routes of the pod's subnet " + podSubnet + " lead another way: " + own.path.String()
	}
	return found, ok
}

func (x *Index) routedFrom(subnet string, near, far *end, at int64) (decision, bool) {
	route, ok := x.routes.find(subnet, far.addr, far.class, far.place.Region, at)
	if !ok {
		return decision{}, false
	}
	found := decision{route.fact.Path, PathReason{
		Rule: RuleRoute, Subnet: subnet, Route: route.key, Table: route.fact.Table, Endpoint: far.endpoint,
	}}
	switch {
	case found.path.Kind == model.PathVPC && far.reach.Kind != "":
		found.path = far.reach
		found.path.Assumed = found.path.Assumed || route.fact.Path.Assumed
		found.reason.Rule = RuleReach
	case found.path.Kind == model.PathVPC:
		found.reason.Rule = RuleRouteInside
	case found.path.Kind == model.PathInternetGateway && isPrivate(far.addr):
		found.path = model.Path{Kind: model.PathUnknown}
		found.reason.Rule, found.reason.Gap = RuleNoWay, "no private route of the subnet "+subnet+" leads there"
	case found.path.Kind == model.PathInternetGateway && sameRegion(near, far):
		found.path.Kind = model.PathPublicSameRegion
		found.reason.Rule = RuleRouteRegion
	}
	return found, true
}

// sameRegion reports whether the far end is the same provider's in the same
// region.
func sameRegion(near, far *end) bool {
	region := far.place.Region
	return region != "" && region == near.place.Region && far.place.Provider == near.place.Provider
}

// Path returns the way from an address on a node to a remote address at a time,
// as the reports of that node's agent are understood, and the reason.
func (x *Index) Path(agent model.AgentID, local, remote netip.Addr, at time.Time) (model.Path, PathReason) {
	window := windowSpan(at, 0)
	row := model.FlowRow{Local: model.LocalEnd{Kind: model.LocalNode}, LocalAddr: local, RemoteAddr: remote}
	near, far := newResolver(x, nil, nil).ends(agent, &row, window)
	found := x.decide(near, far, window.from)
	return found.path, found.reason
}
