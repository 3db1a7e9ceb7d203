package signin

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"strings"
	"time"

	"gopkg.in/yaml.v3"

	"github.com/egressor/egressor/graphsvc/access"
)

// Rules are what the access file says: docs/formats/access.md is its reference.
type Rules struct {
	Tokens []TokenRule `yaml:"tokens"`
	OIDC   *OIDCRules  `yaml:"oidc"`
}

// TokenRule is one API token, known by its hash alone.
type TokenRule struct {
	Name string `yaml:"name"`
	// Hash is what HashToken says of the secret.
	Hash   string   `yaml:"hash"`
	Role   string   `yaml:"role"`
	Scopes []string `yaml:"scopes"`
	// Reports are the nodes that an agent's token may report for, as CLUSTER/NODE.
	Reports []string  `yaml:"reports"`
	Expires time.Time `yaml:"expires"`

	principal access.Principal
}

// OIDCRules say where people sign in and what their groups may do.
type OIDCRules struct {
	Issuer   string `yaml:"issuer"`
	ClientID string `yaml:"clientID"`
	// ClientSecretFile may be left out for a public client: PKCE is always used.
	ClientSecretFile string `yaml:"clientSecretFile"`
	RedirectURL      string `yaml:"redirectURL"`
	// GroupsClaim names the claim with the groups, "groups" where left out.
	GroupsClaim string  `yaml:"groupsClaim"`
	Grants      []Grant `yaml:"grants"`
}

// Grant is what the members of one group may do. The first that fits counts, so
// that adding a group to somebody never widens what an earlier one narrowed.
type Grant struct {
	Group  string   `yaml:"group"`
	Role   string   `yaml:"role"`
	Scopes []string `yaml:"scopes"`

	role   access.Role
	scopes []access.Scope
}

// LoadRules reads an access file. Errors name the file and the entry.
func LoadRules(path string) (Rules, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return Rules{}, fmt.Errorf("access file: %w", err)
	}
	rules, err := parseRules(text)
	if err != nil {
		return Rules{}, fmt.Errorf("access file %s: %w", path, err)
	}
	return rules, nil
}

// CheckRules says what is wrong with the text of an access file.
func CheckRules(text []byte) error {
	_, err := parseRules(text)
	return err
}

func parseRules(text []byte) (Rules, error) {
	var rules Rules
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	decoder.KnownFields(true)
	if err := decoder.Decode(&rules); err != nil && !errors.Is(err, io.EOF) {
		return Rules{}, err
	}
	if len(rules.Tokens) == 0 && rules.OIDC == nil {
		return Rules{}, errors.New("neither tokens nor oidc: nobody could sign in; make a token with `egressor token`")
	}
	if err := rules.checkTokens(); err != nil {
		return Rules{}, err
	}
	if rules.OIDC != nil {
		if err := rules.OIDC.check(); err != nil {
			return Rules{}, fmt.Errorf("oidc: %w", err)
		}
	}
	return rules, nil
}

func (r *Rules) checkTokens() error {
	names, hashes := map[string]bool{}, map[string]bool{}
	for i := range r.Tokens {
		token := &r.Tokens[i]
		role, scopes, err := granted(token.Role, token.Scopes)
		switch {
		case token.Name == "":
			return fmt.Errorf("token %d has no name", i+1)
		case names[token.Name] || hashes[token.Hash]:
			return fmt.Errorf("token %s stands there twice", token.Name)
		case !validHash(token.Hash):
			return fmt.Errorf("token %s: hash %.20q: want %sHEX of 64 digits, as `egressor token` prints it", token.Name, token.Hash, hashPrefix)
		case err != nil:
			return fmt.Errorf("token %s: %w", token.Name, err)
		}
		reports, err := reported(role, token.Reports)
		if err != nil {
			return fmt.Errorf("token %s: %w", token.Name, err)
		}
		names[token.Name], hashes[token.Hash] = true, true
		token.principal = access.Principal{Name: token.Name, Method: "token", Role: role, Scopes: scopes, Reports: reports}
	}
	return nil
}

func (o *OIDCRules) check() error {
	if !isURL(o.Issuer) {
		return fmt.Errorf("issuer %q: want an URL", o.Issuer)
	}
	if !isURL(o.RedirectURL) {
		return fmt.Errorf("redirectURL %q: want an URL", o.RedirectURL)
	}
	if !strings.HasSuffix(o.RedirectURL, callbackPath) {
		return fmt.Errorf("redirectURL %q: want one that ends with %s", o.RedirectURL, callbackPath)
	}
	if o.ClientID == "" {
		return errors.New("no clientID")
	}
	if o.GroupsClaim == "" {
		o.GroupsClaim = "groups"
	}
	if len(o.Grants) == 0 {
		return errors.New("no grants: whoever signed in could do nothing")
	}
	for i := range o.Grants {
		grant := &o.Grants[i]
		if grant.Group == "" {
			return fmt.Errorf("grant %d has no group", i+1)
		}
		var err error
		if grant.role, grant.scopes, err = granted(grant.Role, grant.Scopes); err != nil {
			return fmt.Errorf("grant of group %s: %w", grant.Group, err)
		}
		if grant.role == access.Agent {
			return fmt.Errorf("grant of group %s: agents use tokens", grant.Group)
		}
	}
	return nil
}

func isURL(text string) bool {
	parsed, err := url.Parse(text)
	return err == nil && parsed.Host != "" && (parsed.Scheme == "https" || parsed.Scheme == "http")
}

// granted reads a role and its scopes, which are never implied: who may see
// everything has "*/*" written beside the name.
func granted(role string, scopes []string) (access.Role, []access.Scope, error) {
	parsed, err := access.ParseRole(role)
	if err != nil {
		return "", nil, err
	}
	if parsed == access.Agent {
		if len(scopes) > 0 {
			return "", nil, errors.New("an agent sees nothing and has no scopes")
		}
		return parsed, nil, nil
	}
	if len(scopes) == 0 {
		return "", nil, errors.New(`no scopes: say which CLUSTER/NAMESPACE, or "*/*" for everything`)
	}
	result := make([]access.Scope, len(scopes))
	for i, text := range scopes {
		if result[i], err = access.ParseScope(text); err != nil {
			return "", nil, err
		}
	}
	return parsed, result, nil
}

// reported reads which nodes an agent may report for.
func reported(role access.Role, texts []string) ([]access.Scope, error) {
	if role != access.Agent && len(texts) > 0 {
		return nil, errors.New("reports: only agents report")
	}
	reports := make([]access.Scope, len(texts))
	for i, text := range texts {
		var err error
		if reports[i], err = access.ParseScope(text); err != nil {
			return nil, fmt.Errorf("reports: %q: want CLUSTER/NODE, either of which may be *", text)
		}
	}
	return reports, nil
}

// principal is what somebody with these groups may do; ok is false where no
// grant fits.
func (o *OIDCRules) principal(name string, groups []string) (access.Principal, bool) {
	for i := range o.Grants {
		for _, group := range groups {
			if group == o.Grants[i].Group {
				return access.Principal{Name: name, Method: "oidc", Role: o.Grants[i].role, Scopes: o.Grants[i].scopes}, true
			}
		}
	}
	return access.Principal{}, false
}
