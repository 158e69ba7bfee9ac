import type { Lines } from '@postern/core/internal/cidr';

/** A list of blocks, and what the files of its lines are called. */
export interface Input {
  readonly lines: Lines;
  /** The files' names as they were given; `-` is standard input. */
  readonly names: readonly string[];
}

/** Returns `FILE:LINE` of a block by its index: as the names were given, or as `shown`. */
export function placesOf({ lines, names }: Input, shown: readonly string[] = names): (index: number) => string {
  return (index) => placeOf(lines, shown, lines.blocks[index]?.line ?? 0);
}

/** As {@link placesOf}, with control characters escaped. */
export async function placesOnScreen(input: Input): Promise<(index: number) => string> {
  const isPlain = input.names.every((name) => /^[\w./@+-]+$/.test(name));
  const display = isPlain ? String : (await import('@postern/core/internal/report')).displayText;
  return placesOf(
    input,
    input.names.map((name) => display(name)),
  );
}

/** `FILE:LINE` of a line that is counted through all files. */
export function placeOf({ before }: Lines, names: readonly string[], line: number): string {
  let source = before.length - 1;
  while (source > 0 && (before[source] ?? 0) >= line) source -= 1;
  return `${names[source] ?? ''}:${line - (before[source] ?? 0)}`;
}
