package query

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/egressor/egressor/graphsvc/access"
	"github.com/egressor/egressor/graphsvc/decision"
)

// Bounds of views.
const (
	MaxViewName  = 100  // characters
	MaxViewState = 4000 // bytes
	maxViews     = 500  // of one owner
)

// View is a state of the user interface under a name.
type View struct {
	ID, Name, State, Owner string
	Shared, Mine           bool
	SavedAt                time.Time
}

// viewBody is what is kept of a view.
type viewBody struct {
	Name   string   `json:"name"`
	State  string   `json:"state"`
	Shared bool     `json:"shared"`
	Scopes []string `json:"scopes"`
}

// Views are the asker's own and those that are shared with them, by name.
func (e *Explorer) Views(ctx context.Context) ([]View, error) {
	if e.decisions == nil {
		return nil, nil
	}
	records, err := e.decisions.Decisions(ctx, decision.View, nil)
	if err != nil {
		return nil, unavailable("the flow store", err)
	}
	who := access.From(ctx)
	var views []View
	for _, r := range decision.Newest(records) {
		if view, visible := viewOf(who, r); visible {
			views = append(views, view)
		}
	}
	slices.SortFunc(views, func(a, b View) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Owner, b.Owner), cmp.Compare(a.ID, b.ID))
	})
	return views, nil
}

// viewOf is the view that a record saved, and whether somebody may see it: its
// owner, and where it is shared who may see all that the owner could. A state
// names what it shows.
func viewOf(who access.Principal, r decision.Record) (View, bool) {
	var body viewBody
	if r.Action != decision.Saved || json.Unmarshal([]byte(r.Body), &body) != nil {
		return View{}, false
	}
	view := View{ID: r.Subject, Name: body.Name, State: body.State, Owner: r.By, Shared: body.Shared, SavedAt: r.At, Mine: r.By == who.Name && r.Method == who.Method}
	if view.Mine {
		return view, true
	}
	return view, body.Shared && coversText(who, body.Scopes)
}

// coversText reports whether somebody may see all that lies in scopes as they are kept.
func coversText(who access.Principal, texts []string) bool {
	scopes := make([]access.Scope, len(texts))
	for i, text := range texts {
		var err error
		if scopes[i], err = access.ParseScope(text); err != nil {
			return false
		}
	}
	return who.Covers(scopes)
}

func scopesText(who access.Principal) []string {
	texts := make([]string, len(who.Scopes))
	for i, scope := range who.Scopes {
		texts[i] = scope.String()
	}
	return texts
}

// SaveView keeps a state under a name, in the place of the asker's view of that name.
func (e *Explorer) SaveView(ctx context.Context, name, state string, shared bool, key string) (View, error) {
	role := access.Viewer
	if shared {
		role = access.Analyst
	}
	if err := needs(ctx, role, "to share views"); err != nil {
		return View{}, err
	}
	name = strings.TrimSpace(name)
	if err := e.checkView(ctx, name, state); err != nil {
		return View{}, err
	}
	who := access.From(ctx)
	body := viewBody{Name: name, State: state, Shared: shared, Scopes: scopesText(who)}
	text, err := json.Marshal(body)
	if err != nil {
		return View{}, badInput("send text", "a view that cannot be written: %v", err)
	}
	history, err := e.decide(ctx, decision.Record{Kind: decision.View, Subject: viewID(who, name), Action: decision.Saved, Body: string(text), Key: key})
	if err != nil {
		return View{}, err
	}
	view, kept := viewOf(who, history[0])
	if !kept {
		return View{}, &Error{Code: CodeUnknownID, Message: "view " + name + " was deleted since", Hint: "save it with another key"}
	}
	return view, nil
}

func (e *Explorer) checkView(ctx context.Context, name, state string) error {
	if n := utf8.RuneCountInString(name); n < 1 || n > MaxViewName {
		return badInput("give it a name of 1 to "+strconv.Itoa(MaxViewName)+" characters", "a name of %d characters", n)
	}
	// Anything else would send who opens the view to another site.
	if len(state) > MaxViewState || !strings.HasPrefix(state, "/") || strings.HasPrefix(state, "//") || strings.ContainsFunc(state, func(r rune) bool { return r < ' ' || r == '\\' }) {
		return badInput("send the page's path and query, at most "+strconv.Itoa(MaxViewState)+" bytes", "the state is no path of this site")
	}
	views, err := e.Views(ctx)
	if err != nil {
		return err
	}
	mine := 0
	for _, view := range views {
		if view.Mine && view.Name != name {
			mine++
		}
	}
	if mine >= maxViews {
		return badInput("delete some", "there are %d views of yours already", mine)
	}
	return nil
}

// DeleteView ends a view: the asker's own, or as an admin anybody's that they see.
// One that is not there is as good as ended.
func (e *Explorer) DeleteView(ctx context.Context, id string) error {
	views, err := e.Views(ctx)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(views, func(v View) bool { return v.ID == id })
	if at < 0 {
		return nil
	}
	if !views[at].Mine {
		if err := needs(ctx, access.Admin, "to delete another's view"); err != nil {
			return err
		}
	}
	_, err = e.decide(ctx, decision.Record{Kind: decision.View, Subject: id, Action: decision.Deleted})
	return err
}

// viewID is stable over the views of one name of one owner.
func viewID(who access.Principal, name string) string {
	sum := sha256.Sum256([]byte(who.Method + "\x00" + who.Name + "\x00" + name))
	const half = 16
	return "v" + hex.EncodeToString(sum[:half/2])
}
