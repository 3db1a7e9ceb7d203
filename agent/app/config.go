package app

import (
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/spf13/pflag"

	"github.com/egressor/egressor/agent/spool"
	"github.com/egressor/egressor/agent/uplink"
	"github.com/egressor/egressor/internal/wire"
)

// Config is everything that an agent can be told.
type Config struct {
	// Cluster and Node name the agent; every agent has its own pair.
	Cluster, Node string
	// CgroupRoot limits the capture to one cgroup v2 subtree, "" for the machine.
	CgroupRoot string
	// NodeNetns is the file of the network namespace that holds the node's
	// translations and addresses, "" for the agent's own.
	NodeNetns string
	// Mode is how to capture: auto, sockets or packets.
	Mode string
	// MapEntries bounds the sockets and flows tracked at once, 0 for the probe's default.
	MapEntries int
	// Window is how long one reading covers. It divides a minute.
	Window time.Duration
	// Server is the ingest's host:port.
	Server string
	// TLS proves this agent to the server and the reverse.
	TLS wire.TLS
	// Insecure allows a server beyond this machine without TLS.
	Insecure bool
	// TokenFile holds the token that the ingest asks for.
	TokenFile string
	// SpoolDir holds what is not acknowledged yet, SpoolMiB bounds it.
	SpoolDir string
	SpoolMiB int
	// MetricsListen serves /metrics, /healthz and /readyz, "" for not at all.
	MetricsListen string
	// StopTimeout bounds the wait for the last answers when the agent stops.
	StopTimeout time.Duration
	// BackoffMin and BackoffMax bound the pause before the uplink connects again.
	BackoffMin, BackoffMax time.Duration
}

// DefaultConfig sends to an ingest on this machine and spools under /var/lib.
func DefaultConfig() Config {
	node, err := os.Hostname()
	if err != nil {
		node = ""
	}
	up := uplink.DefaultConfiguration()
	return Config{
		Cluster: "default", Node: node, Mode: "auto", Window: 10 * time.Second, Server: up.Server,
		SpoolDir: "/var/lib/egressor/spool", SpoolMiB: 256, StopTimeout: 10 * time.Second,
		BackoffMin: up.BackoffMin, BackoffMax: up.BackoffMax,
	}
}

// AddFlags defines a flag for every setting.
func (c *Config) AddFlags(flags *pflag.FlagSet) {
	flags.StringVar(&c.Cluster, "cluster", c.Cluster, "name of the cluster")
	flags.StringVar(&c.Node, "node", c.Node, "name of this node, as Kubernetes has it")
	flags.StringVar(&c.CgroupRoot, "cgroup-root", c.CgroupRoot, "count this cgroup v2 subtree only (default the whole machine)")
	flags.StringVar(&c.NodeNetns, "node-netns", c.NodeNetns, "file of the node's network namespace, for translations (default the agent's own)")
	flags.StringVar(&c.Mode, "mode", c.Mode, "how to capture: auto, sockets (kernel counters) or packets")
	flags.IntVar(&c.MapEntries, "map-entries", c.MapEntries, "sockets and packet flows tracked at once (default the probe's)")
	flags.DurationVar(&c.Window, "window", c.Window, "time that one reading covers; divides a minute")
	flags.StringVar(&c.Server, "server", c.Server, "host:port of the ingest")
	flags.StringVar(&c.TLS.CertFile, "tls-cert", c.TLS.CertFile, "PEM certificate that proves this agent")
	flags.StringVar(&c.TLS.KeyFile, "tls-key", c.TLS.KeyFile, "PEM key of --tls-cert")
	flags.StringVar(&c.TLS.CAFile, "tls-ca", c.TLS.CAFile, "PEM authorities that the server's certificate is checked against")
	flags.BoolVar(&c.Insecure, "insecure", c.Insecure, "send without TLS to a server beyond this machine")
	flags.StringVar(&c.TokenFile, "token-file", c.TokenFile, "file with the token that the ingest asks for (default none)")
	flags.StringVar(&c.SpoolDir, "spool-dir", c.SpoolDir, "directory for batches that are not acknowledged yet")
	flags.IntVar(&c.SpoolMiB, "spool-limit", c.SpoolMiB, "MiB that the spool may take; beyond, the oldest batches give way and are reported as lost")
	flags.StringVar(&c.MetricsListen, "metrics-listen", c.MetricsListen, "host:port for /metrics, /healthz and /readyz (default off)")
	flags.DurationVar(&c.StopTimeout, "stop-timeout", c.StopTimeout, "longest wait for the last answers when stopping")
}

// Validate reports the first thing that is wrong.
func (c Config) Validate() error {
	switch {
	case c.Cluster == "":
		return errors.New("no cluster name: give --cluster")
	case c.Node == "":
		return errors.New("no node name: give --node")
	case c.Window < time.Second || time.Minute%c.Window != 0:
		return fmt.Errorf("window of %v: want a whole part of a minute, at least 1s, for example 10s", c.Window)
	case c.Mode != "auto" && c.Mode != "sockets" && c.Mode != "packets":
		return fmt.Errorf("mode %q: want auto, sockets or packets", c.Mode)
	case c.StopTimeout < 0:
		return fmt.Errorf("stop timeout of %v", c.StopTimeout)
	}
	if err := c.spool().Validate(); err != nil {
		return err
	}
	return c.uplink().Validate()
}

func (c Config) spool() spool.Configuration {
	return spool.Configuration{Dir: c.SpoolDir, LimitBytes: int64(c.SpoolMiB) << 20}
}

func (c Config) uplink() uplink.Configuration {
	up := uplink.DefaultConfiguration()
	up.Server, up.TLS, up.Insecure, up.TokenFile = c.Server, c.TLS, c.Insecure, c.TokenFile
	up.BackoffMin, up.BackoffMax = c.BackoffMin, c.BackoffMax
	return up
}
