import type { DownloadProgress } from "../contract/models.ts";

const betweenReports = 250;

/** Counts a download's bytes; its rate is over what this run received, resumed bytes left out. */
export function progressMeter(modelId: string, totalBytes: number) {
  const startedAt = performance.now();
  let receivedBytes = 0;
  let ownBytes = 0;
  let reportedAt = -Infinity;
  return {
    /** True when a report is due. */
    add(bytes: number, when: "before" | "now"): boolean {
      receivedBytes += bytes;
      if (when === "now") ownBytes += bytes;
      return performance.now() - reportedAt >= betweenReports;
    },
    now(): DownloadProgress {
      reportedAt = performance.now();
      const seconds = (reportedAt - startedAt) / 1000;
      const bytesPerSecond = seconds > 0 ? ownBytes / seconds : 0;
      const isHonest = seconds >= 1 && bytesPerSecond > 0;
      return {
        modelId,
        receivedBytes,
        totalBytes,
        bytesPerSecond,
        secondsLeft: isHonest ? Math.max(0, totalBytes - receivedBytes) / bytesPerSecond : null,
      };
    },
  };
}
