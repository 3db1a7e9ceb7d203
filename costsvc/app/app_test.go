package app_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"go.uber.org/goleak"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/status"

	"github.com/egressor/egressor/costsvc/app"
	"github.com/egressor/egressor/costsvc/costpb"
	"github.com/egressor/egressor/costsvc/costrpc"
	"github.com/egressor/egressor/costsvc/pricebooks"
	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/costsvc/transferclass"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
	"github.com/egressor/egressor/internal/report"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const minute = model.Minute(29_900_000)

// edges are count transfers of three kinds, two of them priced.
func edges(count int) ([]model.EdgeID, []model.EdgeMinute) {
	aws := func(zone string) model.Place { return model.Place{Provider: "aws", Region: "us-east-1", Zone: zone} }
	ids, all := make([]model.EdgeID, count), make([]model.EdgeMinute, count)
	for n := range all {
		key := model.EdgeKey{
			Source:      model.Identity{Kind: model.KindWorkload, Name: fmt.Sprint("a", n)},
			Destination: model.Identity{Kind: model.KindWorkload, Name: fmt.Sprint("b", n)},
			SourcePlace: aws("use1-az1"), DestinationPlace: aws("use1-az2"), Path: model.Path{Kind: model.PathVPC},
		}
		switch n % 3 {
		case 1:
			key.Destination = model.Identity{Kind: model.KindCloudEndpoint, Type: "internet", Name: fmt.Sprint("net", n)}
			key.DestinationPlace, key.Path = model.Place{}, model.Path{Kind: model.PathNAT, ViaZone: "use1-az2", Assumed: true}
		case 2:
			key.DestinationPlace.Zone = ""
		}
		all[n] = model.EdgeMinute{Minute: minute, Key: key, Sent: model.Counts{WireBytes: uint64(n) * 1_000_003}}
		ids[n] = key.ID()
	}
	return ids, all
}

// start runs the service on a free port and returns a connection to it.
func start(tb testing.TB) *grpc.ClientConn { return startWith(tb, pricebooks.Default) }

func startWith(tb testing.TB, book string) *grpc.ClientConn {
	tb.Helper()
	config := app.DefaultConfig()
	config.Book = book
	config.Listen = "127.0.0.1:0"
	service, err := app.New(report.Discard(), config)
	if err != nil {
		tb.Fatal(err)
	}
	if err := service.Service.Start(tb.Context()); err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := service.Service.Stop(context.Background()); err != nil {
			tb.Error(err)
		}
	})
	connection, err := grpc.NewClient(service.Service.Addr().String(), append(costrpc.DialOptions(), grpc.WithTransportCredentials(insecure.NewCredentials()))...)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := connection.Close(); err != nil {
			tb.Error(err)
		}
	})
	return connection
}

func TestTheServiceAnswersAsTheEngineInProcess(t *testing.T) {
	client := costrpc.NewClient(start(t))
	book, err := pricebooks.Load(pricebooks.Default)
	if err != nil {
		t.Fatal(err)
	}
	meters := pricing.Meters{{Fee: transferclass.FeeInternetAllowance, Region: "*"}: 100<<30 - 5_000_000}
	for _, count := range []int{0, 1, 300, 20_500} { // the last needs several messages
		ids, all := edges(count)
		for _, mode := range []pricing.Mode{pricing.List, pricing.Marginal} {
			want, wantMeters, err := pricing.Price(book, mode, all, meters)
			if err != nil {
				t.Fatal(err)
			}
			want.Minute = minute
			got, gotMeters, err := client.Price(t.Context(), mode, minute, ids, all, meters, nil)
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(want.Lines, got.Lines) { // cmp takes minutes to compare so many
				t.Fatalf("%d edges, %s: lines differ, %d in process and %d over gRPC", count, mode, len(want.Lines), len(got.Lines))
			}
			want.Lines, got.Lines = nil, nil
			options := cmp.Options{cmp.Comparer(func(a, b money.Amount) bool { return a == b }), cmpopts.EquateEmpty()}
			if diff := cmp.Diff(want, got, options); diff != "" {
				t.Fatalf("%d edges, %s: (-in process +over gRPC)\n%.2000s", count, mode, diff)
			}
			if diff := cmp.Diff(wantMeters, gotMeters); diff != "" {
				t.Fatalf("%d edges, %s: meters\n%s", count, mode, diff)
			}
		}
	}
}

// TestLinesOfOnesOwnAreFreeOverTheWireToo: they go by the names of endpoints and
// gateways, which other edges are told apart without.
func TestLinesOfOnesOwnAreFreeOverTheWireToo(t *testing.T) {
	terms := filepath.Join(t.TempDir(), "own.yaml")
	text := "overlay: own\nbook: aws\nnetworks:\n  - {name: dc, monthly: 900, currency: EUR, endpoints: [dc-frankfurt], via: [dx-1]}\n"
	if err := os.WriteFile(terms, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	book, err := pricebooks.Load("aws+" + terms)
	if err != nil {
		t.Fatal(err)
	}
	ids, all := edges(4)
	for i := range all {
		all[i].Key.SourcePlace, all[i].Key.DestinationPlace = model.Place{}, model.Place{}
		all[i].Key.Path = model.Path{Kind: model.PathVPC}
		all[i].Key.Destination = model.Identity{Kind: model.KindCloudEndpoint, Type: "on-premises", Name: []string{"dc-frankfurt", "dc-paris", "dc-frankfurt", "dc-rome"}[i]}
	}
	all[3].Key.Path.Via = "dx-1"
	for i := range all {
		ids[i] = all[i].Key.ID()
	}
	want, _, err := pricing.Price(book, pricing.List, all, nil)
	if err != nil {
		t.Fatal(err)
	}
	got, _, err := costrpc.NewClient(startWith(t, "aws+"+terms)).Price(t.Context(), pricing.List, minute, ids, all, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	free := 0
	for _, line := range got.Lines {
		if line.Rule == "N1" {
			free++
		}
	}
	if !slices.Equal(want.Lines, got.Lines) || free != 3 {
		t.Errorf("in process %+v\nover gRPC %+v", want.Lines, got.Lines)
	}
}

func TestBadRequestsAreRefusedWithAReason(t *testing.T) {
	service := costpb.NewCostClient(start(t))
	begin := &costpb.Begin{Mode: "list", Minute: int64(minute)}
	for name, c := range map[string]struct {
		requests []*costpb.PriceRequest
		want     string
	}{
		"no begin":        {[]*costpb.PriceRequest{{}}, "must have begin"},
		"begin twice":     {[]*costpb.PriceRequest{{Begin: begin}, {Begin: begin}}, "begin came twice"},
		"mode":            {[]*costpb.PriceRequest{{Begin: &costpb.Begin{Mode: "cheap"}}}, "want list, marginal or blended"},
		"meter":           {[]*costpb.PriceRequest{{Begin: &costpb.Begin{Mode: "list", Meters: []*costpb.Meter{{Fee: "tips"}}}}}, "no such fee"},
		"columns":         {[]*costpb.PriceRequest{{Begin: begin, Edge: []uint64{1}}}, "not equally long"},
		"shape not given": {[]*costpb.PriceRequest{{Begin: begin, Edge: []uint64{1}, WireBytes: []uint64{1}, Shape: []uint32{0}}}, "shape 0 of 0"},
	} {
		t.Run(name, func(t *testing.T) {
			stream, err := service.Price(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			for _, request := range c.requests {
				if err := stream.Send(request); err != nil {
					break // Recv tells why
				}
			}
			_, err = stream.Recv()
			if status.Code(err) != codes.InvalidArgument || !strings.Contains(err.Error(), c.want) {
				t.Fatalf("error %v, want one with %q", err, c.want)
			}
		})
	}
}

func TestConfigurationThatCannotWorkIsRefused(t *testing.T) {
	for _, c := range []struct {
		change func(*app.Config)
		want   string
	}{
		{func(c *app.Config) { c.Listen = "0.0.0.0:4318" }, "open to the network"},
		{func(c *app.Config) { c.Listen = "4318" }, "want HOST:PORT"},
		{func(c *app.Config) { c.Book = "" }, "--book"},
		{func(c *app.Config) { c.Book = "oracle" }, "not one of aws"},
	} {
		config := app.DefaultConfig()
		c.change(&config)
		if _, err := app.New(report.Discard(), config); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("error %v, want one with %q", err, c.want)
		}
	}
	if config := app.DefaultConfig(); config.Validate() != nil {
		t.Error("the default configuration is not valid")
	}
}

// cpu is the processor time that client and server have used together.
func cpu(b *testing.B) time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		b.Fatal(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

// BenchmarkPriceOverGRPC has client and server on the same machine, a minute of
// 100,000 edges of which a third goes to the internet, and a month's meters that
// stand within a tier, as they do in all but a few minutes of a month.
func BenchmarkPriceOverGRPC(b *testing.B) {
	client := costrpc.NewClient(start(b))
	const count = 100_000
	ids, all := edges(count)
	slices.Sort(ids) // as a fold has them
	for i := range all {
		all[i].Sent.WireBytes = uint64(i%1000) * 1500
	}
	meters := pricing.Meters{{Fee: transferclass.FeeInternetAllowance, Region: "*"}: 1 << 50}
	for _, mode := range []pricing.Mode{pricing.List, pricing.Marginal} {
		b.Run(string(mode), func(b *testing.B) {
			var lines []pricing.Line
			begin := cpu(b)
			for b.Loop() {
				statement, _, err := client.Price(b.Context(), mode, minute, ids, all, meters, lines)
				if err != nil {
					b.Fatal(err)
				}
				lines = statement.Lines
			}
			b.ReportMetric(float64(count)*float64(b.N)/(cpu(b)-begin).Seconds()/1e6, "Medges/cpu-s")
			b.ReportMetric(float64(count)*float64(b.N)/b.Elapsed().Seconds()/1e6, "Medges/s")
		})
	}
}
