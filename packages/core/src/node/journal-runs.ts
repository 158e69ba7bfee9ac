import { loggedRuns, type LoggedRun } from '../moves/logged-runs.js';
import { fileJournal, type FileJournalOptions } from './file-journal.js';
import { rotated } from './rotate-journal.js';

/** Old files have two digits at most. */
const HIGHEST_NUMBER = 99;

/**
 * The runs of a journal file and of its old files, newest first; none where no file exists. A file is read
 * when its first run is needed. It takes no lock: a run may be in progress.
 * @throws {PosternError} as `fileJournal`, with the file that is damaged.
 */
export async function* journalRuns(
  path: string,
  options: Pick<FileJournalOptions, 'onNote' | 'disk'> = {},
): AsyncGenerator<LoggedRun, void, undefined> {
  const seen = new Set<string>(); // a rotation that was interrupted leaves a copy
  for (let number = 0; number <= HIGHEST_NUMBER; number += 1) {
    const file = number === 0 ? path : rotated(path, number);
    const runs = loggedRuns(await fileJournal(file, options).read());
    for (const one of runs.toReversed()) {
      if (!seen.has(one.run)) yield one;
      seen.add(one.run);
    }
  }
}
