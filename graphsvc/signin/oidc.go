package signin

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

// provider is the OpenID Connect provider, found at the first sign-in: a
// provider that is down keeps nobody with a token out.
type provider struct {
	mu    sync.Mutex
	rules OIDCRules
	found *oidc.Provider
}

// providerPatience is how long the provider may take to answer: everybody who
// signs in waits for whoever asks it first.
const providerPatience = 10 * time.Second

// patient is a context whose requests to the provider are given up after a time.
func patient(ctx context.Context) context.Context {
	return oidc.ClientContext(ctx, &http.Client{Timeout: providerPatience})
}

// identity is who the provider says somebody is.
type identity struct {
	name   string
	groups []string
}

// at is the provider that the rules name, asked anew when they name another.
func (p *provider) at(ctx context.Context, rules OIDCRules) (*oidc.Provider, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.found != nil && p.rules.Issuer == rules.Issuer {
		return p.found, nil
	}
	// The keys are fetched again long after this request has ended.
	found, err := oidc.NewProvider(patient(context.WithoutCancel(ctx)), rules.Issuer)
	if err != nil {
		return nil, fmt.Errorf("asking the OpenID provider %s: %w", rules.Issuer, err)
	}
	p.found, p.rules = found, rules
	return found, nil
}

// begin is the address of the provider's sign-in page.
func (p *provider) begin(ctx context.Context, rules OIDCRules, l login) (string, error) {
	client, err := p.client(ctx, rules)
	if err != nil {
		return "", err
	}
	return client.AuthCodeURL(l.State, oidc.Nonce(l.Nonce), oauth2.S256ChallengeOption(l.Verifier)), nil
}

// end exchanges the code that the provider sent along for an identity.
func (p *provider) end(ctx context.Context, rules OIDCRules, l login, code string) (identity, error) {
	client, err := p.client(ctx, rules)
	if err != nil {
		return identity{}, err
	}
	tokens, err := client.Exchange(patient(ctx), code, oauth2.VerifierOption(l.Verifier))
	if err != nil {
		return identity{}, fmt.Errorf("exchanging the code at %s: %w", rules.Issuer, err)
	}
	raw, ok := tokens.Extra("id_token").(string)
	if !ok {
		return identity{}, fmt.Errorf("%s sent no ID token: is the scope openid allowed for client %s?", rules.Issuer, rules.ClientID)
	}
	return p.verify(ctx, rules, raw, l.Nonce)
}

// verify checks an ID token; nonce "" for one that came as a bearer token.
func (p *provider) verify(ctx context.Context, rules OIDCRules, raw, nonce string) (identity, error) {
	found, err := p.at(ctx, rules)
	if err != nil {
		return identity{}, err
	}
	token, err := found.Verifier(&oidc.Config{ClientID: rules.ClientID}).Verify(ctx, raw)
	if err != nil {
		return identity{}, fmt.Errorf("ID token of %s: %w", rules.Issuer, err)
	}
	if nonce != "" && token.Nonce != nonce {
		return identity{}, errors.New("the ID token belongs to another sign-in")
	}
	var claims map[string]any
	if err := token.Claims(&claims); err != nil {
		return identity{}, fmt.Errorf("claims of the ID token: %w", err)
	}
	return identity{name: nameIn(claims, token.Subject), groups: groupsIn(claims[rules.GroupsClaim])}, nil
}

func (p *provider) client(ctx context.Context, rules OIDCRules) (*oauth2.Config, error) {
	found, err := p.at(ctx, rules)
	if err != nil {
		return nil, err
	}
	secret := ""
	if rules.ClientSecretFile != "" {
		text, err := os.ReadFile(rules.ClientSecretFile)
		if err != nil {
			return nil, fmt.Errorf("client secret: %w", err)
		}
		secret = strings.TrimSpace(string(text))
	}
	return &oauth2.Config{
		ClientID: rules.ClientID, ClientSecret: secret, RedirectURL: rules.RedirectURL, Endpoint: found.Endpoint(),
		Scopes: []string{oidc.ScopeOpenID, "profile", "email"},
	}, nil
}

// nameIn is what people call somebody: a verified mail address, else the
// provider's stable but unreadable subject.
func nameIn(claims map[string]any, subject string) string {
	mail, _ := claims["email"].(string)
	if verified, _ := claims["email_verified"].(bool); mail != "" && verified {
		return mail
	}
	return subject
}

// groupsIn reads a claim that is a text or a list of texts.
func groupsIn(claim any) []string {
	switch claim := claim.(type) {
	case string:
		return []string{claim}
	case []any:
		var groups []string
		for _, group := range claim {
			if text, ok := group.(string); ok {
				groups = append(groups, text)
			}
		}
		return groups
	default:
		return nil
	}
}
