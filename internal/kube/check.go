package kube

import (
	"context"
	"errors"
	"fmt"
	"strings"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// Check asks the API server of each cluster for one object of each resource, and
// for a watch. It returns what does not work by cluster, nil where all does; the
// error is of the settings themselves.
func Check(ctx context.Context, config Config) (map[string]error, error) {
	accesses, err := config.accesses()
	if err != nil {
		return nil, err
	}
	verdicts := map[string]error{}
	for _, to := range accesses {
		verdicts[to.name] = to.check(ctx)
	}
	return verdicts, nil
}

func (a access) check(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, dialTimeout)
	defer cancel()
	var denied, needed []string
	var failures []error
	for _, r := range resources {
		err := a.checkResource(ctx, r)
		if err == nil {
			continue
		}
		switch state, message := explain(a.name, r.String(), err); state {
		case StateDenied:
			denied, needed = append(denied, r.String()), append(needed, r.why)
		case StateAbsent, "":
		case StateUnreachable:
			return errors.New(message) // so it would be for all others
		default:
			failures = append(failures, fmt.Errorf("%s: %s", r, message))
		}
	}
	if len(denied) > 0 {
		failures = append(failures, fmt.Errorf("may not list and watch %s, which is needed for %s: grant it to this user, as the chart's ClusterRole does",
			strings.Join(denied, ", "), strings.Join(needed, ", ")))
	}
	return errors.Join(failures...)
}

func (a access) checkResource(ctx context.Context, r resource) error {
	from, err := sourceOf(a.config, r)
	if err != nil {
		return err
	}
	if _, err := from.list(ctx, metav1.ListOptions{Limit: 1}); err != nil {
		return err
	}
	second := int64(1)
	watching, err := from.watch(ctx, metav1.ListOptions{TimeoutSeconds: &second})
	if err != nil {
		return err
	}
	watching.Stop()
	return nil
}
