// @ts-check
import { withLock } from "./lock.mjs";
import { runSteps } from "./run-steps.mjs";
import { commandLinkStep } from "./steps/command-link.mjs";
import { dependenciesStep } from "./steps/dependencies.mjs";
import { electronRuntimeStep } from "./steps/electron-runtime.mjs";
import { embeddingModelStep } from "./steps/embedding-model.mjs";
import { multilingualModelStep } from "./steps/multilingual-model.mjs";
import { nativeDatabaseStep } from "./steps/native-database.mjs";
import { systemLibrariesStep, testToolsStep } from "./steps/system-libraries.mjs";
import { testModelStep } from "./steps/test-model.mjs";
import { toolNodeStep } from "./steps/tool-node.mjs";

const tools = [dependenciesStep, toolNodeStep, commandLinkStep];
const application = [electronRuntimeStep, nativeDatabaseStep, embeddingModelStep, multilingualModelStep];

/** What each command needs before it can start. */
const steps = {
  tools,
  application: [systemLibrariesStep, ...tools, ...application],
  tests: [systemLibrariesStep, testToolsStep, ...tools, ...application, testModelStep],
};

/**
 * Makes this checkout ready, doing only what is not done yet.
 * @param {keyof typeof steps} need
 * @returns {Promise<import("./run-steps.mjs").Timing[]>}
 */
export function setUp(need) {
  return withLock(() => runSteps(steps[need]));
}
