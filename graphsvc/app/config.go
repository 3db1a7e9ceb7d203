// Package app wires graphsvc together, for its daemon, for `egressor serve`
// and for tests alike.
package app

import (
	"cmp"
	"fmt"
	"net"
	"path/filepath"
	"time"

	"github.com/spf13/pflag"

	"github.com/egressor/egressor/costsvc/pricebooks"
	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/graphsvc/alert"
	"github.com/egressor/egressor/graphsvc/flowstore"
	"github.com/egressor/egressor/graphsvc/rollup"
	"github.com/egressor/egressor/graphsvc/terms"
	"github.com/egressor/egressor/internal/clickhouse"
	"github.com/egressor/egressor/internal/kube"
	"github.com/egressor/egressor/internal/neo4j"
	"github.com/egressor/egressor/internal/wire"
)

// Config is what graphsvc is told. The zero value is not usable; start from
// DefaultConfig.
type Config struct {
	// DataDir holds all state of the embedded stores.
	DataDir string
	// Listen serves the API and the user interface, IngestListen the agents.
	Listen, IngestListen string
	// AccessFile says who may sign in and see what; "" means sign-in is off,
	// which only loopback may be. SessionKeyFile seals the sessions, by default a
	// file in DataDir.
	AccessFile, SessionKeyFile string
	// TrustedProxies are address ranges of proxies in front of Listen, whose
	// X-Forwarded-For says whom a request comes from.
	TrustedProxies []string
	// IngestTLS proves the ingest to agents and, with authorities, them to it.
	IngestTLS wire.TLS
	// InsecureListen allows addresses beyond loopback without sign-in: for a pod
	// behind a proxy that has one.
	InsecureListen bool

	// ClickHouse.Address "" means the embedded engine on ClickHouseListen.
	ClickHouse       clickhouse.Config
	ClickHouseListen string
	// ClickHousePasswordFile is read at start; passwords are never flags.
	ClickHousePasswordFile string

	// Neo4jURI "" means the managed child on Neo4jListen.
	Neo4jURI, Neo4jUser, Neo4jDatabase, Neo4jPasswordFile string
	Neo4jListen                                           string
	// Neo4jHeapMiB is the managed child's Java heap, in MiB.
	Neo4jHeapMiB int

	// Inventory and Endpoints are YAML files of facts, watched for change.
	Inventory, Endpoints string
	Outside              Outside
	// Kube says which Kubernetes clusters are watched.
	Kube kube.Config
	// Prices are by what minutes are priced. KeepPrices leaves the current month as
	// it was priced when they change.
	Prices     terms.Settings
	KeepPrices bool
	// Bills is a folder of the clouds' bills, each compared with what was counted in
	// its month; "" for none.
	Bills string
	Rules rollup.Rules
	// Retention is how long ClickHouse keeps its rows; what the graph keeps is in Rules.
	Retention flowstore.Retention
	// DiskBudgetGiB is what DataDir may take, 0 for all that its volume has.
	DiskBudgetGiB uint64
	// Lab marks the data as the lab's or a recording's.
	Lab bool
	// Documents is a directory of persisted GraphQL documents, "" for none;
	// DocumentsOnly answers no other over HTTP.
	Documents     string
	DocumentsOnly bool

	// Insights are how incidents and savings are searched for, Alerts who is told.
	Insights InsightSettings
	Alerts   alert.Settings

	// Asking is who answers questions in words.
	Asking AskingSettings
}

// DefaultConfig is everything embedded, on loopback.
func DefaultConfig() Config {
	return Config{
		DataDir: "data", Listen: "127.0.0.1:8080", IngestListen: "127.0.0.1:4317",
		ClickHouse:       clickhouse.Config{Database: "egressor", User: "default"},
		ClickHouseListen: "127.0.0.1:8123",
		Neo4jUser:        "neo4j", Neo4jDatabase: "neo4j", Neo4jListen: "127.0.0.1:7687", Neo4jHeapMiB: neo4j.DefaultChildConfig().HeapMiB,
		Prices: terms.Settings{Books: []string{pricebooks.Default}, Mode: pricing.List}, Rules: rollup.DefaultRules(),
		Retention: flowstore.DefaultRetention(),
		Outside:   defaultOutside(),
		Kube:      kube.DefaultConfig(),
		Insights:  defaultInsights(),
		Asking:    defaultAsking(),
	}
}

// AddFlags defines every setting as a flag.
func (c *Config) AddFlags(flags *pflag.FlagSet) {
	flags.StringVar(&c.DataDir, "data", c.DataDir, "directory of the embedded stores' state")
	flags.StringVar(&c.Listen, "listen", c.Listen, "address of the API and the user interface")
	flags.StringVar(&c.IngestListen, "ingest-listen", c.IngestListen, "address for agents (gRPC)")
	flags.StringVar(&c.AccessFile, "access", c.AccessFile, "YAML file of tokens and the OpenID provider; empty means no sign-in, on loopback only")
	flags.StringVar(&c.SessionKeyFile, "session-key-file", c.SessionKeyFile, "file with the key that seals sessions, made where missing; default DATA/session-key; services behind one name share it")
	flags.StringSliceVar(&c.TrustedProxies, "trusted-proxies", c.TrustedProxies, "address ranges of proxies in front of --listen, whose X-Forwarded-For says whom a request comes from")
	flags.StringVar(&c.IngestTLS.CertFile, "ingest-tls-cert", c.IngestTLS.CertFile, "PEM certificate that proves the ingest to agents")
	flags.StringVar(&c.IngestTLS.KeyFile, "ingest-tls-key", c.IngestTLS.KeyFile, "PEM key of --ingest-tls-cert")
	flags.StringVar(&c.IngestTLS.CAFile, "ingest-tls-ca", c.IngestTLS.CAFile, "PEM authorities; with them every agent needs a certificate")
	flags.BoolVar(&c.InsecureListen, "insecure-listen", c.InsecureListen, "allow --listen and --ingest-listen beyond loopback, without sign-in")
	flags.StringVar(&c.ClickHouse.Address, "clickhouse-address", c.ClickHouse.Address, "ClickHouse server as host:port or URL; empty runs the embedded engine")
	flags.StringVar(&c.ClickHouse.Database, "clickhouse-database", c.ClickHouse.Database, "ClickHouse database, created where missing")
	flags.StringVar(&c.ClickHouse.User, "clickhouse-user", c.ClickHouse.User, "ClickHouse user")
	flags.StringVar(&c.ClickHousePasswordFile, "clickhouse-password-file", c.ClickHousePasswordFile, "file with the ClickHouse password")
	flags.BoolVar(&c.ClickHouse.TLS, "clickhouse-tls", c.ClickHouse.TLS, "encrypt the connection to the ClickHouse server")
	flags.StringVar(&c.ClickHouseListen, "clickhouse-listen", c.ClickHouseListen, "address of the embedded engine")
	flags.StringVar(&c.Neo4jURI, "neo4j-uri", c.Neo4jURI, "Neo4j server, for example neo4j+s://graph.example:7687; empty runs the managed child")
	flags.StringVar(&c.Neo4jUser, "neo4j-user", c.Neo4jUser, "Neo4j user")
	flags.StringVar(&c.Neo4jPasswordFile, "neo4j-password-file", c.Neo4jPasswordFile, "file with the Neo4j password")
	flags.StringVar(&c.Neo4jDatabase, "neo4j-database", c.Neo4jDatabase, "Neo4j database")
	flags.StringVar(&c.Neo4jListen, "neo4j-listen", c.Neo4jListen, "Bolt address of the managed Neo4j child")
	flags.IntVar(&c.Neo4jHeapMiB, "neo4j-heap", c.Neo4jHeapMiB, "MiB of heap of the managed Neo4j child: 1024 hold 30,000 transfers a minute, 2048 hold 100,000")
	flags.StringVar(&c.Inventory, "inventory", c.Inventory, "YAML file of nodes, workloads, pods and services")
	c.Kube.AddFlags(flags)
	flags.StringVar(&c.Endpoints, "endpoints", c.Endpoints, "YAML file of cloud endpoints and routes")
	c.Outside.AddFlags(flags)
	flags.StringSliceVar(&c.Prices.Books, "price-book", c.Prices.Books, "price book by name or file; of several the one that holds at a minute and begins last")
	flags.StringVar(&c.Prices.Overlay, "price-overlay", c.Prices.Overlay, "YAML file of discounts, private rates, own networks and payers")
	flags.StringVar((*string)(&c.Prices.Mode), "pricing-mode", string(c.Prices.Mode), "list: every byte at the first paid tier; marginal: allowances and tiers by the month's meters")
	flags.BoolVar(&c.KeepPrices, "keep-prices", c.KeepPrices, "leave the current month's minutes as they were priced when book, overlay or mode change")
	flags.StringVar(&c.Bills, "bills", c.Bills, "folder of the clouds' bills, each file one and each folder in it one of several files: compared with what was counted (docs/formats/bill.md)")
	flags.DurationVar(&c.Rules.Grace, "grace", c.Rules.Grace, "how long a minute waits for a live agent that has not reported past it")
	flags.DurationVar(&c.Rules.RefoldHorizon, "refold-horizon", c.Rules.RefoldHorizon, "how far back a fact that becomes known late has its minutes folded again; 0s never does")
	flags.StringVar(&c.Documents, "documents", c.Documents, "directory of persisted GraphQL documents (*.graphql), asked for by the SHA-256 of their text")
	flags.BoolVar(&c.DocumentsOnly, "documents-only", c.DocumentsOnly, "answer no other GraphQL over HTTP than --documents")
	flags.DurationVar(&c.Retention.Flows, "keep-flows", c.Retention.Flows, "how long raw rows are kept after they came")
	flags.DurationVar(&c.Retention.Minutes, "keep-minutes", c.Retention.Minutes, "how long the series of edges and charges is kept, minute by minute")
	flags.DurationVar(&c.Rules.HoursAfter, "hours-after", c.Rules.HoursAfter, "how long after its end an hour is compacted in the graph")
	flags.DurationVar(&c.Rules.DaysAfter, "days-after", c.Rules.DaysAfter, "how long after its end a day is compacted in the graph")
	flags.DurationVar(&c.Rules.KeepMinutes, "graph-keep-minutes", c.Rules.KeepMinutes, "how long the graph keeps the minutes of compacted hours; 0s for ever")
	flags.DurationVar(&c.Rules.KeepHours, "graph-keep-hours", c.Rules.KeepHours, "how long the graph keeps the hours of compacted days; 0s for ever")
	flags.DurationVar(&c.Rules.KeepDays, "graph-keep-days", c.Rules.KeepDays, "how long the graph keeps days, and the headers of the versions that speak of them; 0s for ever")
	flags.Uint64Var(&c.DiskBudgetGiB, "disk-budget", c.DiskBudgetGiB, "GiB that --data may take before the alarm; 0 for all that its volume has")
	c.Insights.addFlags(flags)
	c.Alerts.AddFlags(flags)
	flags.BoolVar(&c.Lab, "lab", c.Lab, "mark every answer as a lab's or a recording's")
	c.Asking.addFlags(flags)
}

// Check says what is wrong with the settings.
func (c *Config) Check() error {
	for flag, address := range map[string]string{"listen": c.Listen, "ingest-listen": c.IngestListen} {
		if err := c.checkListen(flag, address); err != nil {
			return err
		}
	}
	for _, check := range []func() error{c.checkTimes, c.Kube.Check, c.Outside.check, c.Rules.Check, c.Retention.Check, c.Insights.check, c.Alerts.Check, c.Asking.check} {
		if err := check(); err != nil {
			return err
		}
	}
	if c.Alerts.Kubernetes && !c.Kube.Watches() {
		return fmt.Errorf("--alert-kubernetes-events: no cluster is watched to write them into: give --kubeconfig, --kube-context or --kube-in-cluster")
	}
	if c.DataDir == "" && (c.ClickHouse.Address == "" || c.Neo4jURI == "") {
		return fmt.Errorf("--data is empty: the embedded stores need a directory")
	}
	return nil
}

func (c *Config) checkTimes() error {
	if c.Rules.Grace < 0 || c.Rules.Grace > time.Hour {
		return fmt.Errorf("--grace %s: want 0s to 1h", c.Rules.Grace)
	}
	if c.Rules.RefoldHorizon < 0 || c.Rules.RefoldHorizon > 24*time.Hour {
		return fmt.Errorf("--refold-horizon %s: want 0s to 24h", c.Rules.RefoldHorizon)
	}
	return nil
}

func (c *Config) checkListen(flag, address string) error {
	_, port, err := net.SplitHostPort(address)
	if err == nil {
		_, err = net.LookupPort("tcp", port)
	}
	if err != nil {
		return fmt.Errorf("--%s %q: want HOST:PORT: %w", flag, address, err)
	}
	if !loopback(address) && !c.InsecureListen && c.AccessFile == "" {
		return fmt.Errorf("--%s %s reaches beyond this machine without sign-in: bind to 127.0.0.1, name who may sign in with --access, or put a proxy with sign-in in front and say --insecure-listen", flag, address)
	}
	return nil
}

func (c *Config) sessionKey() string {
	return cmp.Or(c.SessionKeyFile, filepath.Join(c.DataDir, "session-key"))
}

func (c *Config) clickHouseDir() string { return filepath.Join(c.DataDir, "clickhouse") }
