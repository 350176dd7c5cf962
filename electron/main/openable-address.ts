/** The address as it will be opened, or null for what is never opened: only plain https. */
export function openableAddress(url: string): string | null {
  if (url.length > 2000 || !URL.canParse(url)) return null;
  const parsed = new URL(url);
  if (parsed.protocol !== "https:" || parsed.username !== "" || parsed.password !== "") return null;
  return parsed.href;
}
