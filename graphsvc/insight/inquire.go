package insight

import (
	"context"
	"sync"

	"github.com/egressor/egressor/graphsvc/inquiry"
	"github.com/egressor/egressor/internal/model"
)

// inquiries are the investigations that are due, in order. What fails stays due: it is
// tried again after the next version.
type inquiries struct {
	beside beside
	// causes are the likeliest causes of the incidents that last and are investigated, as
	// they were when that was done last.
	causes map[string]string

	mu  sync.Mutex
	due []asking
}

// asking is an investigation that is due, and how often it was tried in vain.
type asking struct {
	inquiry.Inquiry

	tries int
}

const (
	// mostDue bounds how many are due: while nothing can be asked, the oldest are dropped.
	mostDue = 200
	// mostTries is after how many one is given up: one try a minute.
	mostTries = 30
)

// noted decides whether an incident that was just stored is investigated: once when it
// is first worth it, when its likeliest cause becomes another, and when it is over.
func (w *Watcher) noted(record *model.Incident) {
	if !w.inquires() {
		return
	}
	last, known := w.inquired.causes[record.ID]
	cause, over := inquiry.CauseOf(record), record.Until != 0
	occasion := inquiry.Opened
	switch {
	case known && over:
		occasion = inquiry.Ended
	case known && cause == last:
		return
	case known:
		occasion = inquiry.Recaused
	case over || !inquiry.Worth(record, *w.settings.InvestigateFrom):
		return
	}
	w.inquired.causes[record.ID] = cause
	if over {
		delete(w.inquired.causes, record.ID)
	}
	w.inquired.add(inquiry.Inquiry{Occasion: occasion, Incident: *record})
}

// remembered takes up an incident that lasts from before the start. What was not
// investigated then is now, as it is known by its last version.
func (w *Watcher) remembered(record *model.Incident) {
	if record.Until == 0 && w.inquires() && inquiry.Worth(record, *w.settings.InvestigateFrom) {
		w.inquired.causes[record.ID] = inquiry.CauseOf(record)
		w.inquired.add(inquiry.Inquiry{Occasion: inquiry.Opened, Incident: *record})
	}
}

func (w *Watcher) inquires() bool { return w.d.Inquirer != nil && w.settings.InvestigateFrom != nil }

// inquire makes the investigations that are due, until one fails. That one is tried again
// after the others.
func (w *Watcher) inquire(ctx context.Context) {
	for {
		next, ok := w.inquired.take()
		if !ok {
			return
		}
		begin := w.d.Clock.Now()
		if err := w.d.Inquirer.Inquire(ctx, next.Inquiry); err != nil {
			w.inquired.again(next)
			if ctx.Err() == nil {
				w.failed("an incident was not investigated, which is tried up to 30 times, one a version", err)
			}
			return
		}
		w.metrics.inquired.Observe(w.d.Clock.Now().Sub(begin).Seconds())
	}
}

func (i *inquiries) add(one inquiry.Inquiry) { i.put(asking{Inquiry: one}) }

// again puts one that failed behind the others, or gives it up.
func (i *inquiries) again(one asking) {
	if one.tries++; one.tries < mostTries {
		i.put(one)
	}
}

func (i *inquiries) put(one asking) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.due = append(i.due, one)
	i.due = i.due[max(0, len(i.due)-mostDue):]
}

func (i *inquiries) take() (asking, bool) {
	i.mu.Lock()
	defer i.mu.Unlock()
	if len(i.due) == 0 {
		return asking{}, false
	}
	first := i.due[0]
	i.due = i.due[1:]
	return first, true
}
