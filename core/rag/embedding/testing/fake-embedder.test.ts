import { embedderContract } from "./embedder-contract.ts";
import { fakeEmbedder } from "./fake-embedder.ts";

embedderContract("the fake embedder", async () => fakeEmbedder());
