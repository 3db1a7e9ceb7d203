package cloud_test

import (
	"net/netip"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/egressor/egressor/graphsvc/attribution"
	"github.com/egressor/egressor/graphsvc/cloud"
	"github.com/egressor/egressor/internal/model"
)

const subnets = `{"Subnets": [{"SubnetId": "subnet-1", "VpcId": "vpc-1", "OwnerId": "111122223333", "CidrBlock": "10.0.1.0/24",
  "AvailabilityZone": "us-east-1a", "AvailabilityZoneId": "use1-az1", "SubnetArn": "arn:aws:ec2:us-east-1:111122223333:subnet/subnet-1"}]}`

const tables = `{"RouteTables": [{"RouteTableId": "rtb-1", "VpcId": "vpc-1", "OwnerId": "111122223333", "Associations": [{"Main": true}],
  "Routes": [{"DestinationCidrBlock": "10.0.0.0/16", "GatewayId": "local", "State": "active"},
             {"DestinationPrefixListId": "pl-63a5400a", "GatewayId": "vpce-1", "State": "active"},
             {"DestinationCidrBlock": "0.0.0.0/0", "NatGatewayId": "nat-1", "State": "active"},
             {"DestinationCidrBlock": "10.8.0.0/16", "NetworkInterfaceId": "eni-9", "State": "active"},
             {"DestinationCidrBlock": "10.9.0.0/16", "TransitGatewayId": "tgw-1", "State": "active"}]}]}`

// parse reads documents that are named by their place.
func parse(t *testing.T, texts ...string) *cloud.Inventory {
	t.Helper()
	var documents []cloud.Document
	for _, text := range texts {
		documents = append(documents, cloud.Document{Name: "saved.json", Text: []byte(text)})
	}
	inventory, err := cloud.Parse(cloud.Scope{}, documents...)
	if err != nil {
		t.Fatal(err)
	}
	return inventory
}

func TestTheScopeIsInTheObjects(t *testing.T) {
	if got := parse(t, subnets+"\n"+tables).Scope.String(); got != "aws/111122223333/us-east-1" {
		t.Errorf("scope %s", got)
	}
}

// TestWhatIsMissingIsAGap: the rest goes on.
func TestWhatIsMissingIsAGap(t *testing.T) {
	facts, gaps := cloud.Facts(parse(t, subnets, tables))
	var said []string
	for _, gap := range gaps {
		said = append(said, gap.Object)
	}
	if got := strings.Join(said, " "); got != "eni-9 nat-1 pl-63a5400a tgw-1" {
		t.Errorf("gaps of %s:\n%v", got, gaps)
	}
	ways := map[string]string{}
	for _, fact := range facts {
		if fact.Route != nil {
			ways[fact.Route.Destination.String()] = fact.Route.Path.String()
		}
	}
	for destination, want := range map[string]string{
		"10.0.0.0/16": "vpc", "0.0.0.0/0": "nat:nat-1", "10.8.0.0/16": "internet-gateway:eni-9?", "10.9.0.0/16": "transit-gateway:tgw-1",
	} {
		if ways[destination] != want {
			t.Errorf("to %s by %q, want %q", destination, ways[destination], want)
		}
	}
}

func TestBadInputNamesTheFileAndTheRemedy(t *testing.T) {
	other := strings.NewReplacer("us-east-1", "eu-west-1", "subnet-1", "subnet-2").Replace(subnets)
	for name, c := range map[string]struct {
		texts []string
		want  string
	}{
		"cut short":          {[]string{"\n\n" + subnets[:80]}, "saved.json:3: the JSON ends too early"},
		"no JSON":            {[]string{"SUBNETS\tsubnet-1"}, "saved.json:1: not the JSON of an answer of the API"},
		"another list":       {[]string{`{"Reservations": []}`}, "saved.json:1: no list that is known, but Reservations: want answers of aws ec2 describe-subnets"},
		"wrong shape":        {[]string{`{"Subnets": [{"CidrBlock": 7}]}`}, "saved.json:1: Subnets: json: cannot unmarshal"},
		"two regions":        {[]string{subnets, other}, "objects of several regions (eu-west-1, us-east-1) in one inventory"},
		"nobody's":           {[]string{`{"NatGateways": []}`}, "no object says which region"},
		"entries of no list": {[]string{`{"Entries": [{"Cidr": "52.216.0.0/15"}]}`}, "put its id into the file's name, as in entries-pl-"},
		"routes of no table": {[]string{`{"Routes": []}`}, "put its id into the file's name, as in routes-tgw-rtb-"},
		"empty":              {[]string{""}, "saved.json:1: the JSON ends too early"},
	} {
		var documents []cloud.Document
		for _, text := range c.texts {
			documents = append(documents, cloud.Document{Name: "saved.json", Text: []byte(text)})
		}
		_, err := cloud.Parse(cloud.Scope{}, documents...)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
}

// TestOverlappingNetworks: the same range in two VPCs. A node whose network is
// known is placed, one whose is not is not guessed at.
func TestOverlappingNetworks(t *testing.T) {
	twin := strings.NewReplacer("vpc-1", "vpc-2", "subnet-1", "subnet-2", "rtb-1", "rtb-2", "nat-1", "nat-2").Replace
	facts, _ := cloud.Facts(parse(t, subnets, tables, twin(subnets), twin(tables)))
	node := func(name, network string) model.Fact {
		return model.Fact{Kind: model.FactNode, Key: name, Node: &model.NodeFact{
			Cluster: name, Name: name, Addrs: []netip.Addr{netip.MustParseAddr("10.0.1.4")}, Place: model.Place{Network: network},
		}}
	}
	index, err := attribution.NewIndex(append(facts, node("placed", "vpc-2"), node("anywhere", "")))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"placed":   "nat:nat-2 route ",
		"anywhere": "unknown no-route-unknown-end subnets of several networks hold the node's address: name the node's subnet in the inventory",
	} {
		agent := model.AgentID{Cluster: name, Node: name}
		path, reason := index.Path(agent, netip.MustParseAddr("10.0.1.4"), netip.MustParseAddr("9.9.9.9"), time.Unix(0, 0))
		if got := path.String() + " " + string(reason.Rule) + " " + reason.Gap; got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}

// TestChangesLeadToWhatIsStated: whatever was open, recording the changes leaves
// open exactly what is stated, and ends nothing before it began.
func TestChangesLeadToWhatIsStated(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		state := rapid.MapOfN(rapid.StringMatching(`[a-d]`), rapid.IntRange(1, 3), 0, 4)
		open := map[string]model.Fact{}
		at := time.Unix(1000, 0).UTC()
		for range rapid.IntRange(1, 6).Draw(t, "readings") {
			at = at.Add(time.Duration(rapid.IntRange(0, 1).Draw(t, "tick")) * time.Second)
			stated := state.Draw(t, "stated")
			var facts, before []model.Fact
			for key, name := range stated {
				facts = append(facts, endpoint(key, name))
			}
			for _, fact := range open {
				before = append(before, fact)
			}
			changes := cloud.Changes(before, facts, at)
			for _, change := range changes {
				if !change.Period.To.IsZero() && !change.Period.From.Before(change.Period.To) {
					t.Fatalf("%s ends before it begins: %v", change.Key, change.Period)
				}
			}
			clear(open)
			for _, fact := range cloud.Apply(before, changes) {
				open[fact.Key] = fact
			}
			for key, name := range stated {
				if open[key].Endpoint == nil || open[key].Endpoint.Name != endpoint(key, name).Endpoint.Name {
					t.Fatalf("%s is stated and not open: %v", key, open)
				}
			}
			for key, fact := range open {
				if _, ok := stated[key]; !ok && fact.Period.From.Before(at) {
					t.Fatalf("%s is open and not stated", key)
				}
			}
		}
	})
}

func endpoint(key string, name int) model.Fact {
	return model.Fact{Kind: model.FactEndpoint, Key: key, Source: "cloud/aws/1/us-east-1", Endpoint: &model.EndpointFact{Name: strings.Repeat("x", name)}}
}
