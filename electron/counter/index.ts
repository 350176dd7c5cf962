import { countQwenTokens } from "../../core/providers/tokens/qwen-tokens.ts";
import { serve } from "../process/link.ts";
import { reportBug } from "../process/log.ts";
import { refuseNetwork } from "../process/no-network.ts";
import { threadPort } from "../process/thread-port.ts";
import type { CounterSurface } from "./surface.ts";

refuseNetwork();

serve<CounterSurface>(
  threadPort(),
  { requests: { count: (texts) => countQwenTokens(texts) }, streams: {} },
  reportBug,
);
