import { expect, test } from "vitest";
import { describeError } from "./log.ts";

test("the log names type, code and place of an error, never what its message says", () => {
  const error = Object.assign(new Error("cannot open /home/me/secret diary.txt"), { code: "ENOENT" });
  error.cause = new TypeError("Unexpected token in: my secret");
  const line = describeError(error);
  expect(line).toMatch(/^Error ENOENT \| at /);
  expect(line).toContain("caused by TypeError");
  expect(line).not.toContain("secret");
});
