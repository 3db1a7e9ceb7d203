package cloud

// The objects of Amazon's API, as far as they matter to paths and names. Field
// names are the API's but for the case of their letters, which JSON does not mind.

type tag struct{ Key, Value string }

type vpc struct {
	VPCID, OwnerID              string
	CidrBlockAssociationSet     []struct{ CidrBlock string }
	Ipv6CidrBlockAssociationSet []struct{ Ipv6CidrBlock string }
	CidrBlock                   string
	Tags                        []tag
}

type subnet struct {
	SubnetID, VPCID, OwnerID, SubnetArn string
	CidrBlock                           string
	Ipv6CidrBlockAssociationSet         []struct{ Ipv6CidrBlock string }
	AvailabilityZone                    string
	AvailabilityZoneID                  string
}

type routeTable struct {
	RouteTableID, VPCID, OwnerID string
	Associations                 []struct {
		Main             bool
		SubnetID         string
		GatewayID        string
		AssociationState *struct{ State string }
	}
	Routes []route
}

type route struct {
	DestinationCidrBlock, DestinationIpv6CidrBlock, DestinationPrefixListID string
	GatewayID, NATGatewayID, TransitGatewayID, VPCPeeringConnectionID       string
	NetworkInterfaceID, InstanceID, EgressOnlyInternetGatewayID             string
	LocalGatewayID, CarrierGatewayID, CoreNetworkArn                        string
	State                                                                   string
}

type networkInterface struct {
	NetworkInterfaceID, SubnetID, VPCID, OwnerID string
	InterfaceType, Description, RequesterID      string
	RequesterManaged                             bool
	Attachment                                   *struct {
		InstanceID string
	}
	PrivateIPAddresses []struct {
		PrivateIPAddress string
		Primary          bool
		Association      *struct {
			PublicIP string
		}
	}
	PrivateIPAddress string
	Ipv6Addresses    []struct{ Ipv6Address string }
	TagSet           []tag
}

type natGateway struct {
	NATGatewayID, SubnetID, VPCID, State string
	ConnectivityType                     string
}

type vpcEndpoint struct {
	VPCEndpointID, VPCID, OwnerID, VPCEndpointType, ServiceName, State string
	RouteTableIDs, SubnetIDs, NetworkInterfaceIDs                      []string
	Tags                                                               []tag
}

type peeringEnd struct {
	VPCID, OwnerID, Region, CidrBlock string
	CidrBlockSet                      []struct{ CidrBlock string }
}

type peering struct {
	VPCPeeringConnectionID            string
	AccepterVPCInfo, RequesterVPCInfo peeringEnd
	Status                            struct{ Code string }
}

type transitGateway struct {
	TransitGatewayID, OwnerID string
}

type transitAttachment struct {
	TransitGatewayAttachmentID, TransitGatewayID string
	ResourceType, ResourceID, State              string
	Association                                  *struct {
		TransitGatewayRouteTableID, State string
	}
}

type transitVPCAttachment struct {
	TransitGatewayAttachmentID, TransitGatewayID, VPCID string
	SubnetIDs                                           []string
}

type transitRouteTable struct {
	TransitGatewayRouteTableID, TransitGatewayID string
}

type transitRoute struct {
	DestinationCidrBlock      string
	State, Type               string
	TransitGatewayAttachments []struct {
		TransitGatewayAttachmentID, ResourceType, ResourceID string
	}
}

type prefixList struct {
	PrefixListID, PrefixListName, OwnerID string
	Cidrs                                 []string
}

type prefixEntry struct{ Cidr string }

type loadBalancer struct {
	LoadBalancerArn, LoadBalancerName, Type, Scheme, VPCID, DNSName string
}

type internetGateway struct {
	InternetGatewayID string
}

type vpnConnection struct {
	VPNConnectionID, VPNGatewayID, TransitGatewayID, State string
}
