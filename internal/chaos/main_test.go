package chaos_test

import (
	"os"
	"testing"
)

func TestMain(m *testing.M) {
	if role := os.Getenv(roleVariable); role != "" {
		os.Exit(beService(role))
	}
	os.Exit(m.Run())
}
