/** What was thrown, as text. A program may throw anything, also a value that cannot be shown. */
export function thrownText(thrown: unknown): string {
  try {
    return thrown instanceof Error ? String(thrown.message) : String(thrown);
  } catch {
    return 'a value that cannot be shown was thrown';
  }
}
