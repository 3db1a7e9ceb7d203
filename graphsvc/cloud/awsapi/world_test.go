package awsapi

import (
	"context"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

// world builds networks through the API, and remembers what it called each thing:
// ids are random, names are not.
type world struct {
	t     *testing.T
	ctx   context.Context
	api   *ec2.Client
	names map[string]string // by id
}

func newWorld(t *testing.T, reader *Reader) *world {
	return &world{t: t, ctx: t.Context(), api: reader.ec2, names: map[string]string{}}
}

// called remembers what a thing is called, and returns its id.
func (w *world) called(name, id string) string {
	w.names[id] = name
	return id
}

// readable replaces ids by names.
func (w *world) readable(text string) string {
	for id, name := range w.names {
		text = strings.ReplaceAll(text, id, name)
	}
	return text
}

func (w *world) vpc(name, cidr string) string {
	out, err := w.api.CreateVpc(w.ctx, &ec2.CreateVpcInput{CidrBlock: aws.String(cidr)})
	if err != nil {
		w.t.Fatalf("%s: %v", name, err)
	}
	return w.called(name, *out.Vpc.VpcId)
}

func (w *world) subnet(name, vpc, cidr, zone string) string {
	out, err := w.api.CreateSubnet(w.ctx, &ec2.CreateSubnetInput{VpcId: aws.String(vpc), CidrBlock: aws.String(cidr), AvailabilityZoneId: aws.String(zone)})
	if err != nil {
		w.t.Fatalf("%s: %v", name, err)
	}
	return w.called(name, *out.Subnet.SubnetId)
}

// table makes a route table for subnets.
func (w *world) table(name, vpc string, subnets ...string) string {
	out, err := w.api.CreateRouteTable(w.ctx, &ec2.CreateRouteTableInput{VpcId: aws.String(vpc)})
	if err != nil {
		w.t.Fatalf("%s: %v", name, err)
	}
	for _, subnet := range subnets {
		if _, err := w.api.AssociateRouteTable(w.ctx, &ec2.AssociateRouteTableInput{RouteTableId: out.RouteTable.RouteTableId, SubnetId: aws.String(subnet)}); err != nil {
			w.t.Fatalf("%s: %v", name, err)
		}
	}
	return w.called(name, *out.RouteTable.RouteTableId)
}

// route adds a route to whatever target's id says it is.
func (w *world) route(table, destination, target string) {
	w.t.Helper()
	input := &ec2.CreateRouteInput{RouteTableId: aws.String(table), DestinationCidrBlock: aws.String(destination)}
	switch kind, _, _ := strings.Cut(target, "-"); kind {
	case "nat":
		input.NatGatewayId = aws.String(target)
	case "tgw":
		input.TransitGatewayId = aws.String(target)
	case "pcx":
		input.VpcPeeringConnectionId = aws.String(target)
	default:
		input.GatewayId = aws.String(target)
	}
	if _, err := w.api.CreateRoute(w.ctx, input); err != nil {
		w.t.Fatalf("route to %s by %s: %v", destination, w.readable(target), err)
	}
}

func (w *world) internetGateway(name, vpc string) string {
	out, err := w.api.CreateInternetGateway(w.ctx, &ec2.CreateInternetGatewayInput{})
	if err != nil {
		w.t.Fatal(err)
	}
	if _, err := w.api.AttachInternetGateway(w.ctx, &ec2.AttachInternetGatewayInput{InternetGatewayId: out.InternetGateway.InternetGatewayId, VpcId: aws.String(vpc)}); err != nil {
		w.t.Fatal(err)
	}
	return w.called(name, *out.InternetGateway.InternetGatewayId)
}

func (w *world) privateGateway(name, vpc string) string {
	out, err := w.api.CreateVpnGateway(w.ctx, &ec2.CreateVpnGatewayInput{Type: types.GatewayTypeIpsec1})
	if err != nil {
		w.t.Fatal(err)
	}
	if _, err := w.api.AttachVpnGateway(w.ctx, &ec2.AttachVpnGatewayInput{VpnGatewayId: out.VpnGateway.VpnGatewayId, VpcId: aws.String(vpc)}); err != nil {
		w.t.Fatal(err)
	}
	return w.called(name, *out.VpnGateway.VpnGatewayId)
}

func (w *world) nat(name, subnet string) string {
	out, err := w.api.CreateNatGateway(w.ctx, &ec2.CreateNatGatewayInput{SubnetId: aws.String(subnet), ConnectivityType: types.ConnectivityTypePrivate})
	if err != nil {
		w.t.Fatal(err)
	}
	return w.called(name, *out.NatGateway.NatGatewayId)
}

func (w *world) gatewayEndpoint(name, vpc, service string, tables ...string) string {
	out, err := w.api.CreateVpcEndpoint(w.ctx, &ec2.CreateVpcEndpointInput{
		VpcId: aws.String(vpc), ServiceName: aws.String(service), RouteTableIds: tables, VpcEndpointType: types.VpcEndpointTypeGateway,
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return w.called(name, *out.VpcEndpoint.VpcEndpointId)
}

// interfaceEndpoint makes an endpoint without interfaces: the server gives them
// addresses outside of the subnets.
func (w *world) interfaceEndpoint(name, vpc, service string) string {
	out, err := w.api.CreateVpcEndpoint(w.ctx, &ec2.CreateVpcEndpointInput{
		VpcId: aws.String(vpc), ServiceName: aws.String(service), VpcEndpointType: types.VpcEndpointTypeInterface,
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return w.called(name, *out.VpcEndpoint.VpcEndpointId)
}

// networkInterface makes an interface as a service describes its own.
func (w *world) networkInterface(name, subnet, address, description string) {
	out, err := w.api.CreateNetworkInterface(w.ctx, &ec2.CreateNetworkInterfaceInput{
		SubnetId: aws.String(subnet), PrivateIpAddress: aws.String(address), Description: aws.String(description),
	})
	if err != nil {
		w.t.Fatal(err)
	}
	w.called(name, *out.NetworkInterface.NetworkInterfaceId)
}

func (w *world) peering(name, from, to string) string {
	out, err := w.api.CreateVpcPeeringConnection(w.ctx, &ec2.CreateVpcPeeringConnectionInput{VpcId: aws.String(from), PeerVpcId: aws.String(to)})
	if err != nil {
		w.t.Fatal(err)
	}
	id := out.VpcPeeringConnection.VpcPeeringConnectionId
	if _, err := w.api.AcceptVpcPeeringConnection(w.ctx, &ec2.AcceptVpcPeeringConnectionInput{VpcPeeringConnectionId: id}); err != nil {
		w.t.Fatal(err)
	}
	return w.called(name, *id)
}

// transit makes a transit gateway, and returns it and its default route table.
func (w *world) transit(name string) (gateway, table string) {
	out, err := w.api.CreateTransitGateway(w.ctx, &ec2.CreateTransitGatewayInput{})
	if err != nil {
		w.t.Fatal(err)
	}
	gateway = w.called(name, *out.TransitGateway.TransitGatewayId)
	tables, err := w.api.DescribeTransitGatewayRouteTables(w.ctx, &ec2.DescribeTransitGatewayRouteTablesInput{
		Filters: []types.Filter{{Name: aws.String("transit-gateway-id"), Values: []string{gateway}}},
	})
	if err != nil || len(tables.TransitGatewayRouteTables) != 1 {
		w.t.Fatalf("%s: %d default route tables, error %v", name, len(tables.TransitGatewayRouteTables), err)
	}
	return gateway, w.called(name+"-table", *tables.TransitGatewayRouteTables[0].TransitGatewayRouteTableId)
}

// attach attaches a VPC to a transit gateway and its default table.
func (w *world) attach(name, gateway, vpc string, subnets ...string) string {
	out, err := w.api.CreateTransitGatewayVpcAttachment(w.ctx, &ec2.CreateTransitGatewayVpcAttachmentInput{
		TransitGatewayId: aws.String(gateway), VpcId: aws.String(vpc), SubnetIds: subnets,
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return w.called(name, *out.TransitGatewayVpcAttachment.TransitGatewayAttachmentId)
}

func (w *world) transitRoute(table, destination, attachment string) {
	input := &ec2.CreateTransitGatewayRouteInput{TransitGatewayRouteTableId: aws.String(table), DestinationCidrBlock: aws.String(destination)}
	if attachment == "" {
		input.Blackhole = aws.Bool(true)
	} else {
		input.TransitGatewayAttachmentId = aws.String(attachment)
	}
	if _, err := w.api.CreateTransitGatewayRoute(w.ctx, input); err != nil {
		w.t.Fatalf("transit route to %s: %v", destination, err)
	}
}
