package awsapi

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	ec2types "github.com/aws/aws-sdk-go-v2/service/ec2/types"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
)

// paginator is what the SDK's paginators have in common.
type paginator[Page, Option any] interface {
	HasMorePages() bool
	NextPage(ctx context.Context, options ...func(*Option)) (Page, error)
}

// paged is a call by a paginator that start makes.
func paged[Page, Option any, P paginator[Page, Option]](name string, start func() P) call {
	return call{name: name, document: name, pages: func(ctx context.Context, take func(any) error) error {
		pages := start()
		for pages.HasMorePages() {
			page, err := pages.NextPage(ctx)
			if err != nil {
				return err
			}
			if err := take(page); err != nil {
				return err
			}
		}
		return nil
	}}
}

// calls are what needs no other answer first. The IAM actions are the names with
// "ec2:" before them.
func (r *Reader) calls() []call {
	return []call{
		paged[*ec2.DescribeVpcsOutput, ec2.Options]("DescribeVpcs", func() *ec2.DescribeVpcsPaginator {
			return ec2.NewDescribeVpcsPaginator(r.ec2, &ec2.DescribeVpcsInput{})
		}),
		paged[*ec2.DescribeSubnetsOutput, ec2.Options]("DescribeSubnets", func() *ec2.DescribeSubnetsPaginator {
			return ec2.NewDescribeSubnetsPaginator(r.ec2, &ec2.DescribeSubnetsInput{})
		}),
		paged[*ec2.DescribeRouteTablesOutput, ec2.Options]("DescribeRouteTables", func() *ec2.DescribeRouteTablesPaginator {
			return ec2.NewDescribeRouteTablesPaginator(r.ec2, &ec2.DescribeRouteTablesInput{})
		}),
		paged[*ec2.DescribeNetworkInterfacesOutput, ec2.Options]("DescribeNetworkInterfaces", func() *ec2.DescribeNetworkInterfacesPaginator {
			return ec2.NewDescribeNetworkInterfacesPaginator(r.ec2, &ec2.DescribeNetworkInterfacesInput{})
		}),
		paged[*ec2.DescribeNatGatewaysOutput, ec2.Options]("DescribeNatGateways", func() *ec2.DescribeNatGatewaysPaginator {
			return ec2.NewDescribeNatGatewaysPaginator(r.ec2, &ec2.DescribeNatGatewaysInput{})
		}),
		paged[*ec2.DescribeVpcEndpointsOutput, ec2.Options]("DescribeVpcEndpoints", func() *ec2.DescribeVpcEndpointsPaginator {
			return ec2.NewDescribeVpcEndpointsPaginator(r.ec2, &ec2.DescribeVpcEndpointsInput{})
		}),
		paged[*ec2.DescribeVpcPeeringConnectionsOutput, ec2.Options]("DescribeVpcPeeringConnections", func() *ec2.DescribeVpcPeeringConnectionsPaginator {
			return ec2.NewDescribeVpcPeeringConnectionsPaginator(r.ec2, &ec2.DescribeVpcPeeringConnectionsInput{})
		}),
		paged[*ec2.DescribePrefixListsOutput, ec2.Options]("DescribePrefixLists", func() *ec2.DescribePrefixListsPaginator {
			return ec2.NewDescribePrefixListsPaginator(r.ec2, &ec2.DescribePrefixListsInput{})
		}),
		paged[*ec2.DescribeManagedPrefixListsOutput, ec2.Options]("DescribeManagedPrefixLists", func() *ec2.DescribeManagedPrefixListsPaginator {
			return ec2.NewDescribeManagedPrefixListsPaginator(r.ec2, &ec2.DescribeManagedPrefixListsInput{})
		}),
		paged[*ec2.DescribeInternetGatewaysOutput, ec2.Options]("DescribeInternetGateways", func() *ec2.DescribeInternetGatewaysPaginator {
			return ec2.NewDescribeInternetGatewaysPaginator(r.ec2, &ec2.DescribeInternetGatewaysInput{})
		}),
		{name: "DescribeVpnConnections", document: "DescribeVpnConnections", pages: func(ctx context.Context, take func(any) error) error {
			page, err := r.ec2.DescribeVpnConnections(ctx, &ec2.DescribeVpnConnectionsInput{})
			if err != nil {
				return err
			}
			return take(page)
		}},
		paged[*ec2.DescribeTransitGatewaysOutput, ec2.Options]("DescribeTransitGateways", func() *ec2.DescribeTransitGatewaysPaginator {
			return ec2.NewDescribeTransitGatewaysPaginator(r.ec2, &ec2.DescribeTransitGatewaysInput{})
		}),
		paged[*ec2.DescribeTransitGatewayAttachmentsOutput, ec2.Options]("DescribeTransitGatewayAttachments", func() *ec2.DescribeTransitGatewayAttachmentsPaginator {
			return ec2.NewDescribeTransitGatewayAttachmentsPaginator(r.ec2, &ec2.DescribeTransitGatewayAttachmentsInput{})
		}),
		paged[*ec2.DescribeTransitGatewayVpcAttachmentsOutput, ec2.Options]("DescribeTransitGatewayVpcAttachments", func() *ec2.DescribeTransitGatewayVpcAttachmentsPaginator {
			return ec2.NewDescribeTransitGatewayVpcAttachmentsPaginator(r.ec2, &ec2.DescribeTransitGatewayVpcAttachmentsInput{})
		}),
		paged[*ec2.DescribeTransitGatewayRouteTablesOutput, ec2.Options]("DescribeTransitGatewayRouteTables", func() *ec2.DescribeTransitGatewayRouteTablesPaginator {
			return ec2.NewDescribeTransitGatewayRouteTablesPaginator(r.ec2, &ec2.DescribeTransitGatewayRouteTablesInput{})
		}),
	}
}

// loadBalancers is elasticloadbalancing:DescribeLoadBalancers.
func (r *Reader) loadBalancers() call {
	return paged[*elb.DescribeLoadBalancersOutput, elb.Options]("DescribeLoadBalancers", func() *elb.DescribeLoadBalancersPaginator {
		return elb.NewDescribeLoadBalancersPaginator(r.elb, &elb.DescribeLoadBalancersInput{})
	})
}

// transitRoutes are the routes of one transit gateway route table that are in
// force or swallow traffic.
func (r *Reader) transitRoutes(table string) call {
	return call{name: "SearchTransitGatewayRoutes", document: table, pages: func(ctx context.Context, take func(any) error) error {
		input := &ec2.SearchTransitGatewayRoutesInput{
			TransitGatewayRouteTableId: aws.String(table),
			Filters:                    []ec2types.Filter{{Name: aws.String("state"), Values: []string{"active", "blackhole"}}},
		}
		for {
			page, err := r.ec2.SearchTransitGatewayRoutes(ctx, input)
			if err != nil {
				return err
			}
			if err := take(page); err != nil {
				return err
			}
			if input.NextToken = page.NextToken; aws.ToString(page.NextToken) == "" {
				return nil
			}
		}
	}}
}

// prefixEntries are the entries of one prefix list.
func (r *Reader) prefixEntries(list string) call {
	c := paged[*ec2.GetManagedPrefixListEntriesOutput, ec2.Options]("GetManagedPrefixListEntries", func() *ec2.GetManagedPrefixListEntriesPaginator {
		return ec2.NewGetManagedPrefixListEntriesPaginator(r.ec2, &ec2.GetManagedPrefixListEntriesInput{PrefixListId: aws.String(list)})
	})
	c.document = list
	return c
}
