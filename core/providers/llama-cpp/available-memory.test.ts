import { totalmem } from "node:os";
import { describe, expect, test } from "vitest";
import { availableMemory, bytesOfVmStat } from "./available-memory.ts";

const healthyMac = `Mach Virtual Memory Statistics: (page size of 16384 bytes)
Pages free:                                5120.
Pages active:                            391201.
Pages inactive:                          387220.
Pages speculative:                         2850.
Pages throttled:                              0.
Pages wired down:                        151034.
Pages purgeable:                           4313.
"Translation faults":                 845713263.
File-backed pages:                       270012.
Anonymous pages:                         511259.
Pages occupied by compressor:             75120.
`;

describe("memory that a model may have", () => {
  test("on a healthy Mac is more than its free pages", () => {
    expect(bytesOfVmStat(healthyMac)).toBe((5120 + 2850 + 387_220) * 16_384);
  });

  test.each([
    "",
    "Pages free: 5.",
    healthyMac.replace("16384", "many"),
    healthyMac.replace("inactive", "idle"),
  ])("is not guessed out of what the system did not say: %#", (text) => {
    expect(bytesOfVmStat(text)).toBeNull();
  });

  test.each(["linux", "win32", "darwin"] as const)(
    "is some and not more than there is, on %s",
    async (platform) => {
      const bytes = await availableMemory(platform);
      expect(bytes).toBeGreaterThan(0);
      expect(bytes).toBeLessThanOrEqual(totalmem());
    },
  );
});
