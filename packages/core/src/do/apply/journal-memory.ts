import { PosternError } from '../../ground/errors.js';
import type { Journal, JournalRecord } from './journal.js';

/** A journal that lasts as long as the process, for tests and for programs that need no report of interrupted runs. */
export function memoryJournal(): Journal {
  const lines: string[] = []; // as text, so that a caller with a record cannot change it
  let locked = false;
  return {
    append: (record) => {
      lines.push(JSON.stringify(record));
      return Promise.resolve();
    },
    read: () => Promise.resolve(lines.map((line) => JSON.parse(line) as JournalRecord)),
    lock: () => {
      if (locked) {
        const error = new PosternError('LOCKED', 'journal: another run in this process holds the lock', {
          remedy: 'Wait for it to end.',
        });
        return Promise.reject(error);
      }
      locked = true;
      let released = false;
      return Promise.resolve({
        release: () => {
          if (!released) locked = false; // a second release must not free another holder's lock
          released = true;
          return Promise.resolve();
        },
      });
    },
  };
}
