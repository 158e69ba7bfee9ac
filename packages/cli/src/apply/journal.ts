import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { PosternError, type CallContext, type Journal, thrownText } from '@postern/core/internal/library';
import { note } from '../output/print.js';
import type { Io } from '../process/io.js';

/** The folder beside the spec that holds the journals of its projects. */
export const JOURNAL_FOLDER = '.postern';

/** The path of a project's journal, also where there is none yet. */
export async function journalFile(folder: string, project: string): Promise<string> {
  const { fileNamed } = await import('@postern/core/internal/node');
  return fileNamed(path.join(folder, JOURNAL_FOLDER), project, '.journal');
}

/** The paths of the journals of all projects in a folder. */
export async function journalsIn(folder: string): Promise<readonly string[]> {
  const own = path.join(folder, JOURNAL_FOLDER);
  const names = await readdir(own).catch(() => []);
  return names.filter((name) => name.endsWith('.journal')).map((name) => path.join(own, name));
}

/** The project's journal. Its folder is made when it is missing, out of git's sight. */
export async function openJournal(folder: string, project: string, io: Io): Promise<Journal> {
  const { fileJournal } = await import('@postern/core/internal/node');
  await makeFolder(path.join(folder, JOURNAL_FOLDER));
  return withoutValues(fileJournal(await journalFile(folder, project), { onNote: (text) => note(io, text) }), io);
}

/** Records of errors without values of the spec's variables: a cloud's message may repeat what it was sent. */
function withoutValues(journal: Journal, { shown }: Io): Journal {
  if (shown === undefined) return journal;

  return {
    ...journal,
    append: (record) => {
      const { type, value } = record;
      if (type !== 'failed' || value === undefined) return journal.append(record);

      return journal.append({ ...record, value: JSON.parse(shown(JSON.stringify(value))) as typeof value });
    },
  };
}

/** Waits until reads must show what earlier commands have just changed: a removal deletes what it sees. */
export async function untilJournalShows(folder: string, project: string, context: CallContext): Promise<void> {
  const { fileJournal, untilChangesShow } = await import('@postern/core/internal/node');
  const records = await fileJournal(await journalFile(folder, project))
    .read()
    .catch(() => []); // `apply` reports it
  await untilChangesShow(records, context);
}

/** Refuses, before a plan is made, a project whose journal another run holds. @throws {PosternError} `LOCKED` */
export async function requireFreeJournal(folder: string, project: string): Promise<void> {
  const { requireUnlocked } = await import('@postern/core/internal/node');
  await requireUnlocked(await journalFile(folder, project));
}

/** The same of the moves of a folder. @throws {PosternError} `LOCKED` */
export async function requireFreeMovesJournal(folder: string): Promise<void> {
  const { requireUnlocked } = await import('@postern/core/internal/node');
  await requireUnlocked(await movesJournalFile(folder));
}

/**
 * The journal of all moves that are run in a folder. No project has a journal in it. Its folder is made by the first command that
 * writes: one that only reads works in a folder that cannot be written.
 */
export async function openMovesJournal(folder: string, io: Io): Promise<Journal> {
  const { fileJournal } = await import('@postern/core/internal/node');
  const file = await movesJournalFile(folder);
  const journal = fileJournal(file, { onNote: (text) => note(io, text) });
  const lock: Journal['lock'] = async () => {
    await makeFolder(path.join(folder, JOURNAL_FOLDER));
    await makeFolder(path.dirname(file));
    return journal.lock();
  };
  return { ...journal, lock };
}

/** The path of that journal, also where there is none yet. */
export async function movesJournalFile(folder: string): Promise<string> {
  const { fileNamed } = await import('@postern/core/internal/node');
  return fileNamed(path.join(folder, JOURNAL_FOLDER, 'moves'), 'gateways', '.journal');
}

async function makeFolder(own: string): Promise<void> {
  try {
    await mkdir(own, { recursive: true, mode: 0o700 });
    await writeFile(path.join(own, '.gitignore'), '*\n', { flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  } catch (error) {
    const why = thrownText(error);
    throw new PosternError(
      'JOURNAL_WRITE_FAILED',
      `${JOURNAL_FOLDER}: the journal's folder cannot be written: ${why}`,
      { cause: error, remedy: 'Grant write permission on the folder of the spec, and free space on its disk.' },
    );
  }
}
