//go:build !linux

package lab

import (
	"context"
	"errors"
	"time"

	"github.com/egressor/egressor/internal/model"
)

var errNotLinux = errors.New("the lab needs Linux: network namespaces, cgroup v2 and nftables")

// Preflight says in one sentence why a lab cannot run here.
func Preflight() error { return errNotLinux }

// Lab cannot be made here; New says so.
type Lab struct{}

// New refuses.
func New(Config) (*Lab, error) { return nil, errNotLinux }

// Cleanup has nothing to clean.
func Cleanup(string) error { return nil }

// Abandoned finds nothing.
func Abandoned() ([]string, error) { return nil, nil }

// Prefix is empty.
func (*Lab) Prefix() string { return "" }

// Start refuses.
func (*Lab) Start(context.Context) error { return errNotLinux }

// Stop has nothing to stop.
func (*Lab) Stop() error { return nil }

// Inventory is empty.
func (*Lab) Inventory() []model.Fact { return nil }

// Nodes is empty.
func (*Lab) Nodes() []Node { return nil }

// Pods is empty.
func (*Lab) Pods() []Pod { return nil }

// Rollout refuses.
func (*Lab) Rollout(context.Context, string, Change) error { return errNotLinux }

// RunStory refuses.
func (*Lab) RunStory(context.Context, time.Duration) error { return errNotLinux }
