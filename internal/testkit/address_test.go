package testkit

import (
	"net"
	"testing"
)

// TestHeldAddressIsListenedOnAgainAndAgain: others who ask for any port never get
// a held one, and who asks for it by number gets it each time.
func TestHeldAddressIsListenedOnAgainAndAgain(t *testing.T) {
	address, release, err := HoldAddress()
	if err != nil {
		t.Fatal(err)
	}
	defer release()
	if conn, err := net.Dial("tcp", address); err == nil {
		_ = conn.Close()
		t.Fatalf("%s takes connections although nobody listens", address)
	}
	for range 50 {
		listener, err := net.Listen("tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		_ = listener.Close()
		other, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = other.Close() }()
		if other.Addr().String() == address {
			t.Fatalf("%s was given to somebody else", address)
		}
	}
}
