package workload

import (
	"bufio"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"time"
)

// Words of the conversation on standard input and output between the lab and
// a process of it, each a line.
const (
	wordReady = "ready" // process: the listeners are bound
	wordGo    = "go"    // lab: start calling
)

const callTimeout = 5 * time.Second

// Main runs the subcommand and returns the exit code. args is one of
//
//	run                          serve and call as the Spec on standard input says, until it is closed
//	sink -timeout D              print a port, accept one TCP connection, print how many bytes came
//	send -timeout D ADDR BYTES   send that many bytes on one TCP connection and close it;
//	                             with -hold print a line when it is open, and send when input has one
//	fetch -timeout D ADDR BYTES  get that many bytes by HTTP
//	sidecar                      pass on what rules redirect to it, until standard input is closed
//
// Standard input closes when the starter dies, so no process outlives the lab.
func Main(args []string) int {
	if err := run(args, os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "lab-workload:", err)
		return 1
	}
	return 0
}

func run(args []string, in io.Reader, out io.Writer) error {
	mode := ""
	if len(args) > 0 {
		mode = args[0]
	}
	switch mode {
	case "run":
		return serveAndCall(context.Background(), in, out)
	case "sidecar":
		return sidecar(in, out)
	}
	flags := flag.NewFlagSet(mode, flag.ContinueOnError)
	timeout := flags.Duration("timeout", 30*time.Second, "give up after this long")
	hold := flags.Bool("hold", false, "send: wait for a line of input before the first byte")
	if len(args) > 0 {
		if err := flags.Parse(args[1:]); err != nil {
			return err
		}
	}
	ctx, cancel := context.WithTimeout(context.Background(), *timeout)
	defer cancel()
	switch {
	case mode == "sink" && flags.NArg() == 0:
		return sink(ctx, out)
	case mode == "send" && flags.NArg() == 2:
		if !*hold {
			in = nil
		}
		return send(ctx, in, out, flags.Arg(0), flags.Arg(1))
	case mode == "fetch" && flags.NArg() == 2:
		return fetch(ctx, flags.Arg(0), flags.Arg(1))
	default:
		return fmt.Errorf("want run, sink, send ADDR BYTES, fetch ADDR BYTES or sidecar; got %q", args)
	}
}

// serveAndCall returns when in is closed.
func serveAndCall(ctx context.Context, in io.Reader, out io.Writer) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	lines := bufio.NewReader(in)
	spec, err := readSpec(lines)
	if err != nil {
		return err
	}
	log := slog.New(slog.NewTextHandler(os.Stderr, nil)).With("workload", spec.Name)
	for _, l := range spec.Listen {
		if _, err := listen(ctx, log, spec.Name, l); err != nil {
			return fmt.Errorf("%s: serve %s on port %d: %w", spec.Name, l.Protocol, l.Port, err)
		}
	}
	fmt.Fprintln(out, wordReady)
	for {
		line, err := lines.ReadString('\n')
		if err != nil {
			return nil // the lab closed our input: the end
		}
		if line == wordGo+"\n" {
			for _, c := range spec.Calls {
				go keepCalling(ctx, log, c)
			}
		}
	}
}

func readSpec(lines *bufio.Reader) (Spec, error) {
	var spec Spec
	line, err := lines.ReadBytes('\n')
	if err != nil {
		return spec, fmt.Errorf("read the spec from standard input: %w", err)
	}
	if err := json.Unmarshal(line, &spec); err != nil {
		return spec, fmt.Errorf("read the spec from standard input: %w", err)
	}
	return spec, nil
}
