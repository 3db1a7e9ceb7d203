package query

import (
	"context"

	"github.com/egressor/egressor/internal/model"
)

// resolve fills in the defaults of an ask and fixes the version, so that every
// part of one answer speaks of the same state of knowledge. A nil version
// means that nothing is folded yet; the window then ends now. A filter is refused:
// see chosen.
func (e *Explorer) resolve(ctx context.Context, ask Ask) (Window, *model.GraphVersion, error) {
	if err := takesNoFilter(ask); err != nil {
		return Window{}, nil, err
	}
	version, err := e.version(ctx, ask)
	if err != nil {
		return Window{}, nil, err
	}
	window := Window{To: model.MinuteOf(e.clock.Now())}
	if version != nil {
		window.Version = version.Number
	}
	if !ask.To.IsZero() {
		window.To = model.MinuteOf(ask.To.Add(-1)) + 1
	} else if version != nil {
		if window.To, err = e.graphs.NewestMinute(ctx, version.Number); err != nil {
			return Window{}, nil, unavailable("the graph store", err)
		}
	}
	window.From = window.To - DefaultWindow
	if !ask.From.IsZero() {
		window.From = model.MinuteOf(ask.From)
	}
	return window, version, window.check()
}

func (w Window) check() error {
	if w.From >= w.To {
		return badInput("give a window whose from lies before its to", "the window %s to %s is empty", w.From, w.To)
	}
	if w.To-w.From > MaxWindow {
		return badInput("ask for at most 31 days at a time", "the window %s to %s is %d minutes long", w.From, w.To, w.To-w.From)
	}
	return nil
}

// version is the version that an ask is about, nil while there is none.
func (e *Explorer) version(ctx context.Context, ask Ask) (*model.GraphVersion, error) {
	head, ok, err := e.head(ctx)
	if err != nil {
		return nil, unavailable("the graph store", err)
	}
	switch {
	case ask.AsOfVersion != 0:
		return e.numbered(ctx, ask.AsOfVersion, head)
	case ask.AsOfTag != "":
		return e.tagged(ctx, ask.AsOfTag, head)
	case !ask.AsOfTime.IsZero():
		return e.committedBy(ctx, ask)
	case !ok:
		return nil, nil //nolint:nilnil // documented: nothing is folded yet
	default:
		return &head, nil
	}
}

func (e *Explorer) numbered(ctx context.Context, number uint64, head model.GraphVersion) (*model.GraphVersion, error) {
	if number > head.Number {
		hint := "the newest version is " + versionText(head.Number)
		if head.Number == 0 {
			hint = "nothing is folded yet; the first version follows the first agent by about a minute"
		}
		return nil, &Error{Code: CodeVersionNotYet, Message: "version " + versionText(number) + " does not exist yet", Hint: hint}
	}
	version, ok, err := e.graphs.Version(ctx, number)
	if err != nil {
		return nil, unavailable("the graph store", err)
	}
	if !ok {
		return nil, &Error{
			Code:    CodeVersionExpired,
			Message: "version " + versionText(number) + " is no longer kept",
			Hint:    "ask for a newer version; `versions` lists what is kept",
		}
	}
	return &version, nil
}

func (e *Explorer) committedBy(ctx context.Context, ask Ask) (*model.GraphVersion, error) {
	version, ok, err := e.graphs.VersionAt(ctx, ask.AsOfTime)
	if err != nil {
		return nil, unavailable("the graph store", err)
	}
	if !ok {
		return nil, &Error{
			Code:    CodeVersionExpired,
			Message: "no version was committed by " + ask.AsOfTime.UTC().Format("2006-01-02T15:04:05Z"),
			Hint:    "ask for a later moment; `versions` lists what is kept",
		}
	}
	return &version, nil
}
