package api_test

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/egressor/egressor/costsvc/bill"
	"github.com/egressor/egressor/costsvc/pricebooks"
	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/costsvc/transferclass"
	"github.com/egressor/egressor/graphsvc/access"
	"github.com/egressor/egressor/graphsvc/api"
	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/graphsvc/query/doubles"
	"github.com/egressor/egressor/graphsvc/statement"
	"github.com/egressor/egressor/internal/model"
)

const cur = `lineItem/UsageAccountId,lineItem/LineItemType,lineItem/UsageStartDate,lineItem/ProductCode,lineItem/UsageType,lineItem/Operation,lineItem/UsageAmount,pricing/unit,lineItem/UnblendedCost,lineItem/CurrencyCode,lineItem/ResourceId,lineItem/LineItemDescription
111122223333,Usage,2026-11-03T00:00:00Z,AmazonEC2,NatGateway-Bytes,NatGateway,3,GB,0.135,USD,arn:aws:ec2:us-east-1:111122223333:natgateway/nat-1,nat
111122223333,Usage,2026-11-03T00:00:00Z,AmazonEC2,NatGateway-Bytes,NatGateway,1,GB,0.045,USD,i-0b,nat
111122223333,Usage,2026-11-03T00:00:00Z,AmazonRDS,NatGateway-Bytes,NatGateway,1,GB,0.045,USD,db,nat
`

// givenBills are the bill above and one that cannot be read.
type givenBills struct{ given []query.GivenBill }

func (g givenBills) Bills(context.Context) ([]query.GivenBill, error) { return g.given, nil }

func billed(t *testing.T) (givenBills, *pricing.Book) {
	t.Helper()
	book, err := pricebooks.Load("aws")
	if err != nil {
		t.Fatal(err)
	}
	table, err := bill.CSV(strings.NewReader(cur))
	if err != nil {
		t.Fatal(err)
	}
	read, err := bill.Read(table, bill.Expect{Provider: book.Provider, Currency: book.Currency})
	if err != nil {
		t.Fatal(err)
	}
	return givenBills{[]query.GivenBill{{Name: "november.csv", Bill: read, Book: book}, {Name: "notes.txt", Problem: "row 1: the columns are those of no bill"}}}, book
}

const askBills = `{ reconciliations { name problem month minutes foldedMinutes explainedBytes explainedCost
	billed { bytes cost { amount } } counted { bytes } codes { region code billed { bytes } explained { bytes } outOfSight { bytes } unexplained { bytes } notBilledBytes } findings { kind name days bytes } } }`

// withBills is the API over a NAT charge of 2 GB, of which the store has no region.
func withBills(t *testing.T) *service {
	t.Helper()
	s := newService()
	given, _ := billed(t)
	transfer := doubles.Transfer("web", "s3", 2<<30, 90_000_000)
	key := transfer.Key
	key.SourcePlace = model.Place{Provider: "aws", Region: "us-east-1", Zone: "use1-az1", Account: "111122223333", Network: "vpc-1"}
	key.Destination = model.Identity{Kind: model.KindCloudEndpoint, Type: "internet", Name: "example"}
	key.DestinationPlace = model.Place{}
	key.Path = model.Path{Kind: model.PathNAT, Via: "nat-1", ViaZone: "use1-az1"}
	s.series.Charging = []statement.Charge{{
		Edge: 1, Key: &key, From: model.MinuteOf(time.Date(2026, 11, 3, 0, 0, 0, 0, time.UTC)),
		Line: pricing.Line{Payer: transferclass.PayerGateway, Rule: natRule(t, &key), Code: "NatGateway-Bytes", Operation: "NatGateway", Account: "111122223333", Bytes: 2 << 30},
	}}
	s.Server = api.New(api.Dependencies{
		Explorer:  query.New(query.Dependencies{Graphs: s.graphs, Series: s.series, Layout: s.layout, Sources: doubles.Sources{}, Clock: doubles.Clock(doubles.Epoch.Add(time.Hour)), Bills: given}),
		Committed: s.hub, Investigator: s.chat, Log: slog.New(slog.NewTextHandler(s.log, nil)),
	})
	return s
}

// natRule is the rule by which the edge is charged by its gateway.
func natRule(t *testing.T, key *model.EdgeKey) transferclass.Rule {
	t.Helper()
	var facts transferclass.Facts
	var decision transferclass.Decision
	transferclass.FactsOf(key, &facts)
	transferclass.Classify(&facts, &decision)
	for _, charge := range decision.Charges() {
		if charge.Payer == transferclass.PayerGateway {
			return charge.Rule
		}
	}
	t.Fatalf("no charge of the gateway: %+v", decision.Charges())
	return ""
}

// TestABillIsTakenApart: what was counted is explained, the database's traffic is
// out of sight, the rest is unexplained, and the parts add up to what was billed.
func TestABillIsTakenApart(t *testing.T) {
	answer := withBills(t).must(t, askBills, nil)
	got := answer.at("reconciliations", 0).(map[string]any)
	if got["month"] != "2026-11" || got["problem"] != "" || fmt.Sprint(got["minutes"]) != "43200" {
		t.Errorf("%v", got)
	}
	code := answer.at("reconciliations", 0, "codes", 0).(map[string]any)
	bytes := func(field string) uint64 {
		text := fmt.Sprint(code[field].(map[string]any)["bytes"])
		var n uint64
		if _, err := fmt.Sscan(text, &n); err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		return n
	}
	if code["region"] != "us-east-1" || code["code"] != "NatGateway-Bytes" || bytes("explained") != 2<<30 || bytes("outOfSight") != 1<<30 {
		t.Errorf("%v", code)
	}
	if bytes("explained")+bytes("outOfSight")+bytes("unexplained") != bytes("billed") {
		t.Errorf("the parts are not the whole: %v", code)
	}
	if other := answer.at("reconciliations", 1).(map[string]any); other["problem"] == "" || other["billed"] != nil {
		t.Errorf("%v", other)
	}
}

func TestBillsAreForWhoSeesAll(t *testing.T) {
	s := withBills(t)
	bob := access.Principal{Name: "bob", Method: "token", Role: access.Analyst, Scopes: []access.Scope{{Cluster: "lab", Namespace: "shop"}}}
	answered := answerAs(t, s.Server, s.hub, bob, s.Schema().Query, askBills)
	if !strings.Contains(answered, `"reconciliations":[]`) {
		t.Errorf("%s", answered)
	}
}
