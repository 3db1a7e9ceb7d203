package cloud_test

import (
	"fmt"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/egressor/egressor/graphsvc/attribution"
	"github.com/egressor/egressor/graphsvc/cloud"
	"github.com/egressor/egressor/internal/model"
)

// large is an estate of 40 networks with 6 subnets each, a table for each subnet
// with ten routes and an S3 prefix list of eight ranges, and 20,000 interfaces.
func large(tb testing.TB) *cloud.Inventory {
	var subnets, tables, interfaces []string
	for v := range 40 {
		for s := range 6 {
			id := fmt.Sprintf("%02d%d", v, s)
			subnets = append(subnets, fmt.Sprintf(`{"SubnetId": "subnet-%s", "VpcId": "vpc-%d", "OwnerId": "1", "CidrBlock": "10.%d.%d.0/20", "AvailabilityZoneId": "use1-az%d", "SubnetArn": "arn:aws:ec2:us-east-1:1:subnet/x"}`, id, v, v, s*16, 1+s%3))
			routes := []string{`{"DestinationPrefixListId": "pl-1", "GatewayId": "vpce-1"}`, `{"DestinationCidrBlock": "0.0.0.0/0", "NatGatewayId": "nat-1"}`}
			for r := range 8 {
				routes = append(routes, fmt.Sprintf(`{"DestinationCidrBlock": "172.%d.0.0/16", "VpcPeeringConnectionId": "pcx-%d"}`, 16+r, r))
			}
			tables = append(tables, fmt.Sprintf(`{"RouteTableId": "rtb-%s", "VpcId": "vpc-%d", "Associations": [{"SubnetId": "subnet-%s"}], "Routes": [%s]}`, id, v, id, strings.Join(routes, ",")))
			for i := range 84 {
				interfaces = append(interfaces, fmt.Sprintf(`{"NetworkInterfaceId": "eni-%s-%d", "SubnetId": "subnet-%s", "VpcId": "vpc-%d", "Description": "ELB app/a%d/1", "PrivateIpAddresses": [{"PrivateIpAddress": "10.%d.%d.%d", "Primary": true}]}`, id, i, id, v, i, v, s*16, i+1))
			}
		}
	}
	var lists []string
	for p := range 8 {
		lists = append(lists, fmt.Sprintf(`"52.%d.0.0/16"`, 200+p))
	}
	inventory, err := cloud.Parse(cloud.Scope{}, cloud.Document{Name: "large.json", Text: fmt.Appendf(nil,
		`{"Subnets": [%s], "RouteTables": [%s], "NetworkInterfaces": [%s], "PrefixLists": [{"PrefixListId": "pl-1", "PrefixListName": "com.amazonaws.us-east-1.s3", "Cidrs": [%s]}]}`,
		strings.Join(subnets, ","), strings.Join(tables, ","), strings.Join(interfaces, ","), strings.Join(lists, ","))})
	if err != nil {
		tb.Fatal(err)
	}
	return inventory
}

func BenchmarkFacts(b *testing.B) {
	inventory := large(b)
	facts := 0
	for b.Loop() {
		stated, _ := cloud.Facts(inventory)
		facts = len(stated)
	}
	b.ReportMetric(float64(facts), "facts")
}

func BenchmarkPath(b *testing.B) {
	facts, _ := cloud.Facts(large(b))
	facts = append(facts, model.Fact{Kind: model.FactNode, Key: "a", Node: &model.NodeFact{Cluster: "c", Name: "a", Addrs: []netip.Addr{netip.MustParseAddr("10.7.16.200")}}})
	index, err := attribution.NewIndex(facts)
	if err != nil {
		b.Fatal(err)
	}
	agent, local, remote := model.AgentID{Cluster: "c", Node: "a"}, netip.MustParseAddr("10.7.16.200"), netip.MustParseAddr("52.203.1.1")
	for b.Loop() {
		index.Path(agent, local, remote, time.Unix(0, 0))
	}
}
