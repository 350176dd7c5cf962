type Answer = (input: never, signal: AbortSignal) => unknown;

/** A `request` over functions of this process, of the shape that another process's line has. */
export function askLocally<Requests extends Record<keyof Requests, Answer>>(
  requests: Requests,
): <Name extends keyof Requests>(
  name: Name,
  input: Parameters<Requests[Name]>[0],
  signal: AbortSignal,
) => Promise<Awaited<ReturnType<Requests[Name]>>> {
  return async (name, input, signal) => {
    const answer: Answer | undefined = requests[name];
    if (answer === undefined) throw new Error(`no such request: ${String(name)}`);
    return answer(input, signal) as never;
  };
}
