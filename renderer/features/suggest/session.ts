import { AppError, toFailure } from "../../../core/contract/errors.ts";
import type { Tier } from "../../../core/contract/tiers.ts";
import type { Intent, Source, SuggestEvent, SuggestRequestInput } from "../../../core/contract/suggest.ts";
import { makeObservable, type Observable } from "../../ui/observable.ts";
import type { Ipc } from "../../app/ipc.ts";
import {
  applyEvents,
  failSuggestion,
  isRunning,
  startSuggestion,
  type SuggestionState,
} from "./suggestion-state.ts";

/** What stands in the composer. Kept in memory only: text never lies unencrypted on disk. */
export interface Draft {
  readonly intent: Intent;
  readonly text: string;
  readonly pasted: string;
  readonly tone: NonNullable<SuggestRequestInput["tone"]>;
  readonly length: NonNullable<SuggestRequestInput["length"]>;
  /** Changed by the person alone. */
  readonly tier: Tier;
  /** Send the earlier suggestions of this session along. */
  readonly followsUp: boolean;
}

export type Ask = Omit<SuggestRequestInput, "id">;

/** A request with every suggestion made for it. */
export interface Entry {
  readonly id: string;
  readonly ask: Ask;
  readonly versions: readonly SuggestionState[];
  /** Index of the version shown. */
  readonly shown: number;
  readonly isComparing: boolean;
  readonly isAccepted: boolean;
  readonly rating: -1 | 0 | 1;
}

export interface SessionState {
  readonly draft: Draft;
  /** Oldest first; the last one is open, those before it are folded unless in `opened`. */
  readonly entries: readonly Entry[];
  readonly opened: readonly string[];
  /** Hosts that this conversation's passages may go to, since the person said so. */
  readonly consentedHosts: readonly string[];
  /** The person goes on without collections that may not travel, as they said once. */
  readonly goesWithout: boolean;
}

const emptyDraft: Draft = {
  intent: "answer",
  text: "",
  pasted: "",
  tone: "plain",
  length: "medium",
  tier: "local",
  followsUp: true,
};

/** The screen is told of deltas at once, and no more often than this: drawing a few words takes a fraction of it. */
const leastPause = 4;
const turnsSent = 10;

export interface SuggestSession {
  readonly state: Observable<SessionState>;
  readonly edit: (change: Partial<Draft>) => void;
  readonly send: (ask: Ask) => void;
  /** Another version of an entry; `compare` shows it beside the one before. */
  readonly again: (entryId: string, compare: boolean) => void;
  /** Sends a failed entry again, in the local tier. */
  readonly runLocally: (entryId: string) => void;
  /** Sends an entry again after the person agreed that its passages go to this host. */
  readonly consent: (entryId: string, host: string) => void;
  /** Sends an entry again without the collections that may not travel that far; from now on without asking. */
  readonly goWithout: (entryId: string) => void;
  /** False when nothing was running. */
  readonly cancel: () => boolean;
  readonly change: (entryId: string, change: (entry: Entry) => Entry) => void;
  readonly toggleOpened: (entryId: string) => void;
  /** Empties composer and session; what is running is cancelled. */
  readonly clear: () => void;
}

export function shownVersion(entry: Entry): SuggestionState {
  const version = entry.versions[entry.shown];
  if (!version) throw new Error(`entry ${entry.id} has no version ${entry.shown}`);
  return version;
}

/** True while the latest suggestion is searched for or written. */
export function isWriting({ entries }: SessionState): boolean {
  const latest = entries.at(-1);
  return latest !== undefined && isRunning(shownVersion(latest));
}

const noSources: readonly Source[] = [];

/** What the latest suggestion stands on: the same list for as long as only its text changes. */
export function latestSources({ entries }: SessionState): readonly Source[] {
  const latest = entries.at(-1);
  return latest ? shownVersion(latest).sources : noSources;
}

/** The finished suggestions so far as turns, oldest first, for a request that follows up on them. */
export function turnsOf(entries: readonly Entry[]): NonNullable<SuggestRequestInput["turns"]> {
  return entries
    .map((entry) => ({ entry, version: shownVersion(entry) }))
    .filter(({ version }) => version.phase === "done" && version.text !== "")
    .slice(-turnsSent)
    .map(({ entry, version }) => ({
      // What the answer was written from, main knows by this id and these letters.
      id: version.id,
      request: entry.ask.text,
      answer: version.text,
    }));
}

/** A request with what goes along in this session: the same for the estimate and for what is sent. */
export function wholeAsk(ask: Ask, { draft, entries, goesWithout }: SessionState): Ask {
  return {
    ...ask,
    turns: draft.followsUp ? turnsOf(entries) : [],
    ...(goesWithout && { withoutHeldBack: true }),
  };
}

/** True for the first entry of a session that left collections out: the offer to widen them is made once. */
export function isFirstLeftOut({ entries }: SessionState, entryId: string): boolean {
  return entries.find(({ versions }) => versions.some(({ leftOut }) => leftOut.length > 0))?.id === entryId;
}

export function makeSuggestSession(ipc: Ipc, newId: () => string): SuggestSession {
  const state = makeObservable<SessionState>({
    draft: emptyDraft,
    entries: [],
    opened: [],
    consentedHosts: [],
    goesWithout: false,
  });
  let running: AbortController | null = null;

  function change(entryId: string, apply: (entry: Entry) => Entry): void {
    state.set((old) => ({
      ...old,
      entries: old.entries.map((entry) => (entry.id === entryId ? apply(entry) : entry)),
    }));
  }

  function changeVersion(
    entryId: string,
    id: string,
    apply: (old: SuggestionState) => SuggestionState,
  ): void {
    change(entryId, (entry) => ({
      ...entry,
      versions: entry.versions.map((version) => (version.id === id ? apply(version) : version)),
    }));
  }

  async function run(entryId: string, id: string, ask: Ask): Promise<void> {
    running?.abort();
    const controller = new AbortController();
    running = controller;
    let gathered: SuggestEvent[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    let flushedAt = 0;
    const flush = () => {
      clearTimeout(timer);
      timer = undefined;
      flushedAt = performance.now();
      const events = gathered;
      gathered = [];
      if (events.length > 0) changeVersion(entryId, id, (old) => applyEvents(old, events));
    };
    try {
      for await (const event of ipc.stream("suggest", { ...ask, id }, controller.signal)) {
        gathered.push(event);
        timer ??= setTimeout(flush, Math.max(0, flushedAt + leastPause - performance.now()));
      }
      flush();
      // A stream that stops without its last event was cut.
      changeVersion(entryId, id, (old) => failSuggestion(old, { code: "provider-interrupted" }, false));
    } catch (error) {
      flush();
      if (!(error instanceof AppError)) console.error(error);
      changeVersion(entryId, id, (old) => failSuggestion(old, toFailure(error), false));
    } finally {
      if (running === controller) running = null;
    }
  }

  function addVersion(entryId: string, compare: boolean, ask: (entry: Entry) => Ask): void {
    const entry = state.get().entries.find(({ id }) => id === entryId);
    if (!entry || isRunning(shownVersion(entry))) return;
    const id = newId();
    change(entryId, (old) => ({
      ...old,
      ask: ask(old),
      versions: [...old.versions, startSuggestion(id)],
      shown: old.versions.length,
      isComparing: compare,
      isAccepted: false,
      rating: 0,
    }));
    void run(entryId, id, ask(entry));
  }

  return {
    state,
    change,
    edit: (part) => state.set((old) => ({ ...old, draft: { ...old.draft, ...part } })),
    send(ask) {
      const id = newId();
      const whole = wholeAsk(ask, state.get());
      const entry: Entry = {
        id,
        ask: whole,
        versions: [startSuggestion(id)],
        shown: 0,
        isComparing: false,
        isAccepted: false,
        rating: 0,
      };
      state.set((old) => ({ ...old, entries: [...old.entries, entry], opened: [] }));
      void run(id, id, whole);
    },
    again: (entryId, compare) => addVersion(entryId, compare, ({ ask }) => ask),
    runLocally: (entryId) => addVersion(entryId, false, ({ ask }) => ({ ...ask, tier: "local" })),
    consent(entryId, host) {
      state.set((old) => ({ ...old, consentedHosts: [...old.consentedHosts, host] }));
      addVersion(entryId, false, ({ ask }) => ({ ...ask, reachConsent: true }));
    },
    goWithout(entryId) {
      state.set((old) => ({ ...old, goesWithout: true }));
      addVersion(entryId, false, ({ ask }) => ({ ...ask, withoutHeldBack: true }));
    },
    cancel() {
      if (!running) return false;
      running.abort();
      return true;
    },
    toggleOpened: (entryId) =>
      state.set((old) => ({
        ...old,
        opened: old.opened.includes(entryId)
          ? old.opened.filter((id) => id !== entryId)
          : [...old.opened, entryId],
      })),
    clear() {
      running?.abort();
      state.set((old) => ({
        draft: { ...emptyDraft, tone: old.draft.tone, length: old.draft.length, tier: old.draft.tier },
        entries: [],
        opened: [],
        consentedHosts: [],
        goesWithout: false,
      }));
    },
  };
}
