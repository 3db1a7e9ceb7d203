package app_test

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/spf13/pflag"

	"github.com/egressor/egressor/graphsvc/app"
	"github.com/egressor/egressor/internal/report"
)

func TestConfigCheck(t *testing.T) {
	for name, test := range map[string]struct {
		change func(*app.Config)
		want   string // a part of the error, "" for none
	}{
		"defaults":                        {func(*app.Config) {}, ""},
		"loopback by name":                {func(c *app.Config) { c.Listen = "localhost:0" }, ""},
		"loopback in IPv6":                {func(c *app.Config) { c.Listen = "[::1]:8080" }, ""},
		"all addresses":                   {func(c *app.Config) { c.Listen = "0.0.0.0:8080" }, "--listen 0.0.0.0:8080 reaches beyond this machine"},
		"no address means all":            {func(c *app.Config) { c.Listen = ":8080" }, "--listen :8080 reaches beyond this machine"},
		"a name that is not loopback":     {func(c *app.Config) { c.Listen = "localhost.example:8080" }, "reaches beyond this machine"},
		"agents from elsewhere":           {func(c *app.Config) { c.IngestListen = "10.0.0.5:4317" }, "--ingest-listen 10.0.0.5:4317 reaches beyond"},
		"beyond loopback, and said so":    {func(c *app.Config) { c.Listen, c.IngestListen, c.InsecureListen = ":8080", ":4317", true }, ""},
		"a port that is none":             {func(c *app.Config) { c.Listen = "127.0.0.1:99999" }, `--listen "127.0.0.1:99999": want HOST:PORT`},
		"no port":                         {func(c *app.Config) { c.Listen = "127.0.0.1" }, `--listen "127.0.0.1": want HOST:PORT`},
		"a context without a name":        {func(c *app.Config) { c.Kube.Contexts = []string{"=prod"} }, `--kube-context "=prod": want CONTEXT or NAME=CONTEXT`},
		"two clusters of one name":        {func(c *app.Config) { c.Kube.Contexts, c.Kube.InCluster = []string{"a=prod"}, "a" }, `two clusters are called "a"`},
		"a clock nobody keeps":            {func(c *app.Config) { c.Kube.ClockTolerance = time.Hour }, "--kube-clock-tolerance 1h0m0s: want 0s to 1m"},
		"events for no cluster":           {func(c *app.Config) { c.Alerts.Kubernetes = true }, "--alert-kubernetes-events: no cluster is watched"},
		"events for a cluster":            {func(c *app.Config) { c.Alerts.Kubernetes, c.Kube.InCluster = true, "prod" }, ""},
		"no grace":                        {func(c *app.Config) { c.Rules.Grace = 0 }, ""},
		"a grace below zero":              {func(c *app.Config) { c.Rules.Grace = -1 }, "--grace -1ns: want 0s to 1h"},
		"a refold horizon of days":        {func(c *app.Config) { c.Rules.RefoldHorizon = 25 * time.Hour }, "--refold-horizon 25h0m0s: want 0s to 24h"},
		"no refold for late facts":        {func(c *app.Config) { c.Rules.RefoldHorizon = 0 }, ""},
		"a grace of hours":                {func(c *app.Config) { c.Rules.Grace = time.Hour + 1 }, "--grace 1h0m0.000000001s: want 0s to 1h"},
		"cloud read every second":         {func(c *app.Config) { c.Outside.CloudInterval = time.Second }, "--cloud-interval 1s: want 10s to 24h"},
		"regions of no cloud":             {func(c *app.Config) { c.Outside.CloudRegions = []string{"us-east-1"} }, "which is not given"},
		"saved cloud inventory":           {func(c *app.Config) { c.Outside.Cloud = []string{"inventory.json"} }, ""},
		"nowhere to keep embedded stores": {func(c *app.Config) { c.DataDir = "" }, "--data is empty"},
		"one store is embedded":           {func(c *app.Config) { c.DataDir, c.Neo4jURI = "", "bolt://127.0.0.1:1" }, "--data is empty"},
		"live cloud": {func(c *app.Config) {
			c.Outside.Cloud, c.Outside.CloudRegions = []string{"aws"}, []string{"us-east-1"}
		}, ""},
		"raw rows for a minute":          {func(c *app.Config) { c.Retention.Flows = time.Minute }, "--keep-flows 1m0s: want at least 1h"},
		"a month of minutes":             {func(c *app.Config) { c.Retention.Minutes = 30 * 24 * time.Hour }, "--keep-minutes 720h0m0s: want at least 1488h"},
		"hours at once":                  {func(c *app.Config) { c.Rules.HoursAfter = 1 }, "--hours-after 1ns: want at least 1m"},
		"days before hours":              {func(c *app.Config) { c.Rules.DaysAfter = time.Minute }, "--days-after 1m0s: want more than --hours-after"},
		"minutes gone before their hour": {func(c *app.Config) { c.Rules.KeepMinutes = time.Minute }, "--graph-keep-minutes 1m0s: want at least"},
		"hours gone before their day":    {func(c *app.Config) { c.Rules.KeepHours = time.Hour }, "--graph-keep-hours 1h0m0s: want at least"},
		"days gone before their hours":   {func(c *app.Config) { c.Rules.KeepDays = c.Rules.KeepHours }, "--graph-keep-days 1488h0m0s: want at least"},
		"days end before their minutes":  {func(c *app.Config) { c.Rules.KeepMinutes = 0 }, "--graph-keep-days 9600h0m0s: want at least"},
		"history for ever":               {func(c *app.Config) { c.Rules.KeepMinutes, c.Rules.KeepHours = 0, 0 }, ""},
		"no store is embedded": {func(c *app.Config) {
			c.DataDir, c.Neo4jURI, c.ClickHouse.Address = "", "bolt://127.0.0.1:1", "127.0.0.1:1"
		}, ""},
	} {
		config := app.DefaultConfig()
		test.change(&config)
		err := config.Check()
		if (err == nil) != (test.want == "") || err != nil && !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: error %v, want %q", name, err, test.want)
		}
	}
}

func TestEveryFlagStartsAtItsDefault(t *testing.T) {
	config := app.DefaultConfig()
	flags := pflag.NewFlagSet("", pflag.ContinueOnError)
	config.AddFlags(flags)
	if err := flags.Parse(nil); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(config, app.DefaultConfig()) {
		t.Errorf("defining flags changed the defaults: %+v", config)
	}
	if err := config.Check(); err != nil {
		t.Error(err)
	}
	flags.VisitAll(func(flag *pflag.Flag) {
		if strings.Contains(flag.Name, "password") && !strings.HasSuffix(flag.Name, "-file") {
			t.Errorf("--%s takes a password: everybody on the machine can read flags", flag.Name)
		}
	})
}

// What is wired touches nothing: no file, no port, no child.
func TestNewIsInert(t *testing.T) {
	password := filepath.Join(t.TempDir(), "password")
	if err := os.WriteFile(password, []byte("secret\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		change func(*app.Config)
		parts  []string
		guards string
	}{
		"embedded": {func(*app.Config) {}, []string{"data directory", "databases", "clickhouse", "neo4j", "migrations"}, "retention charge sums disk "},
		"servers": {func(c *app.Config) {
			c.ClickHouse.Address, c.ClickHousePasswordFile = "127.0.0.1:1", password
			c.Neo4jURI, c.Neo4jPasswordFile = "bolt://127.0.0.1:1", password
		}, []string{"clickhouse", "neo4j", "migrations"}, "retention charge sums "},
		"one of each": {func(c *app.Config) { c.Neo4jURI = "bolt://127.0.0.1:1" }, []string{"data directory", "databases", "clickhouse", "neo4j", "migrations"}, "retention charge sums disk "},
	} {
		t.Run(name, func(t *testing.T) {
			config := app.DefaultConfig()
			config.DataDir = filepath.Join(t.TempDir(), "data")
			test.change(&config)
			service, err := app.New(config, report.Discard())
			if err != nil {
				t.Fatal(err)
			}
			var parts, serving []string
			for _, part := range service.Stores.Parts {
				parts = append(parts, part.Name)
			}
			for _, part := range service.Serving() {
				serving = append(serving, part.Name)
			}
			if got, want := strings.Join(parts, " "), strings.Join(test.parts, " "); got != want {
				t.Errorf("parts %q, want %q", got, want)
			}
			if got, want := strings.Join(serving, " "), test.guards+"audit inventory cloud inventory names hosts kubernetes ingest map insights fold investigations newest hour web"; got != want {
				t.Errorf("serving %q, want %q", got, want)
			}
			if _, err := os.Stat(config.DataDir); !os.IsNotExist(err) {
				t.Errorf("the data directory was made before anything started (%v)", err)
			}
		})
	}
}

func TestNewSaysWhatIsWrong(t *testing.T) {
	for name, test := range map[string]struct {
		change func(*app.Config)
		want   string
	}{
		"settings":         {func(c *app.Config) { c.Listen = "nowhere" }, "--listen"},
		"price book":       {func(c *app.Config) { c.Prices.Books = []string{"no-such-book"} }, "no-such-book"},
		"price overlay":    {func(c *app.Config) { c.Prices.Overlay = "no-such-overlay.yaml" }, "no-such-overlay"},
		"pricing mode":     {func(c *app.Config) { c.Prices.Mode = "blended" }, "want list or marginal"},
		"password file":    {func(c *app.Config) { c.ClickHousePasswordFile = "/no/such/file" }, "the password of clickhouse is not in /no/such/file"},
		"graph's address":  {func(c *app.Config) { c.Neo4jURI = "ftp://127.0.0.1" }, "ftp"},
		"neo4j's password": {func(c *app.Config) { c.Neo4jURI, c.Neo4jPasswordFile = "bolt://127.0.0.1:1", "/no/such" }, "the password of neo4j is not in /no/such"},
	} {
		config := app.DefaultConfig()
		config.DataDir = t.TempDir()
		test.change(&config)
		if _, err := app.New(config, report.Discard()); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: error %v, want one that says %q", name, err, test.want)
		}
	}
}
