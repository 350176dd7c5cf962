import { describe, expect, test } from "vitest";
import { makeIpc } from "../../app/ipc.ts";
import { makeFakeBridge } from "../../testing/fake-bridge.ts";
import {
  isWriting,
  latestSources,
  makeSuggestSession,
  shownVersion,
  turnsOf,
  type SuggestSession,
  isFirstLeftOut,
  wholeAsk,
} from "./session.ts";
import { isRunning } from "./suggestion-state.ts";

function makeSession(): SuggestSession {
  let count = 0;
  return makeSuggestSession(makeIpc(makeFakeBridge({ pace: 1 })), () => `request-${(count += 1)}`);
}

/** Waits until the latest suggestion is in its last state. */
function settled(session: SuggestSession): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      const entry = session.state.get().entries.at(-1);
      if (!entry || isRunning(shownVersion(entry))) return;
      stop();
      resolve();
    };
    const stop = session.state.subscribe(look);
    look();
  });
}

describe("a session over the fake bridge", () => {
  test("streams a suggestion with sources and checked citations", async () => {
    const session = makeSession();
    session.send({ text: "How long is the notice period?" });
    await settled(session);
    const version = shownVersion(session.state.get().entries[0]!);
    expect(version.phase).toBe("done");
    expect(version.text).toContain("three months");
    expect(version.citations[0]).toMatchObject({ sourceNumber: 1, state: "exact" });
  });
  test("a delta of text changes nothing that the composer and the sources beside it watch", async () => {
    const session = makeSession();
    session.send({ text: "How long is the notice period?" });
    const watched = () => {
      const state = session.state.get();
      return { draft: state.draft, runs: isWriting(state), sources: latestSources(state) };
    };
    let before: ReturnType<typeof watched> | null = null;
    let deltas = 0;
    session.state.subscribe(() => {
      if (shownVersion(session.state.get().entries[0]!).phase !== "writing") return;
      const now = watched();
      if (before !== null) {
        deltas += 1;
        expect(now.draft).toBe(before.draft);
        expect(now.runs).toBe(true);
        expect(now.sources).toBe(before.sources);
      }
      before = now;
    });
    await settled(session);
    expect(deltas).toBeGreaterThan(1);
    expect(isWriting(session.state.get())).toBe(false);
  });
  test("a cancel keeps what was written and is no failure", async () => {
    const session = makeSession();
    session.send({ text: "How long is the notice period?" });
    const written = new Promise<void>((resolve) => {
      const stop = session.state.subscribe(() => {
        if (shownVersion(session.state.get().entries[0]!).text === "") return;
        stop();
        resolve();
      });
    });
    await written;
    expect(session.cancel()).toBe(true);
    await settled(session);
    const version = shownVersion(session.state.get().entries[0]!);
    expect(version).toMatchObject({ phase: "cancelled", failure: null });
    expect(version.text).not.toBe("");
    expect(session.cancel()).toBe(false);
  });
  test("a second request follows up on the first, unless the person says otherwise", async () => {
    const session = makeSession();
    session.send({ text: "How long is the notice period?" });
    await settled(session);
    session.send({ text: "And for managers?" });
    expect(session.state.get().entries[1]?.ask.turns).toMatchObject([
      { request: "How long is the notice period?" },
    ]);
    await settled(session);
    session.edit({ followsUp: false });
    session.send({ text: "Who pays for small repairs?" });
    expect(session.state.get().entries[2]?.ask.turns).toEqual([]);
    await settled(session);
    expect(turnsOf(session.state.get().entries)).toHaveLength(3);
  });
  test("writing again adds a version and keeps the first", async () => {
    const session = makeSession();
    session.send({ text: "How long is the notice period?" });
    await settled(session);
    session.again("request-1", true);
    await settled(session);
    const entry = session.state.get().entries[0]!;
    expect(entry.versions.map(({ phase }) => phase)).toEqual(["done", "done"]);
    expect(entry).toMatchObject({ shown: 1, isComparing: true });
  });
  test("a failure of the stream is told as its code", async () => {
    const session = makeSession();
    session.send({ text: "break the worker" });
    await settled(session);
    expect(shownVersion(session.state.get().entries[0]!)).toMatchObject({
      phase: "failed",
      failure: { code: "worker-restarted" },
    });
  });
  test("passages go further only after the person agreed, and then to that host alone", async () => {
    let count = 0;
    const ipc = makeIpc(makeFakeBridge({ pace: 1, cloud: "set-up" }));
    const session = makeSuggestSession(ipc, () => `request-${(count += 1)}`);
    session.send({ text: "How long is the notice period?" });
    await settled(session);
    session.send({ text: "How long is the notice period for managers?", tier: "standard" });
    await settled(session);
    const entry = session.state.get().entries[1]!;
    expect(shownVersion(entry)).toMatchObject({ failure: { code: "reach-needs-consent" }, text: "" });
    session.consent(entry.id, "there.example");
    await settled(session);
    const state = session.state.get();
    expect(shownVersion(state.entries[1]!)).toMatchObject({ phase: "done", start: { reach: "cloud" } });
    expect(state.consentedHosts).toEqual(["there.example"]);
    session.clear();
    expect(session.state.get().consentedHosts).toEqual([]);
  });
  test("what is estimated before sending is what is then sent, the follow-up turns included", async () => {
    const session = makeSession();
    session.send({ text: "How long is the notice period?" });
    await settled(session);
    const ask = { text: "And for managers?", tier: "local" as const };
    const estimated = wholeAsk(ask, session.state.get());
    expect(estimated.turns).toMatchObject([{ id: "request-1", request: "How long is the notice period?" }]);
    session.send(ask);
    expect(session.state.get().entries[1]?.ask).toEqual(estimated);
    await settled(session);
  });
  test("who goes on without what may not travel says so once, for this session", async () => {
    let count = 0;
    const bridge = makeFakeBridge({ pace: 1, cloud: "set-up" });
    const ipc = makeIpc(bridge);
    for (const { id } of await ipc.call("collections.list"))
      await ipc.call("collections.update", { id, reach: "device" });
    const session = makeSuggestSession(ipc, () => `request-${(count += 1)}`);
    session.send({ text: "How long is the notice period?", tier: "standard" });
    await settled(session);
    const entry = session.state.get().entries[0]!;
    expect(shownVersion(entry)).toMatchObject({ failure: { code: "reach-not-allowed" } });
    session.goWithout(entry.id);
    await settled(session);
    const without = shownVersion(session.state.get().entries[0]!);
    expect(without).toMatchObject({ phase: "done", sources: [] });
    expect(without.leftOut.length).toBeGreaterThan(0);
    expect(isFirstLeftOut(session.state.get(), entry.id)).toBe(true);
    expect(wholeAsk({ text: "Again?" }, session.state.get()).withoutHeldBack).toBe(true);
    session.clear();
    expect(wholeAsk({ text: "Again?" }, session.state.get()).withoutHeldBack).toBeUndefined();
  });
  test("what came before a break is kept, and only this device is offered instead", async () => {
    let count = 0;
    const ipc = makeIpc(makeFakeBridge({ pace: 1, cloud: "set-up" }));
    const session = makeSuggestSession(ipc, () => `request-${(count += 1)}`);
    session.edit({ tier: "standard" });
    session.send({ text: "break off: How long is the notice period?", tier: "standard" });
    await settled(session);
    const entry = session.state.get().entries[0]!;
    expect(shownVersion(entry)).toMatchObject({ phase: "failed", offersLocal: true });
    expect(shownVersion(entry).text).not.toBe("");
    session.runLocally(entry.id);
    await settled(session);
    const after = session.state.get();
    expect(shownVersion(after.entries[0]!).start?.tier).toBe("local");
    expect(after.draft.tier).toBe("standard");
  });
});
