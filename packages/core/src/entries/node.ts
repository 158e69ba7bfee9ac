/**
 * Files of Node.js: a journal, and snapshots.
 * @packageDocumentation
 */
export { fileJournal } from '../node/file-journal.js';
export { writeSnapshotFile } from '../node/snapshot-file.js';
