import { z } from "zod";
import { budget, ownPrice } from "./costs.ts";
import { tierChoices } from "./providers.ts";

/** Everything a person can set, one schema; managed policy is the same schema laid over it. */
export const settings = z.strictObject({
  language: z.enum(["system", "en", "zh-CN"]).default("system"),
  theme: z.enum(["system", "light", "dark"]).default("system"),
  /** Passages offered to the engine for one suggestion. */
  passageLimit: z.number().int().min(1).max(20).default(6),
  embeddingModel: z.string().default("all-MiniLM-L6-v2"),
  /** The on-device language model; null: quotes only. */
  generationModel: z.string().nullable().default(null),
  /** Let a model that can think do so; its thoughts are shown apart. */
  thinking: z.boolean().default(false),
  /** Threads for embedding and generation; 0 means as many as there are cores. */
  threads: z.number().int().min(0).max(64).default(0),
  /** Leave vectors for later while the machine runs on battery. */
  pauseOnBattery: z.boolean().default(true),
  /** Days that what a call sent stays in the ledger; 0: until it is forgotten by hand. */
  ledgerPayloadDays: z.number().int().min(0).max(3650).default(90),
  firstRunDone: z.boolean().default(false),
  confirmBeforeQuitWhileIndexing: z.boolean().default(true),
  /** The provider of each tier, by its name; null: the tier is not set up. */
  tiers: tierChoices.default({ standard: null, "high-quality": null, private: null }),
  budget: budget.default({ warnAt: null, stopAt: null, currency: "USD", rates: [] }),
  /** Prices that the person entered, one for a provider and model. */
  prices: z.array(ownPrice).max(200).default([]),
});
export type Settings = z.infer<typeof settings>;
/** The settings as those see them who read and change them; kept in a file by compose. */
export interface LiveSettings {
  readonly current: () => Settings;
  /** Keys left out keep their value. */
  update(patch: Partial<Settings>): Settings;
  /** Keys whose stored value is damaged or of a newer Qwill: their default stands in, and nothing relies on it. */
  readonly unreadable: () => readonly (keyof Settings)[];
}
/** Keys left out keep their value; defaults are not filled in. */
export const settingsPatch = z.strictObject(
  Object.fromEntries(
    Object.entries(settings.shape).map(([key, schema]) => [key, schema.unwrap().optional()]),
  ),
) as unknown as z.ZodType<Partial<Settings>>;
