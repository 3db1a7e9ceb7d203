package access_test

import (
	"testing"

	"github.com/egressor/egressor/graphsvc/access"
)

func TestRolesAreInOrder(t *testing.T) {
	for _, test := range []struct {
		role, needed access.Role
		want         bool
	}{
		{access.Viewer, access.Viewer, true}, {access.Viewer, access.Analyst, false}, {access.Analyst, access.Viewer, true},
		{access.Admin, access.Analyst, true}, {access.Analyst, access.Admin, false},
		{access.Agent, access.Viewer, false}, {access.Admin, access.Agent, false}, {access.Agent, access.Agent, true},
		{"", access.Viewer, false}, {"root", access.Viewer, false},
	} {
		if got := test.role.AtLeast(test.needed); got != test.want {
			t.Errorf("%q at least %q: %v", test.role, test.needed, got)
		}
	}
	if _, err := access.ParseRole("root"); err == nil {
		t.Error("an unknown role was read")
	}
}

func TestScopes(t *testing.T) {
	for _, test := range []struct {
		scope, cluster, namespace string
		want                      bool
	}{
		{"prod/shop", "prod", "shop", true}, {"prod/shop", "prod", "pay", false}, {"prod/shop", "dev", "shop", false},
		{"*/shop", "dev", "shop", true}, {"prod/*", "prod", "pay", true}, {"prod/*", "prod", "", true}, {"prod/*", "dev", "", false},
		{"*/shop", "prod", "", false}, {"*/*", "", "", true},
	} {
		scope, err := access.ParseScope(test.scope)
		if err != nil || scope.String() != test.scope {
			t.Fatalf("%s: %v, %v", test.scope, scope, err)
		}
		if got := (access.Principal{Scopes: []access.Scope{scope}}).Sees(test.cluster, test.namespace); got != test.want {
			t.Errorf("%s sees %s/%s: %v", test.scope, test.cluster, test.namespace, got)
		}
	}
	for _, bad := range []string{"", "prod", "prod/", "/shop", "prod/shop/x"} {
		if scope, err := access.ParseScope(bad); err == nil {
			t.Errorf("%q was read as %v", bad, scope)
		}
	}
}

func TestWhoAsks(t *testing.T) {
	ann := access.Principal{Name: "ann", Method: "oidc", Role: access.Viewer, Scopes: []access.Scope{{Cluster: "prod", Namespace: "shop"}}}
	if got := access.From(access.With(t.Context(), ann)); got.Name != "ann" || got.Unscoped() {
		t.Errorf("got %+v", got)
	}
	if got := access.From(t.Context()); got.Method != "local" || !got.Unscoped() {
		t.Errorf("the service's own work: %+v", got)
	}
}
