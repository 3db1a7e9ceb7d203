package transferclass

import "github.com/egressor/egressor/internal/model"

// Endpoint classes with a meaning of their own; every other class is a service.
const (
	classInternet = "internet"
	classOnPrem   = "on-premises"
)

// FactsOf writes the facts of a transfer, as its edge tells them, over what
// facts held. An edge carries one hop; what it does not say stays unknown.
func FactsOf(key *model.EdgeKey, facts *Facts) {
	endOf(&key.Source, &key.SourcePlace, &facts.Source)
	endOf(&key.Destination, &key.DestinationPlace, &facts.Destination)
	facts.Provider, facts.Tier = key.SourcePlace.Provider, ""
	if facts.Provider == "" || isOutside(facts.Source.Kind) {
		facts.Provider = orElse(key.DestinationPlace.Provider, facts.Provider)
	}
	hop := Hop{Kind: hopOf(key.Path.Kind), Zone: key.Path.ViaZone}
	facts.Path[0], facts.Path[1] = hop, Hop{}
	facts.PathAssumed = key.Path.Assumed || hop.Kind == HopUnknown
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
	switch identity.Type {
	case classInternet:
		end.Kind = EndInternet
	case classOnPrem:
		end.Kind = EndOnPrem
	default:
		end.Kind = EndService
		end.Service = identity.Type
		end.Region = orElse(end.Region, identity.Region)
	}
}

func hopOf(kind model.PathKind) HopKind {
	switch kind {
	case model.PathNode:
		return HopNode
	case model.PathVPC:
		return HopNone
	case model.PathNAT:
		return HopNAT
	case model.PathInternetGateway:
		return HopInternetGateway
	case model.PathGatewayEndpoint:
		return HopGatewayEndpoint
	case model.PathInterfaceEndpoint:
		return HopInterfaceEndpoint
	case model.PathPeering:
		return HopPeering
	case model.PathTransitGateway:
		return HopTransitGateway
	case model.PathPublicSameRegion:
		return HopPublic
	default:
		return HopUnknown
	}
}

func orElse(text, other string) string {
	if text != "" {
		return text
	}
	return other
}
