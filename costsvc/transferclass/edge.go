package transferclass

import "github.com/egressor/egressor/internal/model"

// Endpoint classes with a meaning of their own; every other class is a service.
const (
	classInternet = "internet"
	classOnPrem   = "on-premises"
)

// FactsOf writes the facts of a transfer, as its edge tells them, over what
// facts held. What an edge does not say stays unknown.
func FactsOf(key *model.EdgeKey, facts *Facts) {
	endOf(&key.Source, &key.SourcePlace, &facts.Source)
	endOf(&key.Destination, &key.DestinationPlace, &facts.Destination)
	facts.Provider, facts.Tier = biller(key, facts), ""
	foreign(facts, &facts.Source, &key.SourcePlace)
	foreign(facts, &facts.Destination, &key.DestinationPlace)
	facts.Path = hopsOf(key)
	facts.PathAssumed = key.Path.Assumed || facts.Path.Has(HopUnknown)
}

// biller is whose bill a transfer is on: that of the provider in which the end of
// the user's own is, whatever cloud the other end is in.
func biller(key *model.EdgeKey, facts *Facts) string {
	source, destination := key.SourcePlace.Provider, key.DestinationPlace.Provider
	if isOutside(facts.Source.Kind) || !isOwn(facts.Source.Kind) && isOwn(facts.Destination.Kind) {
		return orElse(destination, source)
	}
	return orElse(source, destination)
}

// foreign makes an end in another provider's network one on the internet, which
// it is to the provider that bills. Google Cloud alone has a price for CDNs.
func foreign(facts *Facts, end *End, place *model.Place) {
	if place.Provider == "" || place.Provider == facts.Provider || isOwn(end.Kind) && !end.Public {
		return
	}
	if facts.Provider == "gcp" && gcpServiceOf(end) == gcpCDN {
		return
	}
	end.Kind, end.Service, end.Region, end.Zone, end.Public = EndInternet, "", "", "", false
}

func endOf(identity *model.Identity, place *model.Place, end *End) {
	*end = End{Region: place.Region, Zone: place.Zone, Network: place.Network, Account: place.Account}
	switch identity.Kind {
	case model.KindWorkload:
		end.Kind = EndPod
	case model.KindNode:
		end.Kind = EndNode
	case model.KindCloudEndpoint:
		endpointOf(end, identity)
	case model.KindUnknown: // stays an end of unknown kind
	}
}

func endpointOf(end *End, identity *model.Identity) {
	end.Region = orElse(end.Region, identity.Region)
	switch identity.Type {
	case classInternet:
		end.Kind = EndInternet
	case classOnPrem:
		end.Kind = EndOnPrem
	case "ec2", "gcp": // a machine behind a public address, and nothing more is published
		end.Kind, end.Public = EndPod, true
	case "instance", "network", "alb", "clb", "nlb": // an interface of the user's own
		end.Kind = EndPod
	default:
		end.Kind = EndService
		end.Service = identity.Type
	}
}

// hopsOf are the hops of an edge's path. A load balancer is on the way wherever it
// is an end, by a public address too.
func hopsOf(key *model.EdgeKey) Path {
	var path Path
	next := 0
	add := func(hop Hop) {
		if hop.Kind != HopNone {
			path[next] = hop
			next++
		}
	}
	if key.Path.Kind == model.PathTransitNAT {
		add(Hop{Kind: HopTransitGateway})
	}
	add(Hop{Kind: hopOf(key.Path.Kind), Zone: key.Path.ViaZone})
	add(Hop{Kind: balancerOf(key)})
	return path
}

// balancerOf is the load balancer that is an end of the edge, HopNone where
// neither is.
func balancerOf(key *model.EdgeKey) HopKind {
	for _, end := range []*model.Identity{&key.Source, &key.Destination} {
		switch {
		case end.Kind != model.KindCloudEndpoint:
		case end.Type == "nlb":
			return HopNLB
		case end.Type == "alb", end.Type == "clb":
			return HopALB
		}
	}
	return HopNone
}

var hops = map[model.PathKind]HopKind{
	model.PathNode:              HopNode,
	model.PathVPC:               HopNone,
	model.PathLoadBalancer:      HopNone, // the hop comes with the end
	model.PathNAT:               HopNAT,
	model.PathTransitNAT:        HopNAT,
	model.PathInternetGateway:   HopInternetGateway,
	model.PathGatewayEndpoint:   HopGatewayEndpoint,
	model.PathInterfaceEndpoint: HopInterfaceEndpoint,
	model.PathPeering:           HopPeering,
	model.PathTransitGateway:    HopTransitGateway,
	model.PathDirectConnect:     HopDirectConnect,
	model.PathVPN:               HopVPN,
	model.PathPublicSameRegion:  HopPublic,
}

func hopOf(kind model.PathKind) HopKind {
	hop, known := hops[kind]
	if !known {
		return HopUnknown
	}
	return hop
}

func orElse(text, other string) string {
	if text != "" {
		return text
	}
	return other
}
