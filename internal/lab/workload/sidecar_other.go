//go:build !linux

package workload

import (
	"errors"
	"io"
)

func sidecar(io.Reader, io.Writer) error { return errors.New("sidecar: needs Linux") }
