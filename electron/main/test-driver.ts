/** The name by which the tests' driver lets a program go on, once it watches every window to come. */
const release = "__playwright_run";

/**
 * Waits for the driver of the end-to-end tests, where the environment of a checkout asks for it. A window whose page
 * begins to load while the driver attaches may tell it of its navigation or not, and the driver then waits for ever.
 * A package never waits: what others may set in its environment would keep it from starting.
 */
export async function untilDriven(environment: NodeJS.ProcessEnv, isShipped: boolean): Promise<void> {
  if (isShipped || environment["QWILL_TEST_WAIT_FOR_DRIVER"] === undefined) return;
  await new Promise<void>((resolve) => Object.assign(globalThis, { [release]: resolve }));
}
