package handover

import (
	"errors"
	"os"
	"os/exec"
)

// Environment variables of the key: unlike arguments, other users cannot see
// them.
const (
	keyVariable     = "EGRESSOR_CLICKHOUSE_KEY"
	keyFileVariable = "EGRESSOR_CLICKHOUSE_KEY_FILE"
)

// Key is what the engine's callers must know.
type Key struct {
	Secret string
	// File is where the parent keeps it, for messages.
	File string
}

// GiveKey hands the command the key that it must ask its callers for.
func GiveKey(command *exec.Cmd, key Key) {
	command.Env = append(command.Environ(), keyVariable+"="+key.Secret, keyFileVariable+"="+key.File)
}

// TakeKey returns the key that the parent gave to this process.
func TakeKey() (Key, error) {
	key := Key{Secret: os.Getenv(keyVariable), File: os.Getenv(keyFileVariable)}
	if key.Secret == "" {
		return Key{}, errors.New(keyVariable + " is empty: the embedded clickhouse serves nobody without a key; `egressor serve` starts it with one")
	}
	return key, nil
}
