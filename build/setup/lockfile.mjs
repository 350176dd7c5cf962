// @ts-check

/** @typedef {{ version?: string, optional?: boolean, peer?: boolean, link?: boolean }} LockedPackage */
/** @typedef {{ packages: Record<string, LockedPackage> }} Lockfile */

/**
 * Whether what npm notes as installed is what the lockfile names. Optional packages may be absent:
 * they are other platforms'.
 * @param {Lockfile} lockfile
 * @param {Lockfile} installed node_modules/.package-lock.json
 */
export function isSameTree(lockfile, installed) {
  const named = Object.entries(lockfile.packages).filter(([path]) => path !== "");
  const isThere = named.every(([path, wanted]) => {
    const found = installed.packages[path];
    return found === undefined ? wanted.optional === true : found.version === wanted.version;
  });
  return isThere && Object.keys(installed.packages).every((path) => path === "" || path in lockfile.packages);
}
