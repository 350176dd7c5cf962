import { reading, writing, inTransaction, type ReadDb, type WriteDb } from "./handle.ts";

/** An embedding model that the library has, or is getting, vectors of. */
export interface IndexModel {
  readonly fingerprint: string;
  readonly modelId: string;
  readonly dimension: number;
  readonly state: "active" | "building";
}

const columns = "SELECT fingerprint, model_id AS modelId, dimension, state FROM index_models";

export function activeIndexModel(db: ReadDb): IndexModel | undefined {
  return reading<IndexModel>(db, `${columns} WHERE state = 'active'`).get();
}

export function buildingIndexModel(db: ReadDb): IndexModel | undefined {
  return reading<IndexModel>(db, `${columns} WHERE state = 'building'`).get();
}

/** Writes the model down as the one being built, in the place of another such one. */
export function startIndexModel(db: WriteDb, model: Omit<IndexModel, "state">): void {
  inTransaction(db, () => {
    writing(db, "DELETE FROM index_models WHERE state = 'building'").run();
    writing(
      db,
      `INSERT INTO index_models (fingerprint, model_id, dimension, state) VALUES (?, ?, ?, 'building')
       ON CONFLICT DO UPDATE SET model_id = excluded.model_id`,
    ).run(model.fingerprint, model.modelId, model.dimension);
  });
}

/** Gives up the model being built. */
export function forgetBuilding(db: WriteDb): void {
  writing(db, "DELETE FROM index_models WHERE state = 'building'").run();
}

/** Makes the model the active one; the one before it is forgotten. */
export function activateIndexModel(db: WriteDb, model: Omit<IndexModel, "state">): void {
  inTransaction(db, () => {
    writing(db, "DELETE FROM index_models WHERE state = 'active' OR fingerprint = ?").run(model.fingerprint);
    writing(
      db,
      "INSERT INTO index_models (fingerprint, model_id, dimension, state) VALUES (?, ?, ?, 'active')",
    ).run(model.fingerprint, model.modelId, model.dimension);
  });
}
