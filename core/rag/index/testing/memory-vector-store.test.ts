import { makeMemoryVectorStore } from "./memory-vector-store.ts";
import { vectorStoreContract } from "./vector-store-contract.ts";

vectorStoreContract("in memory", async () => ({
  open: async (options) => makeMemoryVectorStore(options),
  dispose: async () => undefined,
}));
