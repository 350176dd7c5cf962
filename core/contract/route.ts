import type { z } from "zod";

/** One request/reply route: what goes in and what comes out, both parsed. */
export interface Route<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType> {
  readonly input: Input;
  readonly output: Output;
}

/** One stream: what opens it and what each event is. Leaving it early cancels. */
export interface StreamRoute<Input extends z.ZodType = z.ZodType, Event extends z.ZodType = z.ZodType> {
  readonly input: Input;
  readonly event: Event;
}

export function route<Input extends z.ZodType, Output extends z.ZodType>(
  input: Input,
  output: Output,
): Route<Input, Output> {
  return { input, output };
}

export function streamRoute<Input extends z.ZodType, Event extends z.ZodType>(
  input: Input,
  event: Event,
): StreamRoute<Input, Event> {
  return { input, event };
}
