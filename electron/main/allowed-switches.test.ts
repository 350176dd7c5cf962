import { describe, expect, test } from "vitest";
import { dropDangerousEnvironment, refusedSwitch } from "./allowed-switches.ts";

describe("a shipped application", () => {
  test.each([
    "--remote-debugging-port=9222",
    "--remote-debugging-pipe",
    "--no-sandbox",
    "--disable-web-security",
    "--load-extension=/tmp/x",
    "--proxy-server=http://evil",
    "--user-data-dir=/tmp/x",
    "--inspect",
    "--inspect-brk=0.0.0.0:9229",
    "--js-flags=--allow-natives-syntax",
    "--renderer-cmd-prefix=sh",
    "--gpu-launcher=sh",
    "--host-rules=MAP * evil",
    "--enable-features=X",
    "-r=/tmp/x.js",
    "-no-sandbox",
    "--NO-SANDBOX",
    "--",
    "--lang-evil",
  ])("refuses to start with %s", (argument) => {
    expect(refusedSwitch(["/some/file.txt", argument])).toBe(argument);
  });

  test("starts with what people and desktops pass", () => {
    expect(refusedSwitch([])).toBeNull();
    expect(
      refusedSwitch(["/home/me/a-file.txt", "--lang=zh-CN", "--ozone-platform-hint=auto", "-psn_0_12345"]),
    ).toBeNull();
  });

  test("drops environment that loads code or logs keys, and keeps the rest", () => {
    const environment = { NODE_OPTIONS: "--require x", SSLKEYLOGFILE: "/tmp/k", PATH: "/usr/bin" };
    dropDangerousEnvironment(environment);
    expect(environment).toEqual({ PATH: "/usr/bin" });
  });
});
