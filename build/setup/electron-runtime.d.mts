export interface ElectronRuntime {
  path: string;
  version: string;
  source: "official" | "registry";
  pin: string;
  checkedAt: string;
}
/** Undefined where set-up has not run. */
export function readElectronRuntime(): ElectronRuntime | undefined;
export function writeElectronRuntime(runtime: ElectronRuntime): void;
export function officialRuntimePath(): string;
/** How to launch the built application; throws with a way out where set-up has not run. */
export function electronCommand(options?: { appArguments?: string[] }): {
  executablePath: string;
  args: string[];
  runtime: ElectronRuntime;
};
export function needsNoSandbox(): boolean;
