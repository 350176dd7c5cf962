import { expect, test } from "vitest";
import { makeReadPace, usualPace, type ReadPace } from "./watch-pace.ts";

/** When a file was read whose writing times are given, each heard of after the quiet of a burst; in milliseconds. */
function readingsOf(writes: readonly number[], pace: ReadPace = makeReadPace(usualPace)): number[] {
  const readings: number[] = [];
  const start = 1_000_000;
  const written = writes.map((at) => start + at);
  const path = "/notes/app.log";
  let readOf = -Infinity;
  const look = (now: number): void => {
    const modifiedAt = written.findLast((at) => at <= now);
    if (modifiedAt === undefined || modifiedAt === readOf) return;
    if (!pace.isReady({ path, modifiedAt }, now)) return;
    readOf = modifiedAt;
    readings.push(now - start);
  };
  // A burst is reported after 400 ms of quiet, or after three seconds.
  const reports: number[] = [];
  let first: number | null = null;
  for (const [index, at] of written.entries()) {
    first ??= at;
    const next = written[index + 1] ?? Infinity;
    if (next - at < 400 && at - first < 3_000) continue;
    reports.push(next - at < 400 ? at : at + 400);
    first = null;
  }
  const end = (written.at(-1) ?? 0) + 3 * usualPace.longest;
  for (let now = start; now < end;) {
    const due = pace.nextDue() ?? Infinity;
    const report = reports[0] ?? Infinity;
    now = Math.min(due, report);
    if (now === Infinity) break;
    if (report <= due) reports.shift();
    else for (const _ of pace.takeDue(now)) look(now);
    if (report <= due) look(now);
  }
  return readings;
}

const every = (distance: number, from: number, to: number): number[] =>
  Array.from({ length: Math.floor((to - from) / distance) + 1 }, (_, at) => from + at * distance);

test("a file that is saved is read at once", () => {
  expect(readingsOf([0])).toEqual([400]);
});

test("a file saved now and then is read each time", () => {
  expect(readingsOf([0, 60_000, 120_000])).toEqual([400, 60_400, 120_400]);
});

test("a file that gets a line every 200 ms for 15 seconds is read once it stood still", () => {
  const readings = readingsOf(every(200, 0, 15_000));
  expect(readings).toHaveLength(1);
  expect(readings[0]).toBeGreaterThan(15_000);
  // Not later than it had gone on till then.
  expect(readings[0]).toBeLessThan(2 * 15_000 + 3_000);
});

test("a file that gets a line every second for an hour is read at distances that double", () => {
  const readings = readingsOf(every(1_000, 0, 3_600_000));
  const distances = readings.slice(1).map((at, index) => at - readings[index]!);
  expect(readings.length).toBeLessThanOrEqual(16);
  for (const [at, distance] of distances.entries())
    expect(distance).toBeGreaterThanOrEqual(Math.min(usualPace.longest, 2_000 * 2 ** at) - 400);
});

test("a file that never stands still is read at the longest distance all the same", () => {
  const readings = readingsOf(every(100, 0, 3 * usualPace.longest));
  expect(readings.length).toBeGreaterThanOrEqual(2);
  expect(readings.length).toBeLessThanOrEqual(4);
});

test("the last state of a file is read, however its writing goes", () => {
  for (const distance of [50, 399, 401, 1_999, 2_000, 2_001, 7_777]) {
    const writes = every(distance, 0, 100_000);
    expect([distance, readingsOf(writes).at(-1)! > writes.at(-1)!]).toEqual([distance, true]);
  }
});

test("a file whose time lies ahead of the clock is read like any other", () => {
  const pace = makeReadPace(usualPace);
  expect(pace.isReady({ path: "/a", modifiedAt: 5_000_000 }, 1_000_000)).toBe(true);
});

test("files that calmed down are forgotten", () => {
  const pace = makeReadPace(usualPace);
  for (let at = 0; at < 1_000; at++) pace.isReady({ path: `/${at}`, modifiedAt: 0 }, 1_000_000);
  expect(pace.takeDue(1_010_000)).toEqual([]);
  expect(pace.size).toBe(0);
});
