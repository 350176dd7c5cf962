/** Scopes and terms that the catalogues have words for; main may know more than this window does. */
const scopes = ["mainland-china", "international", "global", "us", "eu", "japan", "hong-kong"] as const;
const terms = [
  "qwen-training",
  "qwen-retention",
  "qwen-own-moderation",
  "gemini-training",
  "gemini-retention",
] as const;

export function isScope(scope: string): scope is (typeof scopes)[number] {
  return scopes.some((known) => known === scope);
}
export function isTerm(key: string): key is (typeof terms)[number] {
  return terms.some((known) => known === key);
}
