/**
 * A name as lists order it and filters compare it: without case (ß is SS, whatever its place in a word), and the
 * same for every way of writing an accented letter (a Mac parts é into two).
 */
export function foldName(name: string): string {
  return name.normalize("NFKC").toUpperCase();
}
