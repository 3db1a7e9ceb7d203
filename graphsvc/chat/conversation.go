package chat

import (
	"encoding/json"
	"slices"
	"sync"

	"github.com/egressor/egressor/graphsvc/chat/proof"
)

// conversation is what is remembered between questions.
type conversation struct {
	id string
	// asker is whose it is: what they were told is not for others.
	asker string
	// busy holds one element while a question is being answered: one at a time.
	busy chan struct{}
	// history is the engine's own.
	history any
	// ledger holds what the tools said so far.
	ledger *proof.Ledger
	// usage of the question in hand, and what it took.
	usage Usage
	spent spent

	mu   sync.Mutex
	sent []string
}

func newConversation(id, asker string) *conversation {
	return &conversation{id: id, asker: asker, ledger: proof.NewLedger(), busy: make(chan struct{}, 1)}
}

const (
	// mostSent and mostSentBytes bound what is kept of what was sent.
	mostSent      = 16
	mostSentBytes = 2 << 20
)

// keep remembers a request for who wants to see what was sent.
func (t *conversation) keep(request any) {
	text, err := json.Marshal(request)
	if err != nil {
		return // the client says what is wrong with it
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.sent = append(t.sent, string(text))
	size := 0
	for i := len(t.sent) - 1; i >= 0; i-- {
		if size += len(t.sent[i]); size > mostSentBytes || len(t.sent)-i > mostSent {
			t.sent = slices.Clone(t.sent[i+1:])
			return
		}
	}
}

func (t *conversation) kept() []string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return slices.Clone(t.sent)
}
