// A folder for one process, removed when it ends: by a return, an error, process.exit or a signal.
import { mkdtempSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import path from 'node:path';

const folders = [];

function removeAtTheEnd() {
  process.once('exit', () => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });
  for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM']) {
    process.once(signal, () => process.exit(128 + constants.signals[signal]));
  }
}

/** A new folder; `name` is a part of its name. */
export function temporaryFolder(name) {
  if (folders.length === 0) removeAtTheEnd();
  const folder = mkdtempSync(path.join(tmpdir(), `postern-${name}-`));
  folders.push(folder);
  return folder;
}
