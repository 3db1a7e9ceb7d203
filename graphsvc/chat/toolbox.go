package chat

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
)

// maxResultBytes bounds what one tool hands to the model.
const maxResultBytes = 24 << 10

// Toolbox runs stored operations by name.
type Toolbox struct {
	operations map[string]Operation
	execute    Executor
}

// NewToolbox returns a toolbox of operations over an executor.
func NewToolbox(operations []Operation, execute Executor) *Toolbox {
	t := &Toolbox{operations: map[string]Operation{}, execute: execute}
	for _, operation := range operations {
		t.operations[operation.Name] = operation
	}
	return t
}

// Run executes the operation name with variables given as JSON. Unknown names
// and variables are refused: only what is stored is ever run.
func (t *Toolbox) Run(ctx context.Context, name, input string) (string, error) {
	operation, known := t.operations[name]
	if !known {
		return "", fmt.Errorf("there is no tool %q", name)
	}
	variables, err := variablesOf(input)
	if err != nil {
		return "", err
	}
	for variable := range variables {
		if _, known := operation.Input.Properties[variable]; !known {
			return "", fmt.Errorf("tool %s has no input %q", name, variable)
		}
	}
	result, err := t.execute(ctx, operation.Document, variables)
	if err != nil {
		return "", err
	}
	text, err := readable(result)
	if err != nil {
		return "", err
	}
	if len(text) > maxResultBytes {
		return "", fmt.Errorf("the result has %d bytes, more than %d: ask for a shorter window or fewer rows", len(text), maxResultBytes)
	}
	return text, nil
}

// variablesOf reads a JSON object and keeps its numbers as they are written.
func variablesOf(input string) (map[string]any, error) {
	variables := map[string]any{}
	if input == "" {
		return variables, nil
	}
	decoder := json.NewDecoder(strings.NewReader(input))
	decoder.UseNumber()
	if err := decoder.Decode(&variables); err != nil {
		return nil, fmt.Errorf("the input is no JSON object: %w", err)
	}
	return variables, nil
}
