import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { isLogBroken } from "./log-check.ts";
import { cutLogs, flipBits, unclosedLibrary, type Library } from "./testing/faults/bit-flips.ts";
import { vaultPaths } from "./vault.ts";

// Samples of what `npm run bench faults` does a thousand times.
let library: Library;
beforeAll(async () => {
  library = await unclosedLibrary(3, 40);
});

describe("damage", () => {
  test("of one bit in database, log or slot loses nothing, or the person hears of it", async () => {
    const { rounds, failures, lostInSilence } = await flipBits(library, 60, 7);
    expect([rounds, failures, lostInSilence]).toEqual([60, [], 0]);
  });

  test("that cuts the log leaves what the library held at some moment, and the person hears of what is missing", async () => {
    const { rounds, failures, lostAndTold } = await cutLogs(library, 25, 7);
    expect([rounds, failures]).toEqual([25, []]);
    expect(lostAndTold).toBeGreaterThan(0);
  });
});

describe("a log", () => {
  const frame = 24 + 4096;
  const broken = (change: (log: Buffer) => Buffer): boolean => {
    const folder = mkdtempSync(join(tmpdir(), "qwill-test-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const { database } = vaultPaths(folder);
    writeFileSync(`${database}-wal`, change(Buffer.from(library.files.get("library.db-wal")!)));
    return isLogBroken(database);
  };

  test("that is whole, empty or not there is not called broken", () => {
    expect(isLogBroken(join(tmpdir(), "no-such-library.db"))).toBe(false);
    expect([
      broken((log) => log),
      broken(() => Buffer.alloc(0)),
      broken((log) => log.subarray(0, 32)),
    ]).toEqual([false, false, false]);
  });

  test("that was begun anew over a longer one is not called broken", () => {
    // A kill between two frames leaves these: some of this log, and behind them those of the log before.
    expect(
      broken((log) => {
        for (let at = 32 + 5 * frame; at < log.length; at += frame) {
          log.writeUInt32BE((log.readUInt32BE(at + 8) - 1) >>> 0, at + 8);
          log.writeUInt32BE(4711, at + 12);
        }
        return log;
      }),
    ).toBe(false);
  });

  test.each([
    ["its head", 0, 5],
    ["a frame's salt", 7, 9],
    ["a frame's checksum", 7, 18],
    ["a frame's page", 7, 500],
  ])("with a bit flipped in %s is called broken", (_, nth, byte) => {
    expect(
      broken((log) => {
        const at = nth === 0 ? byte : 32 + nth * frame + byte;
        log[at] = log[at]! ^ 4;
        return log;
      }),
    ).toBe(true);
  });

  test("of which a block was zeroed, or whose end is missing, is called broken", () => {
    expect(broken((log) => log.fill(0, 32 + 7 * frame, 32 + 8 * frame))).toBe(true);
    for (const bytes of [8, 20, 3_000])
      expect(broken((log) => log.subarray(0, 32 + 7 * frame + bytes))).toBe(true);
  });
});
