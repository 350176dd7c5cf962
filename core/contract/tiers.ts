import { z } from "zod";

/** How far text may travel. Ordered: device < organisation < cloud. */
export const reaches = ["device", "organisation", "cloud"] as const;
export const reach = z.enum(reaches);
export type Reach = z.infer<typeof reach>;

/** The four tiers a person chooses from; each names a provider, a model and a reach in the settings. */
export const tiers = ["local", "standard", "high-quality", "private"] as const;
export const tier = z.enum(tiers);
export type Tier = z.infer<typeof tier>;

/** True when text that may travel as far as `allowed` may go to `wanted`. */
export function reachAllows(allowed: Reach, wanted: Reach): boolean {
  return reaches.indexOf(wanted) <= reaches.indexOf(allowed);
}
