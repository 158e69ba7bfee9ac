export * from '../entries/node.js';
export * from '../node/journal-runs.js';
export * from '../node/lock.js';
export * from '../node/files.js';
export * from '../node/write-file.js';
export * from '../node/snapshot-file.js';
export * from '../moves/logged-runs.js';
export { untilChangesShow } from '../do/apply/late-writes.js';
