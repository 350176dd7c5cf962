// @ts-check
import { writeJson } from "./json-file.mjs";
import { inCache } from "./paths.mjs";

/** @typedef {{ name: string, seconds: number }} Timing */

/** @param {Timing[]} timings */
export function formatTimings(timings) {
  const total = timings.reduce((sum, { seconds }) => sum + seconds, 0);
  const rows = [...timings, { name: "in all", seconds: total }];
  const width = Math.max(...rows.map(({ name }) => name.length));
  return rows.map(({ name, seconds }) => `${name.padEnd(width)}  ${minutes(seconds)}`).join("\n");
}

/** @param {Timing[]} timings */
export function writeTimings(timings) {
  writeJson(inCache("timings.json"), {
    stages: timings.map(({ name, seconds }) => ({ name, seconds: Math.round(seconds * 10) / 10 })),
    seconds: Math.round(timings.reduce((sum, { seconds }) => sum + seconds, 0)),
  });
}

/** @param {number} seconds */
const minutes = (seconds) =>
  `${Math.floor(seconds / 60)
    .toString()
    .padStart(3)} min ${(seconds % 60).toFixed(1).padStart(4)} s`;
