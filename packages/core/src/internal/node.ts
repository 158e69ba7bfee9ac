export { fileJournal, type FileJournalOptions } from '../node/file-journal.js';
export { type JournalFolder } from '../node/journal-file.js';
export { journalRuns } from '../node/journal-runs.js';
export { lockFile, lockHolder, requireUnlocked, type FileLock } from '../node/lock.js';
export { fileNamed, JSON_SPEC_MAX_BYTES, PLAN_MAX_BYTES, readTextFile, SNAPSHOT_MAX_BYTES } from '../node/files.js';
export { writeTextFile, writtenPath, type WriteOptions } from '../node/write-file.js';
export { readSnapshotFile, writeSnapshotFile, type ReadSnapshotOptions } from '../node/snapshot-file.js';
export { type LoggedCounts, type LoggedMove, type LoggedRun, type LoggedStep } from '../moves/logged-runs.js';
