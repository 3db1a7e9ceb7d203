package statement_test

import (
	"fmt"
	"math/big"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/costsvc/transferclass"
	"github.com/egressor/egressor/graphsvc/statement"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

const day = model.Minute(29_900_160) // the first minute of a day

func workload(namespace, name string) model.Identity {
	return model.Identity{Kind: model.KindWorkload, Cluster: "lab", Namespace: namespace, Type: "Deployment", Name: name}
}

var (
	web      = workload("shop", "web")
	agent    = workload("egressor", "egressor-agent")
	internet = model.Identity{Kind: model.KindCloudEndpoint, Type: "internet", Name: "internet"}
)

func key(source, destination model.Identity, initiator model.Initiator, via string) *model.EdgeKey {
	path := model.Path{Kind: model.PathVPC}
	if via != "" {
		path = model.Path{Kind: model.PathNAT, Via: via}
	}
	return &model.EdgeKey{
		Source: source, Destination: destination, SourceRevision: "rev-" + source.Name, DestinationRevision: "rev-" + destination.Name,
		Initiator: initiator, Path: path, SourcePlace: model.Place{Provider: "aws", Region: "us-east-1", Zone: "use1-az1"},
		DestinationPlace: model.Place{Provider: "aws", Region: "us-east-1", Zone: "use1-az2"},
	}
}

type teams struct{}

func (teams) Team(end model.Identity, _ string) string { return "team-" + end.Namespace }

func drawCharges(t *rapid.T) []statement.Charge {
	ends := []model.Identity{web, workload("shop", "cart"), workload("search", "index"), agent, internet}
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) statement.Charge {
		k := key(rapid.SampledFrom(ends).Draw(t, "source"), rapid.SampledFrom(ends).Draw(t, "destination"),
			rapid.SampledFrom([]model.Initiator{model.InitiatorSource, model.InitiatorDestination, model.InitiatorUnknown}).Draw(t, "initiator"),
			rapid.SampledFrom([]string{"", "nat-1"}).Draw(t, "via"))
		c := statement.Charge{Edge: k.ID(), Key: k, From: day + model.Minute(rapid.IntRange(0, 3).Draw(t, "hour"))*60, Line: pricing.Line{
			Payer: rapid.SampledFrom([]transferclass.Payer{
				transferclass.PayerNone, transferclass.PayerSource, transferclass.PayerDestination, transferclass.PayerGateway,
			}).Draw(t, "payer"),
			Code: rapid.SampledFrom([]string{"", "A", "B"}).Draw(t, "code"), Bytes: rapid.Uint64Max(1<<40).Draw(t, "bytes"),
		}}
		switch rapid.IntRange(0, 9).Draw(t, "sort") {
		case 0:
			c.Line.Unpriced = "no sourced price"
		case 1:
			c.Standing, c.Gateway = true, "nat-1"
			fallthrough
		default:
			c.Line.Amount = money.FromAtoms(rapid.Int64Range(0, 1<<60).Draw(t, "amount"))
		}
		return c
	}), 0, 40).Draw(t, "charges")
}

func sumOf(t *rapid.T, lines []statement.Line) statement.Sum {
	table := statement.Table{Lines: lines}
	sum, err := table.Rest(0)
	if err != nil {
		t.Fatal(err)
	}
	return sum
}

// Every grouping and both views add up to one total, whatever the order; what is
// shown adds up to what is shown as the total; receipts and parts add up to
// their line.
func TestEveryGroupingAddsUpToTheSameTotal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		charges := drawCharges(t)
		whole, err := statement.Tabulate(charges, statement.Ask{View: statement.ByPayer})
		if err != nil {
			t.Fatal(err)
		}
		ask := statement.Ask{
			By:   rapid.SliceOfNDistinct(rapid.SampledFrom(statement.Dimensions), 0, 4, rapid.ID).Draw(t, "by"),
			View: rapid.SampledFrom([]statement.View{statement.ByPayer, statement.ByCauser}).Draw(t, "view"), Teams: teams{},
		}
		table, err := statement.Tabulate(charges, ask)
		if err != nil {
			t.Fatal(err)
		}
		if sum := sumOf(t, table.Lines); sum != whole.Total || table.Total != whole.Total || table.Own != whole.Own {
			t.Fatalf("by %v: lines add up to %+v, total %+v and own %+v, want %+v and %+v", ask.By, sum, table.Total, table.Own, whole.Total, whole.Own)
		}
		shuffled, err := statement.Tabulate(rapid.Permutation(charges).Draw(t, "shuffled"), ask)
		if err != nil {
			t.Fatal(err)
		}
		checkLines(t, table, shuffled)
		checkShown(t, table)
	})
}

func checkLines(t *rapid.T, table, shuffled *statement.Table) {
	groups := map[string]bool{}
	for i := range table.Lines {
		line := &table.Lines[i]
		if name := fmt.Sprintf("%q", line.Group); groups[name] {
			t.Fatalf("group %s is there twice", name)
		} else {
			groups[name] = true
		}
		if other := shuffled.Lines[i]; !slices.Equal(other.Group, line.Group) || other.Sum != line.Sum {
			t.Fatalf("in another order line %d is %v %+v, was %v %+v", i, other.Group, other.Sum, line.Group, line.Sum)
		}
		parts, err := line.Parts()
		if err != nil {
			t.Fatal(err)
		}
		var ofParts []statement.Line
		for _, part := range parts {
			ofParts = append(ofParts, statement.Line{Sum: part.Sum})
		}
		if sum := sumOf(t, ofParts); sum != line.Sum {
			t.Fatalf("the transfers behind %v add up to %+v, want %+v", line.Group, sum, line.Sum)
		}
		receipt, err := line.Receipt()
		if err != nil {
			t.Fatal(err)
		}
		var total money.Accumulator
		for _, charge := range receipt {
			total.Add(charge.Amount)
		}
		amount, _ := total.Amount()
		if want, _ := line.Amount.Add(line.Standing); amount != want {
			t.Fatalf("the receipt of %v adds up to %s, want %s", line.Group, amount.Decimal(), want.Decimal())
		}
	}
}

func checkShown(t *rapid.T, table *statement.Table) {
	amounts := make([]money.Amount, len(table.Lines))
	for i := range table.Lines {
		amounts[i] = table.Lines[i].Amount
	}
	shown, total, err := statement.Shown(amounts)
	if err != nil {
		t.Fatal(err)
	}
	sum := new(big.Rat)
	for _, text := range shown {
		amount, ok := new(big.Rat).SetString(text)
		if !ok {
			t.Fatalf("shown %q is no number", text)
		}
		sum.Add(sum, amount)
	}
	if want, _ := new(big.Rat).SetString(total); sum.Cmp(want) != 0 {
		t.Fatalf("shown lines %v add up to %s, the total shown is %s", shown, sum.FloatString(20), total)
	}
}

func TestWhoPaysAndWhoCaused(t *testing.T) {
	pull := key(web, workload("search", "index"), model.InitiatorDestination, "") // index asks, web answers
	through := key(web, internet, model.InitiatorSource, "nat-1")
	blind := key(web, internet, model.InitiatorUnknown, "nat-1")
	for name, test := range map[string]struct {
		charge        statement.Charge
		payer, causer string
	}{
		"the sender is billed for what the receiver asked for": {statement.Charge{Key: pull, Line: pricing.Line{Payer: "source"}}, web.ID(), "w/lab/search/Deployment/index"},
		"and the receiver for its side":                        {statement.Charge{Key: pull, Line: pricing.Line{Payer: "destination"}}, "w/lab/search/Deployment/index", "w/lab/search/Deployment/index"},
		"a gateway is billed, a workload caused it":            {statement.Charge{Key: through, Line: pricing.Line{Payer: "gateway"}}, "g/nat-1", web.ID()},
		"nobody saw who opened it":                             {statement.Charge{Key: blind, Line: pricing.Line{Payer: "source"}}, web.ID(), ""},
		"what is free is listed with the sender":               {statement.Charge{Key: through, Line: pricing.Line{Payer: "none"}}, web.ID(), web.ID()},
		"what has no price has no known payer":                 {statement.Charge{Key: through, Line: pricing.Line{Payer: "none", Unpriced: "gap"}}, "", web.ID()},
		"hours of a gateway":                                   {statement.Charge{Key: through, Standing: true, Gateway: "nat-1"}, "g/nat-1", web.ID()},
		"hours that nobody used":                               {statement.Charge{Standing: true, Gateway: "nat-1"}, "g/nat-1", "idle"},
	} {
		for view, want := range map[statement.View]string{statement.ByPayer: test.payer, statement.ByCauser: test.causer} {
			table, err := statement.Tabulate([]statement.Charge{test.charge}, statement.Ask{By: []statement.Dimension{statement.Workload}, View: view})
			if err != nil {
				t.Fatal(err)
			}
			if got := table.Lines[0].Group[0]; got != want {
				t.Errorf("%s: by %s it is %q, want %q", name, view, got, want)
			}
		}
	}
}

func TestEgressorsOwnTrafficIsALineLikeAnyOther(t *testing.T) {
	charge := func(source model.Identity, nano int64) statement.Charge {
		k := key(source, workload("egressor", "release-egressor-graphsvc"), model.InitiatorSource, "")
		return statement.Charge{Edge: k.ID(), Key: k, Line: pricing.Line{Payer: "source", Bytes: 1, Amount: money.FromNano(nano)}}
	}
	k := key(web, internet, model.InitiatorSource, "")
	other := statement.Charge{Edge: k.ID(), Key: k, Line: pricing.Line{Payer: "source", Bytes: 1, Amount: money.FromNano(100)}}
	unit := model.Identity{Kind: model.KindNode, Cluster: "lab", Name: "node-a", Type: "egressor-agent.service"}
	table, err := statement.Tabulate([]statement.Charge{charge(agent, 7), charge(unit, 2), other}, statement.Ask{
		By: []statement.Dimension{statement.Workload}, View: statement.ByPayer,
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(table.Lines) != 3 || table.Own.Amount != money.FromNano(9) || table.Total.Amount != money.FromNano(109) {
		t.Errorf("%d lines, own %s of %s", len(table.Lines), table.Own.Amount.Decimal(), table.Total.Amount.Decimal())
	}
}

func TestAFilterKeepsWhatHasTheValue(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		charges := drawCharges(t)
		by := rapid.SampledFrom(statement.Dimensions).Draw(t, "by")
		whole, err := statement.Tabulate(charges, statement.Ask{By: []statement.Dimension{by}, View: statement.ByCauser, Teams: teams{}})
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range whole.Lines {
			only, err := statement.Tabulate(charges, statement.Ask{
				View: statement.ByCauser, Teams: teams{}, Where: []statement.Filter{{By: by, Value: line.Group[0]}},
			})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(line.Amount.Decimal(), only.Total.Amount.Decimal()); diff != "" || only.Total.BilledBytes != line.BilledBytes {
				t.Fatalf("%s %q (-line +filtered):\n%s", by, line.Group[0], diff)
			}
		}
	})
}
