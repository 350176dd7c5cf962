import type { MessagePortMain } from "electron";
import { describe, expect, test } from "vitest";
import type { FromReader, ToReader } from "../../core/rag/readers/process/channel.ts";
import { makeReaderSpawner, type AnswerPort } from "./reader-channel.ts";

type Listener = (event: { data: unknown; ports: readonly MessagePortMain[] }) => void;

/** One end of a port whose other end the test holds. */
class FakePort {
  readonly sent: unknown[] = [];
  readonly listeners: ((event: { data: unknown }) => void)[] = [];
  isOpen = true;
  on(_name: string, listener: (event: { data: unknown }) => void): void {
    this.listeners.push(listener);
  }
  start(): void {}
  postMessage(message: unknown): void {
    this.sent.push(message);
  }
  close(): void {
    this.isOpen = false;
  }
  say(data: unknown): void {
    for (const listener of this.listeners) listener({ data });
  }
}

const part = (id: number, name: string): ToReader => ({
  kind: "read",
  id,
  name,
  size: 1,
  bytes: new Uint8Array([id]),
  isLast: true,
});

function makeRig() {
  const asked: string[] = [];
  const listeners: Listener[] = [];
  const answers: AnswerPort = { on: (_name, listener) => listeners.push(listener) };
  const main = (data: unknown, port?: FakePort): void => {
    for (const listener of listeners)
      listener({ data, ports: port ? [port as unknown as MessagePortMain] : [] });
  };
  const spawn = makeReaderSpawner(
    { wanted: (id) => asked.push(`wanted ${id}`), unwanted: (id) => asked.push(`unwanted ${id}`) },
    answers,
  );
  return { asked, main, spawn };
}

describe("the worker's line to a reader process", () => {
  test("keeps what is sent before main gives the port, then talks over it", () => {
    const { asked, main, spawn } = makeRig();
    const channel = spawn();
    const heard: FromReader[] = [];
    channel.onMessage((message) => heard.push(message));
    channel.send(part(1, "a"));
    const port = new FakePort();
    main({ kind: "reader", id: 1 }, port);
    channel.send(part(2, "b"));
    port.say({ kind: "ready" });
    expect(asked).toEqual(["wanted 1"]);
    expect(port.sent).toMatchObject([{ name: "a" }, { name: "b" }]);
    expect(heard).toEqual([{ kind: "ready" }]);
  });

  test("hears of its own process's memory and end only", () => {
    const { asked, main, spawn } = makeRig();
    const [one, two] = [spawn(), spawn()];
    const ends: string[] = [];
    one.onExit(({ code }) => ends.push(`one ${code}`));
    two.onExit(({ code }) => ends.push(`two ${code}`));
    main({ kind: "reader-memory", id: 2, bytes: 5 });
    main({ kind: "reader-exit", id: 2, code: 7 });
    main({ kind: "reader-exit", id: 2, code: 7 });
    main({ kind: "request", id: 1, name: "something else of the link" });
    expect([one.memory(), two.memory(), ends]).toEqual([null, 5, ["two 7"]]);
    one.kill();
    two.kill();
    expect(asked).toEqual(["wanted 1", "wanted 2", "unwanted 1"]);
  });
});
