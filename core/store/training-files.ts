import { inReservedTransaction } from "./ballast.ts";
import { reading, writing, type ReadDb, type WriteDb } from "./handle.ts";

/** A file uploaded to train on, as long as it lies with the provider. */
export interface TrainingFile {
  readonly provider: string;
  readonly fileId: string;
  /** Null until the provider took the job. */
  readonly jobId: string | null;
  readonly jobName: string;
  /** Unix milliseconds. */
  readonly uploadedAt: number;
}

export function listTrainingFiles(db: ReadDb, provider: string): TrainingFile[] {
  return reading<TrainingFile>(
    db,
    `SELECT provider, file_id AS fileId, job_id AS jobId, job_name AS jobName, uploaded_at AS uploadedAt
     FROM training_files WHERE provider = ? ORDER BY uploaded_at, file_id`,
  ).all(provider);
}

/** Adds one, or names the job of one that is there. */
export function putTrainingFile(db: WriteDb, file: TrainingFile): void {
  const put = writing(
    db,
    `INSERT INTO training_files (provider, file_id, job_id, job_name, uploaded_at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (provider, file_id) DO UPDATE SET job_id = excluded.job_id`,
  );
  // What lies with a provider must be known, or nobody takes it back.
  inReservedTransaction(db, () =>
    put.run(file.provider, file.fileId, file.jobId, file.jobName, file.uploadedAt),
  );
}

export function deleteTrainingFile(db: WriteDb, provider: string, fileId: string): void {
  const remove = writing(db, "DELETE FROM training_files WHERE provider = ? AND file_id = ?");
  inReservedTransaction(db, () => remove.run(provider, fileId));
}
