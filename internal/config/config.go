// Package config fills a command's flags from three places: the command line,
// then EGRESSOR_* variables, then one YAML file. The first that names a
// setting wins, so a flag is never overruled by a file that someone forgot.
package config

import (
	"fmt"
	"os"
	"strings"

	"github.com/spf13/pflag"
)

// FileFlag is the flag, and with EGRESSOR_ in front the variable, that names
// the YAML file.
const FileFlag = "config"

// AddFileFlag defines --config. Call it before Resolve.
func AddFileFlag(flags *pflag.FlagSet) {
	flags.String(FileFlag, "", "YAML file with settings; flags and EGRESSOR_* variables come before it")
}

// EnvName is the variable of a flag: EGRESSOR_SPOOL_DIR for --spool-dir.
func EnvName(flag string) string {
	return "EGRESSOR_" + strings.ToUpper(strings.NewReplacer("-", "_", ".", "_").Replace(flag))
}

// Resolve fills every flag that the command line did not set, from the
// environment and then from the YAML file. Call it after the flags are parsed:
// with cobra, first thing in RunE or in PersistentPreRunE with cmd.Flags().
//
// The file's keys are flag names. A nested key joins its parents with a dash
// (tls: {cert: F} is tls-cert). A top-level section named as another program is
// skipped and one named program is read as if it stood at the top, so that one
// file can serve all of them. Any other unknown key is an error with its line.
func Resolve(flags *pflag.FlagSet, program string) error {
	return ResolveFrom(flags, program, os.LookupEnv)
}

// ResolveFrom is Resolve with the environment given.
func ResolveFrom(flags *pflag.FlagSet, program string, lookup func(string) (string, bool)) error {
	if err := fromEnvironment(flags, lookup); err != nil {
		return err
	}
	file := flags.Lookup(FileFlag)
	if file == nil || file.Value.String() == "" {
		return nil
	}
	return fromFile(flags, program, file.Value.String())
}

func fromEnvironment(flags *pflag.FlagSet, lookup func(string) (string, bool)) error {
	var failed error
	flags.VisitAll(func(flag *pflag.Flag) {
		if flag.Changed || failed != nil {
			return
		}
		name := EnvName(flag.Name)
		text, ok := lookup(name)
		if !ok {
			return
		}
		if err := flags.Set(flag.Name, text); err != nil {
			failed = fmt.Errorf("variable %s=%q: %w; see --help for --%s", name, text, err, flag.Name)
		}
	})
	return failed
}
