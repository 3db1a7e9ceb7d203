package signin

import (
	"errors"
	"log/slog"
	"os"
	"sync"
	"time"

	"github.com/egressor/egressor/internal/clock"
)

// recheck is how often the access file's modification time is looked at, so
// also how long a token that was taken out of it goes on working.
const recheck = 2 * time.Second

// file is the access file as it is now. One that breaks is reported, and what
// it said before holds: a slip in an editor locks nobody out and lets nobody in.
type file struct {
	path  string
	clock clock.Clock
	log   *slog.Logger

	mu       sync.Mutex
	rules    Rules
	modified time.Time
	looked   time.Time
}

func openFile(path string, now clock.Clock, log *slog.Logger) (*file, error) {
	f := &file{path: path, clock: now, log: log}
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if f.rules, err = LoadRules(path); err != nil {
		return nil, err
	}
	f.modified, f.looked = info.ModTime(), now.Now()
	return f, nil
}

func (f *file) current() Rules {
	f.mu.Lock()
	defer f.mu.Unlock()
	now := f.clock.Now()
	if now.Sub(f.looked) < recheck {
		return f.rules
	}
	f.looked = now
	info, err := os.Stat(f.path)
	if err == nil && info.ModTime().Equal(f.modified) {
		return f.rules
	}
	rules, loadErr := LoadRules(f.path)
	if err := errors.Join(err, loadErr); err != nil {
		f.log.Error("the access file was not taken; what it said before holds", "path", f.path, "error", err)
		return f.rules
	}
	f.rules, f.modified = rules, info.ModTime()
	f.log.Info("the access file was read again", "path", f.path, "tokens", len(rules.Tokens))
	return f.rules
}
