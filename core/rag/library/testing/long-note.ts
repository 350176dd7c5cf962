/** A note of so many passages, each under a heading of its own; those of two versions differ in every tenth. */
export function longNote(passages: number, version: number): string {
  return Array.from({ length: passages }, (_, at) => {
    const edition = at % 10 === 0 ? version : 0;
    return `# Entry ${at}\n\nheron edition${edition} number${at} stands in the reeds.\n`;
  }).join("\n");
}
