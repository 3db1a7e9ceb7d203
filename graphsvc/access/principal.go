package access

import (
	"context"
	"slices"
)

// Principal is who asks.
type Principal struct {
	// Name is the token's name or the person's, as the audit log shows it.
	Name string
	// Method is how they proved it: "local", "token" or "oidc".
	Method string
	Role   Role
	// Scopes are the namespaces they may see; Everywhere sees all there is.
	Scopes []Scope
	// Reports are the nodes that an agent may report for, each as the scope
	// CLUSTER/NODE; none is any.
	Reports []Scope
}

// Everywhere is the scope of who may see all there is.
var Everywhere = []Scope{{Any, Any}}

// Local is who asks where sign-in is off, which is only on this machine.
func Local() Principal {
	return Principal{Name: "local", Method: "local", Role: Admin, Scopes: Everywhere}
}

// Unscoped reports whether the principal may see all there is.
func (p Principal) Unscoped() bool { return slices.Contains(p.Scopes, Everywhere[0]) }

// Sees reports whether a namespace of a cluster is the principal's to see.
func (p Principal) Sees(cluster, namespace string) bool {
	return slices.ContainsFunc(p.Scopes, func(s Scope) bool { return s.Holds(cluster, namespace) })
}

// ReportsFor reports whether an agent may report for a node of a cluster.
func (p Principal) ReportsFor(cluster, node string) bool {
	return p.Role == Agent && (len(p.Reports) == 0 || slices.ContainsFunc(p.Reports, func(s Scope) bool { return s.Holds(cluster, node) }))
}

// Covers reports whether the principal sees all that lies in some scopes.
func (p Principal) Covers(scopes []Scope) bool {
	for _, scope := range scopes {
		if !slices.ContainsFunc(p.Scopes, func(own Scope) bool { return own.covers(scope) }) {
			return false
		}
	}
	return true
}

type key struct{}

// With returns a context of a request by the principal.
func With(ctx context.Context, p Principal) context.Context { return context.WithValue(ctx, key{}, p) }

// From is whose request a context belongs to. The service's own work (the fold,
// a replayed scenario, a command line on the stores) belongs to nobody and is
// Local: every request from outside passes the sign-in, which names its asker.
func From(ctx context.Context) Principal {
	if p, ok := ctx.Value(key{}).(Principal); ok {
		return p
	}
	return Local()
}
