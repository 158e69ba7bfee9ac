import { constants, promises } from 'node:fs';
import path from 'node:path';
import { syncDirectory } from './files.js';

/** The open file of a journal: only what a write needs, so that a test can make each part fail. */
export interface JournalFile {
  readonly read: () => Promise<Buffer>;
  /** Cuts the file to its first `bytes`. */
  readonly truncate: (bytes: number) => Promise<void>;
  /** Appends all of `text` or rejects. */
  readonly write: (text: string) => Promise<void>;
  /** Resolves when what was written is durable. */
  readonly sync: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Opens a journal's file; a missing one is created for `append`, and is `undefined` for `read`. */
export type OpenJournalFile = (file: string, purpose: 'read' | 'append') => Promise<JournalFile | undefined>;

/** What a journal does in its folder, so that a test can make each part fail. */
export interface JournalFolder {
  readonly open: OpenJournalFile;
  /** Replaces `to`: after a crash it is the former file or the new one. */
  readonly rename: (from: string, to: string) => Promise<void>;
  /** Resolves when the names in the folder of `file` are durable. */
  readonly syncFolder: (file: string) => Promise<void>;
}

/** A symbolic link in the file's place is refused; O_NONBLOCK keeps a pipe there from blocking. Windows has neither. */
const SAFELY = (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** {@link OpenJournalFile} on the file system. A file that is appended to is readable by its owner only. */
export const openJournalFile: OpenJournalFile = async (file, purpose) => {
  const stats = await promises.lstat(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;

    throw error;
  });
  if (stats && !stats.isFile()) throw new Error('not a regular file');
  if (!stats && purpose === 'read') return undefined;

  const flags = purpose === 'read' ? constants.O_RDONLY : constants.O_RDWR | constants.O_APPEND | constants.O_CREAT;
  const handle = await promises.open(file, flags | SAFELY, 0o600);
  try {
    const stat = await handle.stat();
    if (!stat.isFile()) throw new Error('not a regular file');

    if (purpose === 'append' && (stat.mode & 0o077) !== 0 && process.platform !== 'win32') await handle.chmod(0o600);
    if (!stats) await syncDirectory(path.dirname(file));
  } catch (error) {
    await handle.close();
    throw error;
  }
  return {
    read: () => handle.readFile(),
    truncate: (bytes) => handle.truncate(bytes),
    write: (text) => handle.appendFile(text),
    sync: () => handle.sync(),
    close: () => handle.close(),
  };
};

/** {@link JournalFolder} on the file system. */
export const journalFolder: JournalFolder = {
  open: openJournalFile,
  rename: (from, to) => promises.rename(from, to),
  syncFolder: (file) => syncDirectory(path.dirname(file)),
};
