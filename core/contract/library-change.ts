import { z } from "zod";

/** More files than these are not named one by one: their lists are asked again. */
export const mostFilesNamed = 100;

/** What changed in the library since the last word of it; collections and folders count anew with each. */
export const libraryChange = z.strictObject({
  /** Files whose rows changed where they stand in the list of all files. */
  files: z.array(z.number().int().positive()).max(mostFilesNamed),
  /** Files came, went or changed their place, or more changed than are named. */
  lists: z.boolean(),
});
export type LibraryChange = z.infer<typeof libraryChange>;

/** Both changes as one. */
export function joinChanges(one: LibraryChange | null, other: LibraryChange): LibraryChange {
  const files = new Set([...(one?.files ?? []), ...other.files]);
  const lists = (one?.lists ?? false) || other.lists || files.size > mostFilesNamed;
  return { files: lists ? [] : [...files], lists };
}
