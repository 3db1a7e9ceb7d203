// Package handover passes the listening socket of the embedded ClickHouse, and
// the key of its callers, from the parent to the child, which serves it. The
// parent opens the socket, so that it survives a restart of the child: callers wait instead of failing. It links nothing of
// the engine, so that a program without one stays a static binary.
package handover

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"strconv"
)

// variable names the socket's file descriptor to the child.
const variable = "EGRESSOR_CLICKHOUSE_LISTENER"

// Give makes the command inherit the socket when it starts. The caller keeps the
// socket and closes it.
func Give(command *exec.Cmd, socket *os.File) {
	const standardFiles = 3 // input, output and errors come first
	fd := standardFiles + len(command.ExtraFiles)
	command.ExtraFiles = append(command.ExtraFiles, socket)
	command.Env = append(command.Environ(), fmt.Sprintf("%s=%d", variable, fd))
}

// Given says whether the parent of this process gave it a socket.
func Given() bool { return os.Getenv(variable) != "" }

// Take returns the listener that the parent gave to this process. Call it once.
func Take() (net.Listener, error) {
	fd := os.Getenv(variable)
	number, err := strconv.Atoi(fd)
	if err != nil {
		return nil, fmt.Errorf("%s=%q: want a file descriptor's number", variable, fd)
	}
	file := os.NewFile(uintptr(number), "inherited listener")
	defer func() { _ = file.Close() }() // FileListener has its own copy
	listener, err := net.FileListener(file)
	if err != nil {
		return nil, fmt.Errorf("%s=%s is not a listening socket: %w", variable, fd, err)
	}
	return listener, nil
}
