import type { VaultStatus } from "../../core/contract/app.ts";
import { makeFakeBridge, type FakeOptions } from "./fake-bridge.ts";

/*
 * The window over the fake bridge, for a browser: `npx vite renderer`, then /testing/dev.html
 * ?language=zh-CN&theme=dark&library=large&first=yes&vault=needs-choice&model=qwen3-1.7b&pace=20
 * &cloud=set-up&accepted=6
 */
const query = new URLSearchParams(location.search);
const vaults: Record<string, VaultStatus> = {
  "needs-choice": { state: "needs-choice" },
  damaged: { state: "locked", code: "vault-damaged" },
  development: { state: "open", protection: "development" },
};
const vault = vaults[query.get("vault") ?? ""];
const bridge = makeFakeBridge({
  library: (query.get("library") ?? "sample") as NonNullable<FakeOptions["library"]>,
  pace: Number(query.get("pace") ?? 20),
  build: query.has("build") ? 2_650 : null,
  cloud: query.get("cloud") === "set-up" ? "set-up" : "none",
  accepted: Number(query.get("accepted") ?? 0),
  ...(vault && { vault }),
  settings: {
    language: (query.get("language") ?? "en") as "en" | "zh-CN",
    theme: (query.get("theme") ?? "system") as "light" | "dark",
    firstRunDone: query.get("first") !== "yes",
    generationModel: query.get("model"),
    thinking: query.has("thinking"),
  },
});
Object.defineProperty(window, "qwill", { value: bridge });
await import("../start.ts");
