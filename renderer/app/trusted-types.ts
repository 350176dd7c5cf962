interface TrustedTypesFactory {
  createPolicy(name: string, rules: { createHTML(text: string): string }): unknown;
}

/**
 * The page runs under `require-trusted-types-for 'script'`. The one thing that writes inner HTML is
 * Mantine, which puts CSS into style elements: text without a `<` passes, anything else throws.
 */
export function installTrustedTypes(): void {
  const factory = (window as { trustedTypes?: TrustedTypesFactory }).trustedTypes;
  factory?.createPolicy("default", {
    createHTML(text) {
      if (text.includes("<")) throw new TypeError("HTML as text is not allowed here");
      return text;
    },
  });
}
