package watch_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/testutil"

	"github.com/egressor/egressor/costsvc/pricebooks"
	"github.com/egressor/egressor/graphsvc/attribution"
	"github.com/egressor/egressor/graphsvc/cloud"
	"github.com/egressor/egressor/graphsvc/cloud/saved"
	"github.com/egressor/egressor/graphsvc/cloud/watch"
	"github.com/egressor/egressor/graphsvc/flowstore"
	"github.com/egressor/egressor/graphsvc/minute"
	"github.com/egressor/egressor/internal/clickhouse/clickhousetest"
	"github.com/egressor/egressor/internal/model"
)

type settableClock struct{ now time.Time }

func (c *settableClock) Now() time.Time                     { return c.now }
func (*settableClock) After(time.Duration) <-chan time.Time { return nil }

func store(t *testing.T) *flowstore.Store {
	t.Helper()
	db := clickhousetest.Migrated(t)
	return flowstore.New(db)
}

const (
	subnets = `{"Subnets": [{"SubnetId": "subnet-1", "VpcId": "vpc-1", "OwnerId": "111122223333", "CidrBlock": "10.0.1.0/24",
	  "AvailabilityZone": "us-east-1a", "AvailabilityZoneId": "use1-az1", "SubnetArn": "arn:aws:ec2:us-east-1:111122223333:subnet/subnet-1"}],
	 "NatGateways": [{"NatGatewayId": "nat-1", "SubnetId": "subnet-1", "VpcId": "vpc-1", "State": "available"}]}`
	lists  = `{"PrefixLists": [{"PrefixListId": "pl-63a5400a", "PrefixListName": "com.amazonaws.us-east-1.s3", "Cidrs": ["52.216.0.0/15"]}]}`
	byNAT  = `{"DestinationCidrBlock": "0.0.0.0/0", "NatGatewayId": "nat-1", "State": "active"}`
	byVPCE = `{"DestinationPrefixListId": "pl-63a5400a", "GatewayId": "vpce-1", "State": "active"}`
)

func save(t *testing.T, dir string, routes ...string) {
	t.Helper()
	table := `{"RouteTables": [{"RouteTableId": "rtb-1", "VpcId": "vpc-1", "OwnerId": "111122223333", "Associations": [{"Main": true}], "Routes": [` +
		strings.Join(routes, ", ") + `]}]}`
	for name, text := range map[string]string{"subnets.json": subnets, "lists.json": lists, "tables.json": table} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func watcher(t *testing.T, path string, facts *flowstore.Store, now *settableClock, log *slog.Logger, registry *prometheus.Registry) *watch.Watcher {
	t.Helper()
	found, err := saved.Sources(path)
	if err != nil {
		t.Fatal(err)
	}
	var sources []watch.Source
	for _, source := range found {
		sources = append(sources, source)
	}
	return watch.New(sources, facts, now, time.Minute, log, registry)
}

// TestARouteThatChangesIsPricedRightBeforeAndAfter: at 10:07 the way to S3 loses
// its gateway endpoint. Minutes before are free, minutes after pay the NAT gateway,
// whenever they are folded, and a restart of the watcher changes nothing of it.
func TestARouteThatChangesIsPricedRightBeforeAndAfter(t *testing.T) {
	facts, dir := store(t), t.TempDir()
	now := &settableClock{time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)}
	look := func(w *watch.Watcher) {
		t.Helper()
		if err := w.Look(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	quiet := slog.New(slog.DiscardHandler)
	save(t, dir, byNAT, byVPCE)
	first := watcher(t, dir, facts, now, quiet, prometheus.NewRegistry())
	look(first)
	now.now = now.now.Add(time.Minute)
	look(first) // the same again
	save(t, dir, byNAT)
	now.now = time.Date(2026, 11, 23, 10, 7, 0, 0, time.UTC)
	look(watcher(t, dir, facts, now, quiet, prometheus.NewRegistry()))

	if err := facts.RecordFacts(t.Context(), worldFacts(), now.now); err != nil {
		t.Fatal(err)
	}
	for clock, want := range map[string]string{
		"10:06": "gateway-endpoint:vpce-1 0", "10:07": "nat:nat-1@use1-az1 0.045",
	} {
		at, err := time.Parse("2006-01-02 15:04", "2026-11-23 "+clock)
		if err != nil {
			t.Fatal(err)
		}
		if got := folded(t, facts, model.MinuteOf(at)); got != want {
			t.Errorf("%s: %s, want %s", clock, got, want)
		}
	}
}

// worldFacts are a node, a pod, and S3.
func worldFacts() []model.Fact {
	return []model.Fact{
		{Kind: model.FactNode, Key: "a", Source: "kubernetes/shop", Node: &model.NodeFact{Cluster: "shop", Name: "a", Addrs: []netip.Addr{netip.MustParseAddr("10.0.1.4")}}},
		{Kind: model.FactPod, Key: "web", Source: "kubernetes/shop", Pod: &model.PodFact{Cluster: "shop", Namespace: "shop", Name: "web", Node: "a", Addrs: []netip.Addr{netip.MustParseAddr("10.0.1.5")}}},
		{Kind: model.FactEndpoint, Key: "s3", Source: "ranges/aws/2026-10-26", Endpoint: &model.EndpointFact{
			Class: "s3", Name: "s3", CIDRs: []netip.Prefix{netip.MustParsePrefix("52.216.0.0/15")}, Place: model.Place{Provider: "aws", Region: "us-east-1"},
		}},
	}
}

// folded is the path and the cost of a GiB to S3 in a minute, by the facts that
// the store has of it.
func folded(t *testing.T, facts *flowstore.Store, of model.Minute) string {
	t.Helper()
	held, _, err := facts.Facts(t.Context(), of.Start(), of.End(), time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	book, err := pricebooks.Load(pricebooks.Default)
	if err != nil {
		t.Fatal(err)
	}
	computed, err := minute.Compute(minute.Input{Minute: of, Facts: held, Rows: []attribution.ReportedRow{{
		Agent: model.AgentID{Cluster: "shop", Node: "a"},
		Row: model.FlowRow{
			Local: model.LocalEnd{Kind: model.LocalPod, ID: "web"}, LocalAddr: netip.MustParseAddr("10.0.1.5"), RemoteAddr: netip.MustParseAddr("52.216.0.9"),
			ServerPort: 443, Protocol: model.TCP, Role: model.RoleClient, WindowStart: of.Start(), WindowLength: time.Minute,
			Sent: model.Counts{WireBytes: 1 << 30, Packets: 1},
		},
	}}}, minute.ListPrices(book))
	if err != nil {
		t.Fatal(err)
	}
	return computed.Edges[0].Key.Path.String() + " " + computed.Edges[0].Cost.String()
}

// broken cannot be read.
type broken struct{}

func (broken) Name() string { return "aws eu-west-1 as role/reader" }
func (broken) Read(context.Context) (*cloud.Inventory, error) {
	return nil, errors.New("aws eu-west-1 as role/reader: DescribeVpcs: throttled")
}

// TestASourceThatCannotBeReadEndsNothing: the others are recorded, the failure is
// counted, and what the source said before holds.
func TestASourceThatCannotBeReadEndsNothing(t *testing.T) {
	facts, dir := store(t), t.TempDir()
	now := &settableClock{time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)}
	save(t, dir, byNAT, byVPCE)
	found, err := saved.Sources(dir)
	if err != nil {
		t.Fatal(err)
	}
	registry := prometheus.NewRegistry()
	var log bytes.Buffer
	w := watch.New([]watch.Source{broken{}, found[0]}, facts, now, time.Minute, slog.New(slog.NewTextHandler(&log, nil)), registry)
	if err := w.Start(t.Context()); err != nil {
		t.Fatalf("a source that cannot be read kept the service from starting: %v", err)
	}
	if err := os.WriteFile(filepath.Join(dir, "tables.json"), []byte(`{"RouteTables": [`), 0o600); err != nil {
		t.Fatal(err)
	}
	now.now = now.now.Add(time.Minute)
	failure := w.Look(t.Context())
	if err := w.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"throttled", "tables.json:1: the JSON ends too early"} {
		if failure == nil || !strings.Contains(failure.Error(), want) {
			t.Errorf("error %v does not say %q", failure, want)
		}
	}
	if !strings.Contains(log.String(), "what it said before holds") {
		t.Errorf("log: %s", log.String())
	}
	open, err := watch.Open(t.Context(), facts, now.now, map[string]bool{"cloud/aws/111122223333/us-east-1": true})
	if err != nil || len(open) != 3 { // a subnet and two routes
		t.Errorf("%d facts hold (%v), want 3", len(open), err)
	}
	if failures, err := testutil.GatherAndCount(registry, "egressor_cloud_inventory_failures_total"); err != nil || failures != 2 {
		t.Errorf("%d sources with failures (%v), want 2", failures, err)
	}
}

func TestNoInventoryIsNamedWithTheRemedy(t *testing.T) {
	for path, want := range map[string]string{
		t.TempDir():                           "no .json file in it or below it",
		filepath.Join(t.TempDir(), "nowhere"): "no such file",
	} {
		if _, err := saved.Sources(path); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", path, err, want)
		}
	}
}
