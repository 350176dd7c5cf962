import type { Migration } from "../migrate.ts";
import { library010 } from "./010-library.ts";
import { vectors100 } from "./100-vectors.ts";
import { providers200 } from "./200-providers.ts";
import { spendEntries210 } from "./210-spend-entries.ts";
import { queueIndexes220 } from "./220-queue-indexes.ts";
import { fileLists230 } from "./230-file-lists.ts";
import { suggestionProvenance240 } from "./240-suggestion-provenance.ts";
import { trainingFiles250 } from "./250-training-files.ts";
import { ledgerPayloads260 } from "./260-ledger-payloads.ts";
import { hiddenCollections270 } from "./270-hidden-collections.ts";
import { fileInodes280 } from "./280-file-inodes.ts";
import { purgeOldWords290 } from "./290-purge-old-words.ts";

/** Every migration, in the order they are applied: one rising list for all tables. New ones go to the end. */
export const migrations: readonly Migration[] = [
  library010,
  vectors100,
  providers200,
  spendEntries210,
  queueIndexes220,
  fileLists230,
  suggestionProvenance240,
  trainingFiles250,
  ledgerPayloads260,
  hiddenCollections270,
  fileInodes280,
  purgeOldWords290,
];
