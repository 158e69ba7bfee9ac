export { fileJournal, type FileJournalOptions } from './file-journal.js';
export { openJournalFile, type JournalFile, type OpenJournalFile } from './journal-file.js';
export { lockFile, type FileLock } from './lock.js';
export { fileNamed, readTextFile, SNAPSHOT_MAX_BYTES, SPEC_MAX_BYTES, writeTextFile } from './files.js';
