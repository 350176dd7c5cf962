import { AppError } from "../../../core/contract/errors.ts";
import type { Handlers } from "../../../core/contract/routes.ts";
import type { Models } from "../models.ts";

/** Routes about models. */
export function modelHandlers(deps: {
  readonly models: Models;
}): Pick<Handlers, "models.list" | "models.import" | "models.remove" | "models.use"> {
  const { models } = deps;
  return {
    "models.list": (_input, signal) => models.list(signal),
    "models.import": () => {
      throw new AppError("model-import-invalid");
    },
    "models.remove": () => {
      throw new AppError("not-allowed");
    },
    "models.use": async ({ modelId, kind }, signal) => {
      await models.use(kind, modelId, signal);
      return undefined;
    },
  };
}
