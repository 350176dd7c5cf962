import { expect, test } from "vitest";
import { countPlaywright, countVitest } from "./counts.mjs";
import { isSameTree } from "./lockfile.mjs";
import { useExperimentalApi } from "./native-build.mjs";
import { placeOf } from "./registry-electron.mjs";
import { isRecent } from "./steps/tool-node.mjs";
import { installCommand } from "./system-parts.mjs";
import { formatTimings } from "./timings.mjs";
import { authority } from "./virtual-display.mjs";

test("leaves the other product's parts out of the runtime", () => {
  expect(placeOf("Cypress/Cypress")).toBe("qwill-electron");
  expect(placeOf("Cypress/locales/de.pak")).toBe("locales/de.pak");
  expect(placeOf("Cypress/resources/app/index.js")).toBeUndefined();
  expect(placeOf("Cypress/resources/app-update.yml")).toBeUndefined();
  expect(placeOf("Cypress/browser_v8_context_snapshot.bin")).toBeUndefined();
  expect(placeOf("elsewhere/file")).toBeUndefined();
});

test("installs again when a version differs, and not for another platform's package", () => {
  const lockfile = { packages: { "": {}, a: { version: "1" }, mac: { version: "1", optional: true } } };
  expect(isSameTree(lockfile, { packages: { a: { version: "1" } } })).toBe(true);
  expect(isSameTree(lockfile, { packages: { a: { version: "2" } } })).toBe(false);
  expect(isSameTree(lockfile, { packages: {} })).toBe(false);
  expect(isSameTree(lockfile, { packages: { a: { version: "1" }, extra: { version: "1" } } })).toBe(false);
});

test("knows which Node runs the tools", () => {
  expect(["v22.18.0", "v23.6.0", "v24.0.0", "v26.1.0"].every(isRecent)).toBe(true);
  expect(["v18.20.0", "v20.20.2", "v22.17.1", "v23.5.0", "", "not found"].some(isRecent)).toBe(false);
});

test("refuses to build from a binding.gyp that it does not know", () => {
  expect(useExperimentalApi("'defines': ['NAPI_VERSION=10', 'X']")).toContain("'NAPI_EXPERIMENTAL', ");
  expect(() => useExperimentalApi("'defines': []")).toThrow(/binding\.gyp/);
});

test("prints the one command in the words of the system at hand", () => {
  const parts = [{ name: "GTK 3", debian: "gtk-t64|gtk", fedora: "gtk3", arch: "gtk3", suse: "gtk-suse" }];
  expect(installCommand(parts, (name) => name === "apt-get")).toBe("sudo apt-get install gtk");
  expect(installCommand(parts, (name) => name === "zypper")).toBe("sudo zypper install gtk-suse");
  expect(installCommand(parts, () => false)).toContain("GTK 3");
});

test("counts a test file that cannot be loaded as a failure", () => {
  const fine = { status: "passed", assertionResults: [{ status: "passed" }] };
  const broken = { status: "failed", assertionResults: [] };
  const report = { numPassedTests: 1, numFailedTests: 0, numPendingTests: 2, numTodoTests: 1 };
  expect(countVitest({ ...report, testResults: [fine, broken] })).toEqual({
    passed: 1,
    failed: 1,
    skipped: 3,
    triedAgain: 0,
  });
});

test("counts an end-to-end test that passed when tried again as such, and a broken set-up as failed", () => {
  const stats = { expected: 3, unexpected: 0, flaky: 1, skipped: 2 };
  expect(countPlaywright({ stats, errors: [] })).toEqual({ passed: 4, failed: 0, skipped: 2, triedAgain: 1 });
  expect(countPlaywright({ stats, errors: [{}] })).toEqual({
    passed: 4,
    failed: 1,
    skipped: 2,
    triedAgain: 1,
  });
});

test("sums the stages in minutes", () => {
  const table = formatTimings([
    { name: "a", seconds: 61 },
    { name: "b", seconds: 0.5 },
  ]);
  expect(table.split("\n").at(-1)).toMatch(/^in all\s+1 min\s+1\.5 s$/);
});

test("writes a cookie that every display and host of ours accepts", () => {
  const file = authority(Buffer.alloc(16, 7));
  expect(file.readUInt16BE(0)).toBe(0xffff);
  expect(file.length).toBe(2 + 2 + 2 + 2 + 18 + 2 + 16);
});
