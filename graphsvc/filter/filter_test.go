package filter_test

import (
	"errors"
	"strconv"
	"strings"
	"testing"

	"github.com/egressor/egressor/graphsvc/filter"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// web sends to the catalogue database across zones, and to S3 through a NAT
// gateway; the machine pulls images.
var (
	web     = model.Identity{Kind: model.KindWorkload, Cluster: "prod", Namespace: "shop", Type: "Deployment", Name: "web"}
	catalog = model.Identity{Kind: model.KindWorkload, Cluster: "prod", Namespace: "data", Type: "StatefulSet", Name: "catalog-db"}
	bucket  = model.Identity{Kind: model.KindCloudEndpoint, Type: "s3", Region: "us-east-1", Name: "s3"}
	machine = model.Identity{Kind: model.KindNode, Cluster: "prod", Name: "node-a", Type: "containerd"}

	toCatalog = filter.Transfer{
		Key: &model.EdgeKey{
			Source: web, Destination: catalog, SourceRevision: "web-2", ServerPort: 5432, Protocol: model.TCP, Initiator: model.InitiatorSource,
			SourcePlace:      model.Place{Region: "us-east-1", Zone: "use1-az1", Account: "1", Network: "vpc-1"},
			DestinationPlace: model.Place{Region: "us-east-1", Zone: "use1-az2", Account: "1", Network: "vpc-1"}, Path: model.Path{Kind: model.PathVPC},
		},
		Sent: model.Counts{WireBytes: 3e9, PayloadBytes: 2.9e9, Packets: 2000, RetransmittedPackets: 3}, Connections: 12, RTTMicros: 800, Cost: money.FromNano(30_000_000),
	}
	toS3 = filter.Transfer{
		Key: &model.EdgeKey{
			Source: web, Destination: bucket, ServerPort: 443, Protocol: model.TCP, Initiator: model.InitiatorSource,
			SourcePlace: model.Place{Region: "us-east-1", Zone: "use1-az1"}, DestinationPlace: model.Place{Region: "us-east-1"},
			Path: model.Path{Kind: model.PathNAT, Via: "nat-1", Assumed: true},
		},
		Sent: model.Counts{WireBytes: 1 << 30}, Cost: money.FromNano(45_000_000),
	}
	pull = filter.Transfer{
		Key: &model.EdgeKey{
			Source: model.Unknown(model.UnknownAddress), Destination: machine, Protocol: model.UDP, ServerPort: 53, Initiator: model.InitiatorDestination,
			Path: model.Path{Kind: model.PathUnknown},
		},
		Sent: model.Counts{WireBytes: 512},
	}
)

// owned knows the teams and the labels of the workloads above.
type owned struct{}

func (owned) Team(end model.Identity, revision string) string {
	switch {
	case revision == "web-2":
		return "storefront"
	case end == web:
		return "shop-old"
	case end == catalog:
		return "data"
	}
	return ""
}

func (owned) Labels(end model.Identity, key string) []string {
	if end == web && key == "app" {
		return []string{"web", "web-canary"}
	}
	return nil
}

// TestMatch: what each condition means, on three transfers; the answer names
// those that are meant.
func TestMatch(t *testing.T) {
	for text, want := range map[string]string{
		"": "catalog s3 pull", "   ": "catalog s3 pull",
		"namespace=shop": "catalog s3", "namespace=data": "catalog", "source.namespace=data": "", "to.namespace=data": "catalog",
		"namespace=shop,data": "catalog s3", "namespace!=data": "s3 pull", `namespace=""`: "s3 pull", "namespace=sh*": "catalog s3", `namespace="sh*"`: "",
		"team=storefront": "catalog", "team=shop-old": "s3", "team!=data": "s3 pull", "team=storefront->data": "catalog",
		"label.app=web": "catalog s3", "label.app=web-canary": "catalog s3", "label.app~CANARY": "catalog s3", "label.tier=db": "", `source.label.app=""`: "pull",
		"path=nat": "s3", "path=NAT,vpc": "catalog s3", "path!=nat": "catalog pull", "path=n*": "s3", "via=nat-1": "s3", "via~NAT": "s3", "assumed=true": "s3",
		"zone:use1-az1->use1-az2": "catalog", "zone=use1-az2->use1-az1": "", "zone=*->use1-az2": "catalog", "zone=use1-az2": "catalog", "zone!=use1-az1->use1-az2": "s3 pull",
		"class=s3": "s3", "class=Deployment": "", "type=Deployment": "catalog s3", "kind=workload": "catalog s3", "kind=Endpoint": "s3", "kind=node": "pull", "kind=unknown": "pull",
		"name~catalog": "catalog", "catalog": "catalog", "CATALOG": "catalog", "cat*": "catalog", `"log-d"`: "catalog", "name!~catalog": "s3 pull", "not catalog": "s3 pull",
		"id=w/prod/shop/Deployment/web": "catalog s3", "revision=web-2": "catalog", "cluster=prod": "catalog s3 pull",
		"crosses=zone": "catalog", "crosses=namespace": "catalog", "crosses=region": "", "crosses!=zone": "s3 pull", "crosses=team": "catalog",
		"port=443": "s3", "port>=443": "catalog s3", "port=443,53": "s3 pull", "protocol=udp": "pull", "initiator=destination": "pull",
		"bytes>1GB": "catalog s3", "bytes>1GiB": "catalog", "bytes>=1GiB": "catalog s3", "bytes<1kB": "pull", "bytes=512": "pull", "bytes!=512": "catalog s3",
		"payload>2.5GB": "catalog", "packets>1999": "catalog", "retransmits>0": "catalog", "connections=12": "catalog", "cost>0.03": "s3", "cost>=0.03": "catalog s3", "cost=0": "pull",
		"rtt>0.5ms": "catalog", "rtt<1s": "catalog", "not rtt<1s": "s3 pull", "rtt!=1s": "catalog s3 pull",
		"namespace=shop path=nat": "s3", "path=nat or path=unknown": "s3 pull", "namespace=shop and (path=vpc or cost>0.04)": "catalog s3",
		"not (namespace=shop or kind=node)": "", "NOT namespace=data AND kind=workload": "s3", "path=nat or namespace=data bytes>1GB": "catalog s3",
		"region=us-east-1": "catalog s3", "account=1": "catalog", "network=vpc-1->vpc-1": "catalog", "address=10.0.0.0/8": "", "agent=prod/node-a": "", "role=client": "",
	} {
		f, err := filter.Parse(text)
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		var got []string
		for _, one := range []struct {
			name string
			t    *filter.Transfer
		}{{"catalog", &toCatalog}, {"s3", &toS3}, {"pull", &pull}} {
			if f.Match(one.t, owned{}) {
				got = append(got, one.name)
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q (%s) means %q, want %q", text, f, got, want)
		}
	}
}

// TestCanonical: one filter has one form.
func TestCanonical(t *testing.T) {
	for text, want := range map[string]string{
		"  a=b": "", "namespace : shop": "namespace=shop", "src.namespace==shop": "source.namespace=shop", "to.zone=a": "destination.zone=a",
		"path=NAT": "path=nat", "bytes>1000000000": "bytes>1GB", "bytes>1.5gb": "bytes>1500MB", "bytes>1073741824B": "bytes>1GiB", "bytes>0": "bytes>0B", "rtt>0.0015s": "rtt>1500us",
		"cost>0.50": "cost>0.5", "((namespace=a))": "namespace=a", "a and b": "name~a name~b", "a or b c": "name~a or name~b name~c", "(a or b) c": "(name~a or name~b) name~c",
		"not not a": "not not name~a", "not (a b)": "not (name~a name~b)", "a (b c)": "name~a name~b name~c", "a or (b or c)": "name~a or name~b or name~c",
		`namespace="a b"`: `namespace="a b"`, `namespace="x"`: "namespace=x", `name="a->b"`: `name="a->b"`, `name="a\"\\"`: `name="a\"\\"`, `name=""`: `name=""`,
		"namespace=a, b": "namespace=a,b", "address=10.1.2.3": "address=10.1.2.3", "address=10.1.2.3/8": "address=10.0.0.0/8", "label.app.kubernetes.io/name=web": "label.app.kubernetes.io/name=web",
	} {
		f, err := filter.Parse(text)
		if want == "" {
			if err == nil {
				t.Errorf("%q was taken as %s", text, f)
			}
			continue
		}
		if err != nil || f.String() != want {
			t.Errorf("%q is %q (%v), want %q", text, f, err, want)
		}
	}
}

// TestErrors: what is wrong, where, and what to do.
func TestErrors(t *testing.T) {
	for _, row := range []struct {
		text, message, hint string
		offset, length      int
	}{
		{"namspace=shop", `there is no field "namspace" at letter 1`, "did you mean namespace?", 0, 8},
		{"path=nat source.naem=x", `there is no field "source.naem" at letter 10`, "did you mean source.name?", 9, 11},
		{"source.path=nat", `there is no field "source.path"`, "path is of the transfer", 0, 11},
		{"label=x", `there is no field "label"`, "label.app=web", 0, 5},
		{"path=natt", `"natt" is no path`, "did you mean nat?", 5, 4},
		{"path=zzzzzz", `"zzzzzz" is no path`, "path is one of node, vpc, nat", 5, 6},
		{"namespace", "namespace wants an operator", "write namespace=VALUE", 0, 9},
		{"namespace=", "a value is missing", "write namespace=VALUE", 10, 0},
		{"namespace>shop", `namespace cannot be compared with ">"`, "write namespace=VALUE", 9, 1},
		{"bytes~1", `bytes cannot be compared with "~"`, "write bytes>1GB", 5, 1},
		{"bytes>1XB", `the unit "XB" is not known`, "PB, TB, GB", 6, 3},
		{"bytes>1.5B", "it is no whole number", "write a number and a unit", 6, 4},
		{"bytes>99999PB", "it is more than 64 bits hold", "", 6, 7},
		{"bytes>1,2", "> takes one value", "with or between them", 7, 1},
		{"cost>abc", `"abc" is no amount`, "a decimal such as 0.5", 5, 3},
		{"address=10.0.0.0/99", `"10.0.0.0/99" is no address`, "10.0.0.0/8", 8, 11},
		{"(a or b", "the parenthesis is not closed at letter 1", "write )", 0, 1},
		{"a)", `")" has no counterpart`, "", 1, 1},
		{"a or", "a condition is missing", "namespace=shop", 4, 0},
		{"and", "and wants an operator", "quotes", 0, 3},
		{`name="x`, "the closing quote is missing", "", 5, 0},
		{"path=a->b", `"a" is no path`, "", 5, 1},
		{"via=a->b", "via has no two sides", "give one value", 4, 3},
		{"source.zone=a->b", "a pair names both sides", "leave source. away", 12, 3},
		{"zone~a->b", "a pair is compared with = or !=", "zone=FROM->TO", 5, 3},
		{"zone=a->", "a value is missing", "zone=FROM->TO", 5, 3},
		{"größe=1 x=2", `there is no field "größe" at letter 1`, "", 0, 7},
		{"é x=2", `there is no field "x" at letter 3`, "", 3, 1},
		{strings.Repeat("(", 100) + "a", "levels of parentheses", "flatter", 41, 0},
		{strings.Repeat("a ", 300), "more than 200 conditions", "say less", 400, 0},
		{"\xff", "no UTF-8", "", 0, 1},
		{strings.Repeat("a", 5000), "more than 4000 bytes", "", 4000, 1000},
	} {
		_, err := filter.Parse(row.text)
		var wrong *filter.Error
		if !errors.As(err, &wrong) || !strings.Contains(wrong.Message, row.message) || !strings.Contains(wrong.Hint, row.hint) || wrong.Offset != row.offset || wrong.Length != row.length {
			t.Errorf("%.40q: %+v", row.text, err)
		}
	}
}

// TestComplete: what can stand at the end of a text.
func TestComplete(t *testing.T) {
	values := func(f *filter.Field, key string) []string {
		return map[string][]string{"namespace": {"shop", "data", "shop floor"}, "label": {key + "-1"}, "zone": {"use1-az1", "use1-az2"}}[f.Name]
	}
	for text, want := range map[string]string{
		"na": "0 namespace,name", "n": "0 namespace,name,network,not", "path=nat n": "9 namespace,name,network,not", "path=nat an": "9 and", "path=nat o": "9 or",
		"source.na": "0 source.namespace,source.name", "sou": "0 source.", "namespace": "0 namespace,namespace=,namespace!=,namespace~,namespace!~",
		"namespace=": `10 shop,data,"shop floor"`, "namespace=d": "10 data", "namespace=a": "10 data", "namespace=data,s": `15 shop,"shop floor"`, `namespace="shop f`: `10 "shop floor"`,
		"path=transit": "5 transit-gateway,transit-gateway-nat", "label.app=": "10 app-1", "zone:use1-az1->": "15 use1-az1,use1-az2", "(kind=e": "6 endpoint,node", "bytes>5G": "6 5GB,5GiB", "xyz=": "0 ",
	} {
		got := filter.Complete(text, len(text), values)
		var items []string
		for _, one := range got.Items {
			items = append(items, one.Text)
		}
		if text := strings.Join(append([]string{}, items...), ","); want != strconv.Itoa(got.From)+" "+text {
			t.Errorf("%q: %d %s, want %s", text, got.From, items, want)
		}
	}
}
