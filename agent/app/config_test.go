package app

import (
	"strings"
	"testing"
	"time"

	"github.com/spf13/pflag"

	"github.com/egressor/egressor/internal/model"
)

func TestConfig(t *testing.T) {
	c := DefaultConfig()
	if c.Node == "" {
		c.Node = "node"
	}
	if err := c.Validate(); err != nil {
		t.Fatalf("the default: %v", err)
	}
	for want, change := range map[string]func(*Config){
		"--cluster":            func(c *Config) { c.Cluster = "" },
		"--node":               func(c *Config) { c.Node = "" },
		"whole part":           func(c *Config) { c.Window = 7 * time.Second },
		"at least 1s":          func(c *Config) { c.Window = time.Millisecond },
		`mode "fast"`:          func(c *Config) { c.Mode = "fast" },
		"no spool directory":   func(c *Config) { c.SpoolDir = "" },
		"spool limit of 0":     func(c *Config) { c.SpoolMiB = 0 },
		"beyond this machine":  func(c *Config) { c.Server = "192.0.2.1:4317" },
		"stop timeout of -1ns": func(c *Config) { c.StopTimeout = -1 },
	} {
		bad := c
		change(&bad)
		if err := bad.Validate(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v does not name %q", err, want)
		}
	}
}

func TestEverySettingIsAFlag(t *testing.T) {
	c := DefaultConfig()
	flags := pflag.NewFlagSet("agent", pflag.ContinueOnError)
	c.AddFlags(flags)
	err := flags.Parse([]string{"--window=20s", "--spool-limit=64", "--tls-ca=ca.pem", "--server=localhost:1", "--insecure"})
	if err != nil {
		t.Fatal(err)
	}
	if c.Window != 20*time.Second || c.SpoolMiB != 64 || c.TLS.CAFile != "ca.pem" || c.Server != "localhost:1" || !c.Insecure {
		t.Fatalf("settings %+v", c)
	}
	flags.VisitAll(func(flag *pflag.Flag) {
		if flag.Usage == "" {
			t.Errorf("--%s has no help", flag.Name)
		}
	})
}

func TestManyLossesAreJoined(t *testing.T) {
	var losses []model.Loss
	for n := range 300 {
		losses = append(losses, model.Loss{
			Reason: model.LossSpoolFull, From: time.Unix(int64(n), 0), To: time.Unix(int64(n)+1, 0),
			Flows: 1, Bytes: 10, BytesKnown: n%3 != 0,
		})
	}
	got := joined(losses)
	if len(got) != 2 {
		t.Fatalf("%d losses remain, want one of known and one of unknown bytes", len(got))
	}
	unknown, known := got[0], got[1]
	if known.Bytes != 2000 || known.Flows != 200 || unknown.BytesKnown || unknown.Flows != 100 {
		t.Fatalf("known %+v, unknown %+v", known, unknown)
	}
	if !unknown.From.Equal(time.Unix(0, 0)) || !known.To.Equal(time.Unix(300, 0)) {
		t.Fatalf("times %v to %v", unknown.From, known.To)
	}
}
