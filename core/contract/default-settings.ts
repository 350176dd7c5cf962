import type { Settings } from "./settings.ts";

/** What `settings` fills in, written out: the window draws itself with it and reads no schema for that. */
export const defaultSettings: Settings = {
  language: "system",
  theme: "system",
  passageLimit: 6,
  embeddingModel: "all-MiniLM-L6-v2",
  generationModel: null,
  thinking: false,
  threads: 0,
  pauseOnBattery: true,
  ledgerPayloadDays: 90,
  firstRunDone: false,
  confirmBeforeQuitWhileIndexing: true,
  tiers: { standard: null, "high-quality": null, private: null },
  budget: { warnAt: null, stopAt: null, currency: "USD", rates: [] },
  prices: [],
};
