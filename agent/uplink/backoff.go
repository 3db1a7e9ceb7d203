package uplink

import (
	"math/rand/v2"
	"time"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc/status"
)

// backoff is the pause between connections.
type backoff struct {
	least, most time.Duration
	next        time.Duration
}

func (b *backoff) reset() { b.next = 0 }

// pause returns how long to wait after a failure: at least what the server
// asked for.
func (b *backoff) pause(asked time.Duration) time.Duration {
	b.next = min(max(2*b.next, b.least), b.most)
	half := b.next / 2
	return asked + half + rand.N(half+1)
}

// askedDelay is the pause that a status asks for; false where it asks for none.
func askedDelay(err error) (time.Duration, bool) {
	for _, detail := range status.Convert(err).Details() {
		if info, ok := detail.(*errdetails.RetryInfo); ok {
			return info.GetRetryDelay().AsDuration(), true
		}
	}
	return 0, false
}
