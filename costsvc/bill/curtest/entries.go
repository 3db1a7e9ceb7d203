package curtest

import (
	"fmt"
	"math/big"
	"time"
)

// usage is what AWS meters: bytes of one usage type and resource in an hour.
type usage struct {
	hour                                                     time.Time
	account, region, usageType, operation, product, resource string
}

// meter is the month's usage with its bytes.
type meter map[usage]uint64

func (m meter) add(at time.Time, w workload, usageType, operation, product, resource string, bytes uint64) {
	if bytes == 0 {
		return
	}
	m[usage{at.Truncate(time.Hour), w.account, w.region, usageType, operation, product, resource}] += bytes
}

// regional meters one side of bytes within a region.
func (m meter) regional(at time.Time, w workload, operation, resource string, bytes uint64) {
	m.add(at, w, prefixOf[w.region]+"DataTransfer-Regional-Bytes", operation, "AmazonEC2", resource, bytes)
}

// move meters one transfer, as the EC2 data transfer and VPC price pages put it.
func (m meter) move(v *move) {
	prefix, bytes, gateway := prefixOf[v.from.region], v.bytes, natARN(v.from)
	out := func(resource string) {
		m.add(v.at, v.from, prefix+"DataTransfer-Out-Bytes", "RunInstances", "AmazonEC2", resource, bytes)
	}
	in := func(resource string) {
		m.add(v.at, v.from, prefix+"DataTransfer-In-Bytes", "RunInstances", "AmazonEC2", resource, bytes)
	}
	nat := func() {
		m.add(v.at, v.from, prefix+"NatGateway-Bytes", "NatGateway", "AmazonEC2", gateway, bytes)
	}
	bothSides := func(operation string) {
		m.regional(v.at, v.from, operation+"-Out", v.from.host, bytes)
		m.regional(v.at, v.to, operation+"-In", v.to.host, bytes)
	}
	switch v.kind {
	case otherZone:
		bothSides("InterZone")
	case peered:
		bothSides("VPCPeering")
	case publicAddress:
		bothSides("PublicIP")
	case database: // only the EC2 side is charged
		m.regional(v.at, v.from, "InterZone-Out", v.from.host, bytes)
	case internetOut:
		out(v.from.host)
	case internetIn:
		in(v.from.host)
	case internetOutNAT:
		m.regional(v.at, v.from, "InterZone-Out", v.from.host, bytes)
		m.regional(v.at, v.from, "InterZone-In", gateway, bytes)
		nat()
		out(gateway)
	case internetInNAT:
		nat()
		in(gateway)
	case s3NAT:
		nat()
	case s3Endpoint:
		m.add(v.at, v.from, prefix+"VpcEndpoint-Bytes", "VpcEndpoint", "AmazonVPC", "arn:aws:ec2:"+v.from.region+":"+v.from.account+":vpc-endpoint/vpce-1", bytes)
	case transitGateway:
		m.add(v.at, v.from, prefix+"TransitGateway-Bytes", "TransitGatewayVPC", "AmazonVPC", "arn:aws:ec2:"+v.from.region+":"+v.from.account+":transit-gateway/tgw-1", bytes)
	case otherRegion:
		from, to := pairPrefixOf[v.from.region], pairPrefixOf[v.to.region]
		m.add(v.at, v.from, from+"-"+to+"-AWS-Out-Bytes", "RunInstances", "AmazonEC2", v.from.host, bytes)
		m.add(v.at, v.to, to+"-"+from+"-AWS-In-Bytes", "RunInstances", "AmazonEC2", v.to.host, bytes)
	default: // within a zone or through a gateway endpoint: on no bill
	}
}

func natARN(w workload) string {
	return fmt.Sprintf("arn:aws:ec2:%s:%s:natgateway/nat-%s", w.region, w.account, w.zone)
}

// rateOf is the price per GB of usage that has neither allowance nor tiers.
func rateOf(u *usage) *big.Rat {
	switch {
	case contains(u.usageType, "DataTransfer-In-Bytes"), contains(u.usageType, "AWS-In-Bytes"):
		return new(big.Rat)
	case contains(u.usageType, "AWS-Out-Bytes"):
		return interRegion
	case contains(u.usageType, "NatGateway-Bytes"):
		return natPerGB[u.region]
	case contains(u.usageType, "VpcEndpoint-Bytes"):
		return endpoint
	case contains(u.usageType, "TransitGateway-Bytes"):
		return transit
	default:
		return nil
	}
}
