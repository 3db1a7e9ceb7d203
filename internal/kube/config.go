package kube

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/pflag"
)

// Config says which clusters are watched, and what their labels mean.
type Config struct {
	// Kubeconfig is a file of contexts; "" means the standard places, if Contexts
	// names any.
	Kubeconfig string
	// Contexts are the contexts to watch, each CONTEXT or NAME=CONTEXT, where NAME
	// is the cluster's name as its agents give it. None means the current context.
	Contexts []string
	// InCluster is the name of the cluster that this process runs in, to be watched
	// with its service account; "" does not.
	InCluster string
	// ClockTolerance is how far the clocks of nodes and API server may differ.
	ClockTolerance time.Duration
	Mapping        Mapping
}

// Mapping names the labels and annotations that say who owns a thing and what
// was rolled out, best first.
type Mapping struct {
	Team, Commit, ChangedBy, Cause []string
}

// DefaultConfig watches nothing.
func DefaultConfig() Config {
	return Config{
		ClockTolerance: 250 * time.Millisecond,
		Mapping: Mapping{
			Team: []string{
				"egressor.dev/team", "team", "app.kubernetes.io/team", "backstage.io/owner", "tags.datadoghq.com/team", "owner",
				"app.kubernetes.io/part-of",
			},
			Commit: []string{
				"egressor.dev/git-commit", "app.kubernetes.io/git-commit", "git-commit", "org.opencontainers.image.revision",
				"app.openshift.io/vcs-ref", "tags.datadoghq.com/git.commit.sha",
			},
			ChangedBy: []string{"egressor.dev/changed-by", "deployment.kubernetes.io/changed-by", "kubernetes.io/changed-by"},
			Cause:     []string{"kubernetes.io/change-cause", "egressor.dev/change-cause"},
		},
	}
}

// Watches reports whether any cluster is to be watched.
func (c *Config) Watches() bool {
	return c.Kubeconfig != "" || len(c.Contexts) > 0 || c.InCluster != ""
}

// AddFlags defines the settings as flags.
func (c *Config) AddFlags(flags *pflag.FlagSet) {
	flags.StringVar(&c.Kubeconfig, "kubeconfig", c.Kubeconfig, "watch the Kubernetes clusters of this kubeconfig file")
	flags.StringSliceVar(&c.Contexts, "kube-context", c.Contexts, "contexts of the kubeconfig to watch, as CONTEXT or NAME=CONTEXT, where NAME is the agents' --cluster; empty is the current context")
	flags.StringVar(&c.InCluster, "kube-in-cluster", c.InCluster, "watch the cluster that this process runs in, under this name (the agents' --cluster)")
	flags.DurationVar(&c.ClockTolerance, "kube-clock-tolerance", c.ClockTolerance, "how far the clocks of nodes and API server may differ")
	flags.StringSliceVar(&c.Mapping.Team, "kube-team-keys", c.Mapping.Team, "labels and annotations that name the team, best first")
	flags.StringSliceVar(&c.Mapping.Commit, "kube-commit-keys", c.Mapping.Commit, "labels and annotations that name the git commit, best first")
	flags.StringSliceVar(&c.Mapping.ChangedBy, "kube-changed-by-keys", c.Mapping.ChangedBy, "labels and annotations that name who rolled out, before the managed fields' manager")
	flags.StringSliceVar(&c.Mapping.Cause, "kube-cause-keys", c.Mapping.Cause, "labels and annotations that say why something was rolled out, best first")
}

// Check says what is wrong with the settings.
func (c *Config) Check() error {
	if c.ClockTolerance < 0 || c.ClockTolerance > time.Minute {
		return fmt.Errorf("--kube-clock-tolerance %s: want 0s to 1m", c.ClockTolerance)
	}
	var names []string
	for _, text := range c.Contexts {
		name, context, found := strings.Cut(text, "=")
		if name == "" || found && context == "" {
			return fmt.Errorf("--kube-context %q: want CONTEXT or NAME=CONTEXT", text)
		}
		names = append(names, name)
	}
	if c.InCluster != "" {
		names = append(names, c.InCluster)
	}
	slices.Sort(names)
	for i := 1; i < len(names); i++ {
		if names[i] == names[i-1] {
			return fmt.Errorf("--kube-context, --kube-in-cluster: two clusters are called %q: their pods would be mixed up; give one another NAME=", names[i])
		}
	}
	return nil
}
