import { PosternError } from '@postern/core/internal/library';

/** A process that may hold a lock. */
interface Holder {
  readonly isDead: boolean;
}

/**
 * The lock of a journal that several virtual processes have, as that of a file: one of them holds it, and that of a dead one
 * is free.
 */
export class JournalLock {
  #holder: Holder | undefined;

  isHeldBy(process: Holder): boolean {
    return this.#holder === process;
  }

  /**
   * Takes the lock until it is released.
   * @throws {PosternError} `LOCKED` while a process that lives holds it
   */
  take(process: Holder): { readonly release: () => void } {
    if (this.#holder?.isDead === false) {
      throw new PosternError('LOCKED', 'journal: another process holds the lock', { remedy: 'Wait for it to end.' });
    }

    this.#holder = process;
    return {
      release: () => {
        if (this.isHeldBy(process)) this.#holder = undefined;
      },
    };
  }
}
