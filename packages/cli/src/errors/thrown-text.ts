/** What was thrown, as text. A program may throw anything, also a value that cannot be shown. */
export function thrownText(thrown: unknown): string {
  try {
    return thrown instanceof Error ? String(thrown.message) : String(thrown);
  } catch {
    return 'a value that cannot be shown was thrown';
  }
}

/** The stack of what was thrown; empty where it has none. Node may write it only when it is read, with the message of the error. */
export function thrownStack(thrown: unknown): string {
  try {
    return thrown instanceof Error ? String(thrown.stack ?? '') : '';
  } catch {
    return '';
  }
}
