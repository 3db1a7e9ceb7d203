package config_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/pflag"

	"github.com/egressor/egressor/internal/config"
)

// settings is a daemon's flags in miniature.
type settings struct {
	Server string
	Window time.Duration
	Peers  []string
	Cert   string
}

// resolve parses args and fills the rest from env and the YAML text.
func resolve(t *testing.T, args []string, env map[string]string, file string) (settings, error) {
	t.Helper()
	var s settings
	flags := pflag.NewFlagSet("agent", pflag.ContinueOnError)
	config.AddFileFlag(flags)
	flags.StringVar(&s.Server, "server", "default", "")
	flags.DurationVar(&s.Window, "window", time.Second, "")
	flags.StringSliceVar(&s.Peers, "peers", nil, "")
	flags.StringVar(&s.Cert, "tls-cert", "", "")
	if file != "" {
		path := filepath.Join(t.TempDir(), "settings.yaml")
		if err := os.WriteFile(path, []byte(file), 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, "--config", path)
	}
	if err := flags.Parse(args); err != nil {
		t.Fatal(err)
	}
	err := config.ResolveFrom(flags, "agent", func(name string) (string, bool) {
		text, ok := env[name]
		return text, ok
	})
	return s, err
}

func TestPrecedence(t *testing.T) {
	file := "server: file\nwindow: 3s\npeers: [x, y]\ntls:\n  cert: file.pem\n"
	for name, tc := range map[string]struct {
		args []string
		env  map[string]string
		file string
		want settings
	}{
		"defaults":           {want: settings{Server: "default", Window: time.Second}},
		"file":               {file: file, want: settings{"file", 3 * time.Second, []string{"x", "y"}, "file.pem"}},
		"env before file":    {env: map[string]string{"EGRESSOR_SERVER": "env", "EGRESSOR_PEERS": "a,b"}, file: file, want: settings{"env", 3 * time.Second, []string{"a", "b"}, "file.pem"}},
		"flag before env":    {args: []string{"--server=flag"}, env: map[string]string{"EGRESSOR_SERVER": "env", "EGRESSOR_TLS_CERT": "env.pem"}, want: settings{"flag", time.Second, nil, "env.pem"}},
		"empty env is a say": {env: map[string]string{"EGRESSOR_SERVER": ""}, file: file, want: settings{"", 3 * time.Second, []string{"x", "y"}, "file.pem"}},
		"own section first":  {file: "server: shared\nagent: {server: own}\ngraphsvc: {whatever: 1}\n", want: settings{Server: "own", Window: time.Second}},
		"empty file":         {file: "# nothing\n", want: settings{Server: "default", Window: time.Second}},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := resolve(t, tc.args, tc.env, tc.file)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Fatalf("settings (-want +got):\n%s", diff)
			}
		})
	}
}

func TestErrorsNameThePlace(t *testing.T) {
	for name, tc := range map[string]struct {
		env  map[string]string
		file string
		want []string
	}{
		"bad variable":      {env: map[string]string{"EGRESSOR_WINDOW": "soon"}, want: []string{"EGRESSOR_WINDOW", "soon", "--window"}},
		"unknown key":       {file: "\nsevrer: x\n", want: []string{"settings.yaml:2", `"sevrer"`}},
		"bad value":         {file: "window: soon\n", want: []string{"settings.yaml:1", "window"}},
		"list for one":      {file: "server: [a, b]\n", want: []string{"settings.yaml:1", "server", "not a list"}},
		"alias":             {file: "server: &a x\ntls: {cert: *a}\n", want: []string{"line 2", "alias"}},
		"not a mapping":     {file: "- server\n", want: []string{"line 1"}},
		"not YAML":          {file: "server: [\n", want: []string{"settings.yaml"}},
		"file of a file":    {file: "config: other.yaml\n", want: []string{"settings.yaml:1", "config"}},
		"no such file":      {env: map[string]string{"EGRESSOR_CONFIG": "/nonexistent/settings.yaml"}, want: []string{"/nonexistent/settings.yaml"}},
		"too large a file":  {file: "#" + strings.Repeat("x", 1<<20), want: []string{"larger than"}},
		"nested in a list":  {file: "peers: [{a: b}]\n", want: []string{"line 1", "peers"}},
		"section as scalar": {file: "agent: yes\n", want: []string{"agent"}},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := resolve(t, nil, tc.env, tc.file)
			if err == nil {
				t.Fatal("no error")
			}
			for _, part := range tc.want {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("error %q does not name %q", err, part)
				}
			}
		})
	}
}

func FuzzFile(f *testing.F) {
	f.Add("server: a\nagent: {window: 1s}\n")
	f.Add("a: &a [*a]")
	f.Fuzz(func(t *testing.T, file string) {
		if file == "" {
			return
		}
		_, _ = resolve(t, nil, nil, file) // it must not panic or hang
	})
}
