// The gateway executable.
await Task.CompletedTask;
