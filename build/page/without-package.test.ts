import { expect, test } from "vitest";
import { fileWith } from "./without-package.ts";

test("a package in one chunk of the window is found, by its folder and not by a part of its name", () => {
  const chunk = (...moduleIds: string[]) => ({ type: "chunk", moduleIds });
  const desk = chunk("/q/renderer/main.tsx", "/q/node_modules/zod-like/index.js", "/q/renderer/zod/a.ts");
  expect(fileWith("zod", { "desk.js": desk, "a.css": { type: "asset" } })).toBeNull();
  expect(fileWith("zod", { "desk.js": desk, "costs.js": chunk("/q/node_modules/zod/v4/core.js") })).toBe(
    "costs.js",
  );
  expect(fileWith("zod", { "costs.js": chunk("C:\\q\\node_modules\\zod\\core.js") })).toBe("costs.js");
});
