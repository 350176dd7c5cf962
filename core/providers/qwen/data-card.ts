import type { QwenRegion } from "../../contract/providers.ts";
import { qwenHosts, runsAnywhere } from "./hosts.ts";

/** Who sees the text, in facts that the window turns into sentences; each with the day it was read. */
export interface DataCard {
  /** Where data rests. */
  readonly region: QwenRegion;
  /** Where inference runs; not the same thing. */
  readonly scope: string;
  readonly runsAnywhere: boolean;
  /** What the provider says about training; never a promise of ours. */
  readonly training: "not-used" | "only-with-consent";
  /** No period was found in what could be read. */
  readonly retention: "not-stated";
  /** A check of the provider's own that cannot be switched off. */
  readonly ownModeration: true;
  readonly asOf: string;
}

/** The card of a region and scope, for the settings and for "who sees your data". */
export function qwenDataCard(region: QwenRegion, scope: string | undefined): DataCard {
  return {
    region,
    scope: scope ?? qwenHosts[region].scopes[0] ?? "global",
    runsAnywhere: runsAnywhere(region, scope),
    training: region === "beijing" ? "not-used" : "only-with-consent",
    retention: "not-stated",
    ownModeration: true,
    asOf: "2026-10-11",
  };
}
