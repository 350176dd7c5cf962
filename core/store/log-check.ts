import { existsSync, readFileSync } from "node:fs";

/*
 * SQLite takes a log up to the first frame whose checksum does not fit, and says nothing of what came after it: to it,
 * that is the end a power cut left. A bit that flipped in the middle looks the same and takes everything after it.
 */
const headerSize = 32;
const frameHeaderSize = 24;
const magic = 0x377f0682;

type Checksum = readonly [number, number];

/**
 * True where the write-ahead log of a database that was not closed holds something that SQLite will not read: the
 * changes of the last moments, or more, may be missing once it is open. To be asked before it is opened, since the first
 * write begins the log anew. A process that is killed while it writes a frame can leave the same; nobody can tell
 * those from each other, so that this says "may be".
 */
export function isLogBroken(databasePath: string): boolean {
  const path = `${databasePath}-wal`;
  if (!existsSync(path)) return false;
  const log = readFileSync(path);
  if (log.length <= headerSize) return false;
  const isBigEndian = log.readUInt32BE(0) === magic + 1;
  let sum = checksum(log.subarray(0, 24), [0, 0], isBigEndian);
  if ((log.readUInt32BE(0) | 1) !== (magic | 1) || !isSum(log, 24, sum)) return true;
  const frameSize = frameHeaderSize + log.readUInt32BE(8);
  let at = headerSize;
  for (; at + frameSize <= log.length; at += frameSize) {
    if (saltsThatFit(log, at) < 2) break;
    sum = checksum(log.subarray(at, at + 8), sum, isBigEndian);
    sum = checksum(log.subarray(at + frameHeaderSize, at + frameSize), sum, isBigEndian);
    if (!isSum(log, at + 16, sum)) return true;
  }
  // Behind the last frame of this log stand those of earlier ones, whole, or nothing.
  const isCut = at < log.length && at + 16 > log.length;
  if (isCut) return true;
  for (; at + 16 <= log.length; at += frameSize) if (saltsThatFit(log, at) > 0) return true;
  return false;
}

/** How many of a frame's two salts are those of the log it stands in; an earlier log's frame has none of them. */
function saltsThatFit(log: Buffer, at: number): number {
  return (
    Number(log.readUInt32BE(at + 8) === log.readUInt32BE(16)) +
    Number(log.readUInt32BE(at + 12) === log.readUInt32BE(20))
  );
}

const isSum = (log: Buffer, at: number, [first, second]: Checksum): boolean =>
  log.readUInt32BE(at) === first && log.readUInt32BE(at + 4) === second;

/** SQLite's own: two sums that run over pairs of 32-bit words. */
function checksum(bytes: Buffer, from: Checksum, isBigEndian: boolean): Checksum {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let [first, second] = from;
  for (let at = 0; at < bytes.length; at += 8) {
    first = (first + view.getUint32(at, !isBigEndian) + second) >>> 0;
    second = (second + view.getUint32(at + 4, !isBigEndian) + first) >>> 0;
  }
  return [first, second];
}
