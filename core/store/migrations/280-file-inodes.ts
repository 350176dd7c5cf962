import type { Migration } from "../migrate.ts";

/** By which a file that was moved is known again without its bytes being read. */
export const fileInodes280: Migration = {
  name: "280-file-inodes",
  up: (db) => {
    db.exec("ALTER TABLE files ADD COLUMN inode INTEGER");
  },
};
