/**
 * What a key is for, by its beginning. `plan` keys belong to subscriptions for interactive tools, whose
 * terms and hosts differ from pay-as-you-go: the person is warned before one is used.
 */
export function qwenKeyKind(key: string): "usual" | "plan" | "unknown" {
  const trimmed = key.trim();
  if (trimmed.startsWith("sk-sp-")) return "plan";
  return trimmed.startsWith("sk-") ? "usual" : "unknown";
}
