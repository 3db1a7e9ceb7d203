package uplink

import (
	"testing"
	"time"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/durationpb"
	"pgregory.net/rapid"
)

func TestPausesGrowAndStayInBounds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := backoff{least: 500 * time.Millisecond, most: 30 * time.Second}
		asked := time.Duration(rapid.Int64Range(0, int64(time.Minute)).Draw(t, "asked"))
		longest := 500 * time.Millisecond
		for range rapid.IntRange(1, 20).Draw(t, "failures") {
			if p := b.pause(asked) - asked; p < longest/2 || p > longest {
				t.Fatalf("a pause of %v, want %v to %v", p, longest/2, longest)
			}
			longest = min(2*longest, 30*time.Second)
		}
		b.reset()
		if p := b.pause(0); p > 500*time.Millisecond {
			t.Fatalf("a pause of %v after a success", p)
		}
	})
}

func TestTheServerMayAskForAPause(t *testing.T) {
	st, err := status.New(codes.ResourceExhausted, "full").WithDetails(&errdetails.RetryInfo{RetryDelay: durationpb.New(7 * time.Second)})
	if err != nil {
		t.Fatal(err)
	}
	if d, ok := askedDelay(st.Err()); !ok || d != 7*time.Second {
		t.Fatalf("asked for %v, %v", d, ok)
	}
	if _, ok := askedDelay(status.Error(codes.ResourceExhausted, "larger than max")); ok {
		t.Fatal("a status without a delay asks for one")
	}
}
