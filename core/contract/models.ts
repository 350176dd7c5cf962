import { z } from "zod";

/** Model rows as the window sees them; the full catalogue row stands in core/rag/models and core/providers/llama-cpp. */
export const modelKinds = ["embedding", "generation"] as const;
export const modelState = z.enum(["installed", "missing", "downloading", "damaged"]);

export const modelRow = z.strictObject({
  id: z.string(),
  kind: z.enum(modelKinds),
  name: z.string(),
  licence: z.string(),
  /** BCP 47 languages it was trained for; `*` means many. */
  languages: z.array(z.string()),
  /** Bytes on disk and megabytes of memory while it runs. */
  bytes: z.number().int().nonnegative(),
  memory: z.number().int().nonnegative(),
  dimension: z.number().int().positive().nullable(),
  /** Longest input in tokens. */
  longestInput: z.number().int().positive(),
  state: modelState,
  active: z.boolean(),
  /** True for a file the person imported. */
  imported: z.boolean(),
  /** False when this machine has too little memory for it. */
  fits: z.boolean(),
});
export type ModelRow = z.infer<typeof modelRow>;

export const downloadProgress = z.strictObject({
  modelId: z.string(),
  receivedBytes: z.number().nonnegative(),
  totalBytes: z.number().nonnegative(),
  bytesPerSecond: z.number().nonnegative(),
  secondsLeft: z.number().nullable(),
});
export type DownloadProgress = z.infer<typeof downloadProgress>;

/** An index being built for another embedding model beside the one in use. */
export const indexBuild = z.strictObject({
  modelId: z.string(),
  embedded: z.number(),
  total: z.number(),
});
export type IndexBuild = z.infer<typeof indexBuild>;
