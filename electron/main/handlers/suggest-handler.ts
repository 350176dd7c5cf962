import { AppError } from "../../../core/contract/errors.ts";
import type { StreamHandlers } from "../../../core/contract/routes.ts";
import type { Engine } from "../engine.ts";
import type { Library } from "../library.ts";
import type { SettingsFile } from "../settings-file.ts";

export interface SuggestDeps {
  readonly library: Library;
  readonly settings: SettingsFile;
  readonly engine: Engine;
}

export function suggestHandler(_deps: SuggestDeps): StreamHandlers["suggest"] {
  return async function* () {
    throw new AppError("model-missing");
  };
}
