export { fileJournal, type FileJournalOptions } from './file-journal.js';
export { openJournalFile, type JournalFile, type JournalFolder, type OpenJournalFile } from './journal-file.js';
export { journalRuns } from './journal-runs.js';
export { lockFile, lockHolder, requireUnlocked, type FileLock } from './lock.js';
export {
  fileNamed,
  JSON_SPEC_MAX_BYTES,
  PLAN_MAX_BYTES,
  readTextFile,
  SNAPSHOT_MAX_BYTES,
  SPEC_MAX_BYTES,
  writeTextFile,
} from './files.js';
export { readSnapshotFile, writeSnapshotFile, type ReadSnapshotOptions } from './snapshot-file.js';
