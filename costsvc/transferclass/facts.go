package transferclass

// EndKind says what one end of a transfer is, as far as a bill cares.
type EndKind uint8

// Kinds of end.
const (
	EndUnknown  EndKind = iota
	EndPod              // a pod or anything else behind an interface of the user's own
	EndNode             // the machine itself; billed like a pod
	EndService          // a provider's managed service, named by End.Service
	EndInternet         // the public internet
	EndOnPrem           // the user's own network outside the cloud
)

// End is one end of a transfer. Empty strings are unknown.
type End struct {
	Kind EndKind
	// Service is the service's name when Kind is EndService: "s3", "rds", ...
	Service string
	Region  string
	// Zone is the zone id (use1-az1).
	Zone string
	// Network is the VPC or VNet.
	Network string
	// Account owns the end and pays its side.
	Account string
	// Public is true where the end is reached by a public or Elastic IP address.
	Public bool
	// Destination groups internet ends where the price depends on them (Google
	// Cloud Premium tier: "americas", "australia", "china").
	Destination string
}

// HopKind is one thing on the way.
type HopKind uint8

// Kinds of hop. No hop at all is the direct, private way.
const (
	HopNone HopKind = iota
	HopNode         // stays on the machine
	HopNAT          // zonal NAT gateway
	HopRegionalNAT
	HopInternetGateway
	HopGatewayEndpoint
	HopInterfaceEndpoint
	HopPeering
	HopTransitGateway
	HopTransitPeering
	HopALB
	HopNLB
	HopDirectConnect
	HopVPN        // an encrypted tunnel to the user's own network
	HopOwnNetwork // a line of the user's own, paid by the month
	HopPublic     // by public addresses within the provider's network
	HopUnknown    // nobody said
)

// Hop is one thing on the way, and where it is.
type Hop struct {
	Kind HopKind
	// Zone is the zone id of a zonal gateway, "" where unknown or none.
	Zone string
}

// MaxHops is how many hops a path can have.
const MaxHops = 6

// Path is the hops in order from source to destination, closed by HopNone.
type Path [MaxHops]Hop

// Has reports whether the path goes through a hop of the kind.
func (p *Path) Has(kind HopKind) bool { return p.find(kind) != nil }

func (p *Path) find(kind HopKind) *Hop {
	for i := range p {
		if p[i].Kind == kind {
			return &p[i]
		}
		if p[i].Kind == HopNone {
			return nil
		}
	}
	return nil
}

// Facts is what is known of one transfer: everything that decides its charges
// apart from the number of bytes.
type Facts struct {
	// Provider is "aws", "gcp" or "azure": whose bill it appears on.
	Provider            string
	Source, Destination End
	Path                Path
	// PathAssumed is true where no inventory named the path.
	PathAssumed bool
	// Tier is the network tier on Google Cloud ("premium", "standard") and the
	// routing preference on Azure ("mgn", "internet"); "" is the default.
	Tier string
}
