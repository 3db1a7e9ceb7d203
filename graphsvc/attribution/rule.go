package attribution

// PathRule is the rule by which a path was found. Its text is what an
// explanation says.
type PathRule string

// Path rules, in the order in which they are tried.
const (
	RuleSameMachine    PathRule = "same-machine"
	RuleNoAddress      PathRule = "no-address"
	RulePublicNode     PathRule = "public-node-address"
	RuleSameCluster    PathRule = "same-cluster"
	RuleUnknownInside  PathRule = "unknown-in-cluster"
	RuleRoute          PathRule = "route"
	RuleRouteInside    PathRule = "route-within-network"
	RuleReach          PathRule = "interface-on-the-way"
	RuleRouteRegion    PathRule = "route-to-same-region"
	RuleNoWay          PathRule = "no-way-for-private-address"
	RuleRouteDisputed  PathRule = "routes-of-pod-and-node-differ"
	RuleAssumedUnknown PathRule = "no-route-unknown-end"
	RuleAssumedPrivate PathRule = "no-route-private-address"
	RuleAssumedRegion  PathRule = "no-route-same-region"
	RuleAssumedOutside PathRule = "no-route-outside"
	RuleAssumedCluster PathRule = "no-route-other-cluster"
)

var ruleTexts = map[PathRule]string{
	RuleSameMachine:    "both ends are on one machine, or the address needs no network",
	RuleNoAddress:      "the report has no address of the far end",
	RulePublicNode:     "a node was reached by its public address",
	RuleSameCluster:    "both ends are on nodes of one cluster, and no two networks are known between them",
	RuleUnknownInside:  "the address is the cluster's, but nobody is known to have held it",
	RuleRoute:          "the route with the longest destination in the subnet's route table",
	RuleRouteInside:    "the local route of the subnet's route table: the address is in the same network",
	RuleReach:          "the local route, to an interface of an endpoint or a load balancer",
	RuleRouteRegion:    "the route leads to an internet gateway, and the address is the provider's own in the same region",
	RuleNoWay:          "the route leads to an internet gateway, which takes no private address",
	RuleRouteDisputed:  "the pod's subnet and its node's have different routes; the node's is taken, since traffic that leaves the network is masqueraded there by default",
	RuleAssumedUnknown: "no inventory names the address or a route to it",
	RuleAssumedPrivate: "no route is known; a private address is taken to be in the same network",
	RuleAssumedRegion:  "no route is known; an address of the provider in the same region is taken to be reached without a gateway that charges",
	RuleAssumedOutside: "no route is known; what is outside is taken to be reached by an internet gateway",
	RuleAssumedCluster: "no route is known; another cluster is taken to be in the same network",
}

// Text says in words what the rule is.
func (r PathRule) Text() string { return ruleTexts[r] }

// PathReason says why a path was taken: the rule, and the facts that it rests on.
type PathReason struct {
	Rule PathRule
	// Subnet is whose routes were asked, "" where it is not known.
	Subnet string
	// Route and Endpoint are the keys of the facts that decided, "" where none did.
	// Table names the route tables behind the route.
	Route, Table, Endpoint string
	// Gap says what is missing for a path without assumptions, "" if nothing.
	Gap string
}
