package chat

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/egressor/egressor/graphsvc/chat/proof"
)

// maxResultBytes bounds one result: a model reads all of it.
const maxResultBytes = 24 << 10

// Toolbox runs stored operations, and the calculator, by name.
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

// fetch executes the operation name with variables given as JSON. Unknown names
// and variables are refused: only what is stored is ever run. The calculator has
// nothing to fetch.
func (t *Toolbox) fetch(ctx context.Context, name, input string) (json.RawMessage, error) {
	operation, known := t.operations[name]
	if !known {
		return nil, fmt.Errorf("there is no tool %q", name)
	}
	variables, err := variablesOf(input)
	if err != nil {
		return nil, err
	}
	for variable := range variables {
		if _, known := operation.Input.Properties[variable]; !known {
			return nil, fmt.Errorf("tool %s has no input %q", name, variable)
		}
	}
	if operation.Name == calculator {
		return nil, nil
	}
	return t.execute(ctx, operation.Document, variables)
}

// enter takes what was fetched into a ledger and returns it for reading.
func enter(ledger *proof.Ledger, call, name, input string, fetched json.RawMessage) (proof.Result, error) {
	if name == calculator {
		return calculate(ledger, call, input)
	}
	result, err := ledger.Add(call, input, fetched)
	if err == nil && len(result.Text) > maxResultBytes {
		err = fmt.Errorf("the result has %d bytes, more than %d: ask for a shorter window or fewer rows", len(result.Text), maxResultBytes)
	}
	return result, err
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
