import { describe, expect, test } from "vitest";
import { makeFakeClock } from "./testing/fake-clock.ts";
import { systemClock, type Clock } from "./watch-clock.ts";

interface Kind {
  readonly clock: Clock;
  /** Goes on until the promise is settled. */
  readonly until: (done: Promise<unknown>) => Promise<void>;
}

const kinds: Readonly<Record<string, () => Kind>> = {
  "the system's clock": () => ({ clock: systemClock, until: async (done) => void (await done) }),
  "the clock of tests": () => {
    const clock = makeFakeClock();
    return {
      clock,
      until: async (done) => {
        clock.advance(1_000);
        await done;
      },
    };
  },
};

describe.each(Object.entries(kinds))("%s", (_, make) => {
  test("runs work once, in the order it falls due, when so much time is over", async () => {
    const { clock, until } = make();
    const begun = clock.now();
    const ran: string[] = [];
    const done = new Promise<void>((resolve) => {
      clock.after(30, () => {
        ran.push(`late ${clock.now() >= begun + 29}`);
        resolve();
      });
      clock.after(1, () => ran.push("early"));
    });
    await until(done);
    expect(ran).toEqual(["early", "late true"]);
  });

  test("never runs work that was taken back", async () => {
    const { clock, until } = make();
    const ran: string[] = [];
    const takeBack = clock.after(1, () => ran.push("taken back"));
    const done = new Promise<void>((resolve) => {
      clock.after(20, resolve);
    });
    takeBack();
    await until(done);
    expect(ran).toEqual([]);
  });
});
