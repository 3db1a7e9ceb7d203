package workload

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
)

// SendSpec is the lab's first word to a process in mode run.
func SendSpec(in io.Writer, spec Spec) error {
	line, err := json.Marshal(spec)
	if err != nil {
		return err
	}
	_, err = in.Write(append(line, '\n'))
	return err
}

// AwaitReady returns once the process says that its listeners are bound.
func AwaitReady(out *bufio.Reader) error {
	line, err := out.ReadString('\n')
	if err != nil {
		return fmt.Errorf("the process ended before it was ready: %w", err)
	}
	if line != wordReady+"\n" {
		return fmt.Errorf("the process said %q instead of %q", line, wordReady)
	}
	return nil
}

// Go makes a ready process start its calls.
func Go(in io.Writer) error {
	_, err := io.WriteString(in, wordGo+"\n")
	return err
}
