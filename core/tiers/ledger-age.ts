import type { LiveSettings } from "../contract/settings.ts";
import type { RetryClock } from "../providers/wire/retry.ts";
import type { Outbox } from "./outbox.ts";

/** Keeps what calls sent no longer than the person wants: looks at once, and again every hour. */
export interface LedgerAge {
  /** Looks now: the person may have chosen fewer days. */
  apply(): void;
  close(): Promise<void>;
}

export interface LedgerAgeOptions {
  readonly outbox: Pick<Outbox, "post">;
  readonly settings: Pick<LiveSettings, "current">;
  readonly clock: Pick<RetryClock, "sleep">;
  /** Unix milliseconds. */
  readonly now: () => number;
}

const hour = 3_600_000;
const day = 24 * hour;

export function makeLedgerAge({ outbox, settings, clock, now }: LedgerAgeOptions): LedgerAge {
  const closing = new AbortController();

  function apply(): void {
    const days = settings.current().ledgerPayloadDays;
    if (days > 0) void outbox.post("ledger.forget-before", { before: now() - days * day, now: now() });
  }

  async function keepLooking(): Promise<void> {
    while (!closing.signal.aborted) {
      apply();
      await clock.sleep(hour, closing.signal).catch(() => undefined);
    }
  }

  const looking = keepLooking();
  return {
    apply,
    close: async () => {
      closing.abort();
      await looking;
    },
  };
}
