import { describe, expect, test } from "vitest";
import { priceRow } from "../contract/costs.ts";
import { priceFor, priceForProvider, shippedPrices, type PriceQuery } from "./prices.ts";

const at = Date.parse("2026-11-23T12:00:00Z");
const qwen = (changes: Partial<PriceQuery>) =>
  priceFor({ vendor: "qwen", model: "qwen-plus", region: "beijing", at, ...changes });
const gemini = (model: string, day = "2026-11-23") =>
  priceFor({ vendor: "gemini", model, at: Date.parse(`${day}T12:00:00Z`) });

describe("prices", () => {
  test("every row keeps the schema, with steps that rise and an open end", () => {
    for (const row of shippedPrices) {
      expect(priceRow.safeParse(row).success, row.model).toBe(true);
      const limits = row.steps.map(({ upTo }) => upTo ?? Number.POSITIVE_INFINITY);
      expect(limits, row.model).toEqual([...limits].sort((one, other) => one - other));
      expect(row.steps.at(-1)?.upTo, row.model).toBeNull();
    }
  });

  test("no two rows answer the same question", () => {
    const keys = shippedPrices.map((row) =>
      [row.vendor, row.scope, row.model, row.currency, row.validFrom].join(" "),
    );
    expect(new Set(keys).size).toBe(keys.length);
  });

  test("gemini-3.8-flash doubles with the new year, to the day", () => {
    expect(gemini("gemini-3.8-flash", "2026-12-31")?.steps[0]).toMatchObject({ input: 0.75, output: 3.75 });
    expect(gemini("gemini-3.8-flash", "2027-01-01")?.steps[0]).toMatchObject({ input: 1.5, output: 7.5 });
  });

  test("a model that is served by another has that one's price", () => {
    expect(gemini("models/gemini-3.7-flash")?.model).toBe("gemini-3.8-flash");
  });

  test("the place decides: China, international, United States, Europe, Japan", () => {
    const input = (changes: Partial<PriceQuery>) => {
      const row = qwen(changes);
      return row && [row.currency, row.steps[0]?.input];
    };
    expect(input({})).toEqual(["CNY", 0.8]);
    expect(input({ region: "singapore" })).toEqual(["USD", 0.4]);
    expect(input({ region: "singapore", currency: "CNY" })).toEqual(["CNY", 2.936]);
    expect(input({ region: "virginia" })).toEqual(["CNY", 0.8]);
    expect(input({ region: "virginia", scope: "us" })).toEqual(["CNY", 2.936]);
    expect(input({ region: "virginia", model: "qwen-plus-us" })).toEqual(["CNY", 2.936]);
    expect(input({ region: "frankfurt", scope: "EU" })).toEqual(["CNY", 2.998]);
    expect(input({ region: "tokyo", scope: "japan", model: "qwen3.7-plus" })).toEqual(["CNY", 2.998]);
    expect(input({ region: "hong-kong" })).toBeNull();
  });

  test("a snapshot has the price of its name", () => {
    expect(qwen({ model: "qwen3.8-max-0902" })?.model).toBe("qwen3.8-max");
    expect(qwen({ model: "qwen-plus-2025-07-28" })?.model).toBe("qwen-plus");
  });

  test("a model or server without a list has no price, not a wrong one", () => {
    expect(qwen({ model: "qwen9-max" })).toBeNull();
    expect(priceFor({ vendor: "vllm", model: "qwen-plus", at })).toBeNull();
    expect(gemini("qwen-plus")).toBeNull();
  });

  test("a person's own rows come before the shipped ones", () => {
    const own = { ...shippedPrices[0]!, vendor: "vllm" as const, scope: "any", model: "house" };
    const rows = [own, ...shippedPrices];
    expect(priceFor({ vendor: "vllm", model: "house", at }, rows)).toBe(own);
  });

  test("a price that the person entered comes before every other, for that provider and model alone", () => {
    const config = { name: "qwen", vendor: "qwen", model: "qwen-plus", region: "beijing" } as const;
    const stated = { currency: "EUR", input: 1, output: 2, asOf: "2026-11-01" } as const;
    const own = [{ provider: "qwen", model: "qwen-plus", ...stated }];
    expect(priceForProvider(config, at, "CNY", own)).toMatchObject({
      currency: "EUR",
      asOf: "2026-11-01",
      steps: [{ upTo: null, input: 1, output: 2 }],
    });
    expect(priceForProvider({ ...config, name: "other" }, at, "CNY", own)?.currency).toBe("CNY");
    expect(priceForProvider({ ...config, model: "qwen-flash" }, at, "CNY", own)?.currency).toBe("CNY");
  });

  test("a tuned model has the price of its base's low-rank deployment", () => {
    const config = { name: "tuned", vendor: "qwen", model: "house-style-v1", region: "beijing" } as const;
    expect(priceForProvider({ ...config, tunedFrom: "qwen3-14b" }, at)?.steps[0]?.input).toBe(1);
    expect(priceForProvider(config, at)).toBeNull();
  });
});
