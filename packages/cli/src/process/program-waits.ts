import type { ErrorCode } from '@postern/core/internal/library';

/** What is waited for, and the code of the error where it never comes. */
export interface ProgramWait {
  /** `cloud.ts to be loaded`: what follows "waits for". */
  readonly what: string;
  readonly code: ErrorCode;
}

/**
 * What a command waits for of the programs that users bring: until they are loaded, and until a function of their drivers has
 * answered. Nothing says that a promise of theirs is ever settled.
 */
export class ProgramWaits {
  readonly #open = new Set<ProgramWait>();

  /** From now on `open` has it, until the returned function is called. */
  begin({ what, code }: ProgramWait): () => void {
    const wait = { what, code };
    this.#open.add(wait);
    return () => void this.#open.delete(wait);
  }

  /** What is waited for now, in the order in which it began. */
  open(): readonly ProgramWait[] {
    return [...this.#open];
  }
}

/** What a program of a user runs in: what stops it, and where it is said that it is waited for. */
export interface ProgramRun {
  readonly signal?: AbortSignal | undefined;
  readonly waits?: ProgramWaits | undefined;
}

/** Does `work`; meanwhile `waits` has it. */
export async function waitDuring<T>(
  waits: ProgramWaits | undefined,
  wait: ProgramWait,
  work: () => T | Promise<T>,
): Promise<T> {
  const end = waits?.begin(wait);
  try {
    return await work();
  } finally {
    end?.();
  }
}
