package app

import (
	"context"
	"net/http"

	"github.com/egressor/egressor/graphsvc/access"
	"github.com/egressor/egressor/graphsvc/audit"
	"github.com/egressor/egressor/graphsvc/signin"
	"github.com/egressor/egressor/internal/clock"
	"github.com/egressor/egressor/internal/report"
)

// doors are the ways in: open on loopback, kept by the sign-in where there is an
// access file.
type doors struct{ keeper *signin.Gate }

func newDoors(config Config, trail *audit.Trail, reporter *report.Reporter) (doors, error) {
	if config.AccessFile == "" {
		return doors{}, nil
	}
	keeper, err := signin.New(signin.Dependencies{
		AccessFile: config.AccessFile, SessionKey: config.sessionKey(),
		Clock: clock.System{}, Log: reporter.Log("signin"), Registry: reporter.Registry(), Signed: signedInto(trail, clock.System{}),
	})
	return doors{keeper}, err
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

// sender reports whether a token may deliver flows; nil where anyone may.
func (d doors) sender() func(token string) bool {
	if d.keeper == nil {
		return nil
	}
	return func(token string) bool {
		who, ok := d.keeper.Token(token)
		return ok && who.Role == access.Agent
	}
}
