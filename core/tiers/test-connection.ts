import { AppError, isCancel, type Failure } from "../contract/errors.ts";
import type { ConnectionTest } from "../contract/providers.ts";
import type { Provider } from "../providers/provider.ts";

export interface ConnectionToTest {
  /** The provider over the gate, once for each purpose; a setting that cannot work throws here. */
  readonly listing: () => Provider;
  readonly health: () => Provider;
  readonly model: string;
  /** Milliseconds that only go forward. */
  readonly now: () => number;
}

/** Milliseconds a test may take. */
const longest = 30_000;

/** Without a list a call may still be served; after these it would not be. */
const final: ReadonlySet<Failure["code"]> = new Set<Failure["code"]>([
  "offline",
  "egress-refused",
  "provider-auth",
  "provider-billing",
  "provider-certificate",
  "provider-network",
  "provider-not-configured",
  "provider-timed-out",
]);

/** Asks for the models, then whether a call would be served; what fails is in the answer, never thrown. */
export async function testConnection(
  connection: ConnectionToTest,
  signal: AbortSignal,
): Promise<ConnectionTest> {
  const started = connection.now();
  const timer = AbortSignal.timeout(longest);
  const limited = AbortSignal.any([signal, timer]);
  let models: string[] = [];
  const attempt = async (work: () => Promise<void>): Promise<Failure | null> => {
    try {
      await work();
      return null;
    } catch (error) {
      signal.throwIfAborted();
      if (timer.aborted || isCancel(error)) return { code: "provider-timed-out" };
      if (error instanceof AppError) return error.toFailure();
      throw error;
    }
  };
  let failure = await attempt(async () => {
    models = (await connection.listing().listModels(limited)).map(({ id }) => id);
  });
  if (failure === null || !final.has(failure.code))
    failure = await attempt(() => connection.health().checkHealth(limited));
  return {
    failure,
    models,
    modelListed: models.length === 0 ? null : models.includes(connection.model),
    milliseconds: Math.max(0, connection.now() - started),
  };
}
