package app

import (
	"context"
	"fmt"
	"net/http"
	"net/netip"

	"github.com/egressor/egressor/graphsvc/access"
	"github.com/egressor/egressor/graphsvc/audit"
	"github.com/egressor/egressor/graphsvc/signin"
	"github.com/egressor/egressor/internal/clock"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/report"
)

// doors are the ways in: open on loopback, kept by the sign-in where there is an
// access file.
type doors struct{ keeper *signin.Gate }

func newDoors(config Config, trail *audit.Trail, reporter *report.Reporter) (doors, error) {
	if config.AccessFile == "" {
		return doors{}, nil
	}
	trusted, err := prefixesOf(config.TrustedProxies)
	if err != nil {
		return doors{}, err
	}
	keeper, err := signin.New(signin.Dependencies{
		AccessFile: config.AccessFile, SessionKey: config.sessionKey(),
		Clock: clock.System{}, Log: reporter.Log("signin"), Registry: reporter.Registry(), Signed: signedInto(trail, clock.System{}),
		TrustedProxies: trusted,
	})
	if err != nil {
		return doors{}, fmt.Errorf("--access: %w", err)
	}
	return doors{keeper}, nil
}

// prefixesOf reads address ranges, or single addresses.
func prefixesOf(texts []string) ([]netip.Prefix, error) {
	prefixes := make([]netip.Prefix, len(texts))
	for i, text := range texts {
		prefix, err := netip.ParsePrefix(text)
		if addr, failed := netip.ParseAddr(text); failed == nil {
			prefix, err = netip.PrefixFrom(addr, addr.BitLen()), nil
		}
		if err != nil {
			return nil, fmt.Errorf("--trusted-proxies %q: want an address range such as 10.0.0.0/8", text)
		}
		prefixes[i] = prefix
	}
	return prefixes, nil
}

// guard lets in who may read.
func (d doors) guard(next http.Handler) http.Handler {
	if d.keeper == nil {
		return next
	}
	return d.keeper.Guard(access.Viewer, next)
}

// guardWhole lets in who may read everything there is: for what cannot keep to a
// part of it.
func (d doors) guardWhole(next http.Handler) http.Handler {
	if d.keeper == nil {
		return next
	}
	return d.keeper.Guard(access.Viewer, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !access.From(r.Context()).Unscoped() {
			signin.Problem(w, http.StatusForbidden, "FORBIDDEN", "this speaks of everything there is", "ask an admin for a token of scope */*")
			return
		}
		next.ServeHTTP(w, r)
	}))
}

// seesAll reports whether a request is from who may see everything.
func (d doors) seesAll(r *http.Request) bool {
	if d.keeper == nil {
		return true
	}
	who, known := d.keeper.Who(r)
	return known && who.Role.AtLeast(access.Viewer) && who.Unscoped()
}

// auth serves /auth/.
func (d doors) auth() http.Handler {
	if d.keeper == nil {
		return signin.Off()
	}
	return d.keeper.Routes()
}

// pace counts what is asked over connections that stay open; nil where nobody is
// counted.
func (d doors) pace() func(context.Context) bool {
	if d.keeper == nil {
		return nil
	}
	return d.keeper.Pace
}

// sender reports whether a token may deliver flows, and for a node that is named
// whether it may deliver its; nil where anyone may.
func (d doors) sender() func(token string, of model.AgentID) bool {
	if d.keeper == nil {
		return nil
	}
	return func(token string, of model.AgentID) bool {
		who, ok := d.keeper.Token(token)
		return ok && who.Role == access.Agent && (of == model.AgentID{} || who.ReportsFor(of.Cluster, of.Node))
	}
}
