import { makeMemorySearchIndex } from "./memory-search-index.ts";
import { searchIndexContract } from "./search-index-contract.ts";

searchIndexContract("in memory", async () => {
  const index = makeMemorySearchIndex();
  return {
    index: () => index,
    publish: async (passages) => index.publish(passages),
    withdraw: async (ids) => index.withdraw(ids),
    dispose: async () => undefined,
  };
});
