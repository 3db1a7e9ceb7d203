package kube

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
)

// access is how one cluster is reached.
type access struct {
	name   string
	config *rest.Config
}

// dialTimeout bounds how long a server may take to answer a request that is no watch.
const dialTimeout = 10 * time.Second

// accesses resolves the settings to clusters. The error joins all that is wrong.
func (c *Config) accesses() ([]access, error) {
	var all []access
	var failures []error
	if c.InCluster != "" {
		config, err := rest.InClusterConfig()
		if err != nil {
			failures = append(failures, fmt.Errorf("--kube-in-cluster: this process is in no pod with a service account token: %w", err))
		}
		all = append(all, access{c.InCluster, config})
	}
	if c.Kubeconfig == "" && len(c.Contexts) == 0 {
		return all, errors.Join(failures...)
	}
	contexts := c.Contexts
	if len(contexts) == 0 {
		contexts = []string{""}
	}
	for _, text := range contexts {
		found, err := c.context(text)
		failures = append(failures, err)
		all = append(all, found)
	}
	return all, errors.Join(failures...)
}

func (c *Config) context(text string) (access, error) {
	name, context, named := strings.Cut(text, "=")
	if !named {
		context = name
	}
	rules := clientcmd.NewDefaultClientConfigLoadingRules()
	if c.Kubeconfig != "" {
		rules.ExplicitPath = c.Kubeconfig
	}
	loader := clientcmd.NewNonInteractiveDeferredLoadingClientConfig(rules, &clientcmd.ConfigOverrides{CurrentContext: context})
	if name == "" {
		raw, err := loader.RawConfig()
		if err != nil {
			return access{}, fmt.Errorf("--kubeconfig %s: %w", c.Kubeconfig, err)
		}
		name = raw.CurrentContext
	}
	config, err := loader.ClientConfig()
	if err != nil {
		return access{}, fmt.Errorf("--kubeconfig %s: context %q: %w", c.Kubeconfig, context, err)
	}
	return access{name, config}, nil
}

// observed is the access with each answer's Date header given to skew: the API
// server's clock against this process's.
func (a access) observed(skew func(server time.Time)) access {
	config := rest.CopyConfig(a.config)
	config.UserAgent = "egressor"
	config.QPS, config.Burst = 20, 40 // some lists at start, then watches
	config.Wrap(func(next http.RoundTripper) http.RoundTripper {
		return roundTrip(func(request *http.Request) (*http.Response, error) {
			answer, err := next.RoundTrip(request)
			if err == nil {
				if date, failed := http.ParseTime(answer.Header.Get("Date")); failed == nil {
					skew(date)
				}
			}
			return answer, err
		})
	})
	return access{a.name, config}
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(request *http.Request) (*http.Response, error) { return f(request) }
