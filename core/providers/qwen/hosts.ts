import { AppError } from "../../contract/errors.ts";
import type { QwenRegion } from "../../contract/providers.ts";

/** One region of hosted Qwen: where data rests, and where a workspace may have inference run. */
export interface QwenHost {
  /** The region's name inside host names. */
  readonly place: string;
  /** The older host without a workspace; null where there is none. */
  readonly shared: string | null;
  /** Scopes of inference a workspace of this region can have; the first is the usual one. */
  readonly scopes: readonly QwenScope[];
}

export type QwenScope = "mainland-china" | "international" | "global" | "us" | "eu" | "japan" | "hong-kong";

/** Model Studio's regions, as its page "base-url" and "regions" gave them in October 2026. */
export const qwenHosts: Readonly<Record<QwenRegion, QwenHost>> = {
  beijing: { place: "cn-beijing", shared: "dashscope.aliyuncs.com", scopes: ["mainland-china"] },
  singapore: { place: "ap-southeast-1", shared: "dashscope-intl.aliyuncs.com", scopes: ["international"] },
  virginia: { place: "us-east-1", shared: "dashscope-us.aliyuncs.com", scopes: ["global", "us"] },
  "hong-kong": {
    place: "cn-hongkong",
    shared: "cn-hongkong.dashscope.aliyuncs.com",
    scopes: ["global", "hong-kong"],
  },
  frankfurt: { place: "eu-central-1", shared: null, scopes: ["global", "eu"] },
  tokyo: { place: "ap-northeast-1", shared: null, scopes: ["global", "japan"] },
};

/**
 * The root of the compatible protocol for a region: the workspace's own host where one is named, else the
 * shared one. Throws provider-not-configured for a region that has no shared host, or a name that is no
 * workspace's.
 */
export function qwenAddress(region: QwenRegion, workspace: string | undefined): string {
  const host = qwenHosts[region];
  if (workspace !== undefined && workspace !== "") {
    // It becomes part of a host name: nothing else may hide in it.
    if (!/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i.test(workspace))
      throw new AppError("provider-not-configured", { facts: { reason: "workspace" } });
    return `https://${workspace.toLowerCase()}.${host.place}.maas.aliyuncs.com/compatible-mode/v1`;
  }
  if (host.shared === null)
    throw new AppError("provider-not-configured", { facts: { reason: "workspace-needed", region } });
  return `https://${host.shared}/compatible-mode/v1`;
}
