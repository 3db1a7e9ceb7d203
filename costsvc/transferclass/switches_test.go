package transferclass

import "testing"

func TestDisputedPointsCanBeSwitched(t *testing.T) {
	const pod = "pod/us-east-1/use1-az1/vpc-a"
	for _, c := range []struct {
		transfer string
		switches Switches
		want     string
	}{
		{"aws " + pod + " -> rds/us-east-1/use1-az2", Switches{ServiceSide: true}, "A22 source InterZone-Out; A22 destination InterZone-In"},
		{"aws msk/us-east-1/use1-az2 -> " + pod, Switches{ServiceSide: true}, "A24 source InterZone-Out; A24 destination InterZone-In"},
		{"aws " + pod + " -> rds/us-east-1/use1-az1", Switches{ServiceSide: true}, "A2 none free"},
		{"aws " + pod + " -> internet by nat@use1-az2,igw", Switches{NATSideFree: true}, "A14 source InterZone-Out; A13 gateway NatGateway; A16 gateway internet"},
		{"aws internet -> " + pod + " by igw,nat@use1-az2", Switches{NATSideFree: true}, "A14 destination InterZone-In; A13 gateway NatGateway; A15 none free"},
		{"aws " + pod + " -> pod/us-east-1/use1-az2/vpc-b by tgw", Switches{TransitBothEnds: true}, "A8 source TransitGatewayVPC; A8 destination TransitGatewayVPC"},
		{"aws " + pod + " -> pod/us-west-2/usw2-az1/vpc-b by tgw,tgw-peering", Switches{TransitBothEnds: true}, "A9 source TransitGatewayVPC; A17 source inter-region; A17 none free"},
	} {
		t.Run(c.transfer, func(t *testing.T) {
			facts := parse(t, c.transfer)
			var d Decision
			c.switches.Classify(&facts, &d)
			if got := show(&d); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
			Classify(&facts, &d)
			if d.switches != (Switches{}) {
				t.Error("a switch outlived its call")
			}
		})
	}
}
