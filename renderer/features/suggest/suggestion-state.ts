import { assertNever, type Failure } from "../../../core/contract/errors.ts";
import type {
  Citation,
  Cost,
  Source,
  SuggestEvent,
  SuggestNotice,
  Usage,
} from "../../../core/contract/suggest.ts";

type StartEvent = Extract<SuggestEvent, { type: "suggest-start" }>;
type EndEvent = Extract<SuggestEvent, { type: "suggest-end" }>;
export type LeftOut = Extract<SuggestEvent, { type: "collections-left-out" }>["collections"][number];

/** One suggestion as far as its events have come. */
export interface SuggestionState {
  readonly id: string;
  /** `searching`: before the first character. `writing`: characters come. The rest are last states. */
  readonly phase: "searching" | "writing" | "done" | "cancelled" | "failed";
  readonly start: StartEvent | null;
  readonly sources: readonly Source[];
  readonly notices: readonly SuggestNotice[];
  /** Not searched, since their text may not travel so far. */
  readonly leftOut: readonly LeftOut[];
  /** Private values masked before sending, all kinds together. */
  readonly masked: number;
  /** Where it waits for the person to look at what would be sent; null while it does not. */
  readonly reviewAt: string | null;
  /** What moderation warned of, and what it blocked, by category. */
  readonly warnings: readonly string[];
  readonly blocked: readonly string[];
  /** What was shown was taken back. */
  readonly isRetracted: boolean;
  readonly reasoning: string;
  readonly text: string;
  readonly citations: readonly Citation[];
  readonly usage: Usage | null;
  readonly cost: Cost | null;
  readonly end: EndEvent | null;
  readonly failure: Failure | null;
  /** True when the local tier is offered in place of what failed. */
  readonly offersLocal: boolean;
}

export function startSuggestion(id: string): SuggestionState {
  return {
    id,
    phase: "searching",
    start: null,
    sources: [],
    notices: [],
    leftOut: [],
    masked: 0,
    reviewAt: null,
    warnings: [],
    blocked: [],
    isRetracted: false,
    reasoning: "",
    text: "",
    citations: [],
    usage: null,
    cost: null,
    end: null,
    failure: null,
    offersLocal: false,
  };
}

export function isRunning(state: SuggestionState): boolean {
  return state.phase === "searching" || state.phase === "writing";
}

/** Applies events in order. What comes after the last event is ignored. */
export function applyEvents(state: SuggestionState, events: readonly SuggestEvent[]): SuggestionState {
  return events.reduce(applyEvent, state);
}

function applyEvent(before: SuggestionState, event: SuggestEvent): SuggestionState {
  if (!isRunning(before)) return before;
  // Whatever comes after it, the person has answered.
  const state = before.reviewAt === null ? before : { ...before, reviewAt: null };
  switch (event.type) {
    case "collections-left-out":
      return { ...state, leftOut: event.collections };
    case "values-masked":
      return { ...state, masked: Object.values(event.counts).reduce((sum, one) => sum + one, 0) };
    case "review-waiting":
      return { ...state, reviewAt: event.host };
    case "moderation-warned":
      return { ...state, warnings: [...new Set([...state.warnings, ...event.categories])] };
    case "moderation-blocked":
      return { ...state, blocked: [...new Set([...state.blocked, ...event.categories])] };
    case "suggestion-retracted":
      return { ...state, text: "", reasoning: "", citations: [], isRetracted: true };
    case "suggest-start":
      return { ...state, start: event };
    case "source-found":
      return { ...state, sources: [...state.sources, event.source] };
    case "notice-given":
      return state.notices.includes(event.notice)
        ? state
        : { ...state, notices: [...state.notices, event.notice] };
    case "reasoning-delta":
      return { ...state, reasoning: state.reasoning + event.text };
    case "text-delta":
      return { ...state, phase: "writing", text: state.text + event.text };
    case "citation-checked":
      return { ...state, citations: [...state.citations, event.citation] };
    case "usage-counted":
      return { ...state, usage: event.usage, cost: event.cost };
    case "suggest-end":
      return { ...state, phase: event.finish === "cancelled" ? "cancelled" : "done", end: event };
    case "suggest-error":
      return failSuggestion(state, event.failure, event.offer === "local");
    default:
      return assertNever(event);
  }
}

/** Ends it when the stream itself broke: a cancel is a state, not an error. */
export function failSuggestion(
  state: SuggestionState,
  failure: Failure,
  offersLocal: boolean,
): SuggestionState {
  if (!isRunning(state)) return state;
  if (failure.code === "cancelled") return { ...state, phase: "cancelled" };
  return { ...state, phase: "failed", failure, offersLocal };
}
