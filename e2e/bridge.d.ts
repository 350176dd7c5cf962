import type { Bridge } from "../core/contract/routes.ts";

declare global {
  interface Window {
    readonly qwill: Bridge;
  }
}
