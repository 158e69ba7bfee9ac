export * from '../entries/node.js';
export { journalRuns } from '../node/journal-runs.js';
export { lockFile, lockHolder, requireUnlocked, type FileLock } from '../node/lock.js';
export { fileNamed, JSON_SPEC_MAX_BYTES, PLAN_MAX_BYTES, readTextFile, SNAPSHOT_MAX_BYTES } from '../node/files.js';
export { writeTextFile, writtenPath } from '../node/write-file.js';
export { readSnapshotFile } from '../node/snapshot-file.js';
export type { LoggedCounts, LoggedMove, LoggedRun, LoggedStep } from '../moves/logged-runs.js';
