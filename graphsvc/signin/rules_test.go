package signin_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/egressor/egressor/graphsvc/signin"
)

func TestBrokenAccessFiles(t *testing.T) {
	hash := signin.HashToken("egr_x")
	token := func(fields string) string { return "tokens: [{" + fields + "}]" }
	oidc := func(fields string) string { return "oidc: {" + fields + "}" }
	grants := ", grants: [{group: sre, role: admin, scopes: ['*/*']}]"
	whole := "issuer: https://id.example, clientID: egressor, redirectURL: https://egressor.example/auth/callback"
	for name, test := range map[string]struct{ text, want string }{
		"empty":                {"", "nobody could sign in"},
		"not YAML":             {"tokens: [", "yaml"},
		"a field of its own":   {token("name: a, secret: x"), "secret"},
		"no name":              {token("hash: '" + hash + "', role: viewer, scopes: ['*/*']"), "token 1 has no name"},
		"the secret itself":    {token("name: a, hash: egr_secret, role: viewer, scopes: ['*/*']"), "token a: hash"},
		"unknown role":         {token("name: a, hash: '" + hash + "', role: root, scopes: ['*/*']"), `role "root"`},
		"no scopes":            {token("name: a, hash: '" + hash + "', role: viewer"), "no scopes"},
		"half a scope":         {token("name: a, hash: '" + hash + "', role: viewer, scopes: [shop]"), `scope "shop"`},
		"an agent with scopes": {token("name: a, hash: '" + hash + "', role: agent, scopes: ['*/*']"), "an agent sees nothing"},
		"twice":                {"tokens:\n- &a {name: a, hash: '" + hash + "', role: agent}\n- *a\n", "twice"},
		"no issuer":            {oidc("clientID: x" + grants), "issuer"},
		"no callback":          {oidc("issuer: https://id.example, clientID: x, redirectURL: https://e.example/" + grants), "/auth/callback"},
		"no client":            {oidc("issuer: https://id.example, redirectURL: https://e.example/auth/callback" + grants), "no clientID"},
		"no grants":            {oidc(whole), "no grants"},
		"a grant to nobody":    {oidc(whole + ", grants: [{role: admin, scopes: ['*/*']}]"), "grant 1 has no group"},
		"a grant to agents":    {oidc(whole + ", grants: [{group: nodes, role: agent}]"), "agents use tokens"},
		"right":                {oidc(whole + grants), ""},
	} {
		path := filepath.Join(t.TempDir(), "access.yaml")
		if err := os.WriteFile(path, []byte(test.text), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := signin.LoadRules(path)
		if test.want == "" && err != nil || test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want) || !strings.Contains(err.Error(), path)) {
			t.Errorf("%s: %v, want %q and the file", name, err, test.want)
		}
	}
}
