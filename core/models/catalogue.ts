/** One file of a model, as it lies under the model's folder and under its repository's revision. */
export interface ModelFile {
  /** Relative, "/"-separated, the same in the repository and on disk. */
  readonly path: string;
  readonly bytes: number;
  /** Lower-case hex. Null: no published hash is known; the first download's is noted and kept to. */
  readonly sha256: string | null;
  /** Other files that may stand here as well, such as another quantisation of the same weights. */
  readonly alternatives?: readonly { readonly bytes: number; readonly sha256: string }[];
}

/** What every model of the catalogue says of itself; a new model is a new row, not new code. */
export interface CatalogueRow {
  /** Also the name of its folder. */
  readonly id: string;
  readonly kind: "embedding" | "generation";
  /** The name a person reads. */
  readonly name: string;
  /** Where it is downloaded from: `https://huggingface.co/<repository>/resolve/<revision>/<path>`. */
  readonly repository: string;
  readonly revision: string;
  readonly files: readonly ModelFile[];
  /** BCP 47 languages it was trained for; `*` for many. */
  readonly languages: readonly string[];
  /** Longest input in tokens, special tokens included. */
  readonly longestInput: number;
  /** SPDX. */
  readonly licence: string;
  /** Megabytes of memory while it runs. */
  readonly memory: number;
}

/** Bytes a row takes on disk, which is what a download transfers. */
export function modelBytes(row: CatalogueRow): number {
  return row.files.reduce((sum, file) => sum + file.bytes, 0);
}
