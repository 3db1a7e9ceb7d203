package neo4j

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// locate returns the java command's path and the class path of the embedded
// server, or says what to install.
func locate(c ChildConfig) (java, classpath string, err error) {
	dir := filepath.Join(c.Deps, "neo4j")
	if _, err := os.Stat(filepath.Join(dir, "classes", "Launcher.class")); err != nil {
		return "", "", fmt.Errorf("embedded neo4j: %s is not there: run `make deps` (deploy/deps/neo4j.sh), or use a server of your own with --neo4j-uri: %w", dir, err)
	}
	java, err = exec.LookPath(c.Java)
	if err != nil {
		return "", "", fmt.Errorf("embedded neo4j: no java: install Java 17 or 21 (apt-get install openjdk-17-jre-headless), or use a server of your own with --neo4j-uri: %w", err)
	}
	return java, filepath.Join(dir, "classes") + ":" + filepath.Join(dir, "lib", "*"), nil
}

// FindDeps returns the directory of native dependencies that holds neo4j/:
// EGRESSOR_DEPS, .deps beside the executable's parent, or .deps in the working
// directory or any above it. It returns "" where there is none.
func FindDeps() string {
	var candidates []string
	if dir := os.Getenv("EGRESSOR_DEPS"); dir != "" {
		candidates = append(candidates, dir)
	}
	if executable, err := os.Executable(); err == nil {
		candidates = append(candidates, filepath.Join(filepath.Dir(executable), "..", ".deps"))
	}
	if dir, err := os.Getwd(); err == nil {
		for ; ; dir = filepath.Dir(dir) {
			candidates = append(candidates, filepath.Join(dir, ".deps"))
			if dir == filepath.Dir(dir) {
				break
			}
		}
	}
	for _, candidate := range candidates {
		if _, err := os.Stat(filepath.Join(candidate, "neo4j", "lib")); err == nil {
			return candidate
		}
	}
	return ""
}
