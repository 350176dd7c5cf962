import { createContext, use } from "react";
import type { Citation, Source } from "../../../core/contract/suggest.ts";

/** What the chips inside one suggestion's text look up. */
export interface Cited {
  readonly sources: readonly Source[];
  readonly citations: readonly Citation[];
}

export const CitedContext = createContext<Cited>({ sources: [], citations: [] });

export function useCited(): Cited {
  return use(CitedContext);
}
