import { createContext, use } from "react";
import type { Source } from "../../../core/contract/suggest.ts";
import type { DocumentTarget } from "../../app/navigation.ts";

/** How a citation in the text and its source beside it talk to each other. */
export interface SourcesFocus {
  /** The source pointed at in the text now. */
  readonly marked: number | null;
  readonly mark: (sourceNumber: number | null) => void;
  /** Opens a document at a range, beside the text. */
  readonly open: (target: DocumentTarget) => void;
  /** Shows a list of sources, also where it hides in a drawer. */
  readonly showAll: (sources: readonly Source[]) => void;
}

export const SourcesContext = createContext<SourcesFocus | null>(null);

export function useSourcesFocus(): SourcesFocus {
  const focus = use(SourcesContext);
  if (!focus) throw new Error("SourcesContext is missing above this component");
  return focus;
}
