import type { Clouds } from '@postern/core/internal/kinds';

/** The cloud of a request: the one that was named, else the one that has IDs or regions of this form, else the first of the set. */
export function providerOf(
  { all }: Clouds,
  named: string | undefined,
  ...hints: readonly (string | undefined)[]
): string {
  const found = all.find(({ recognizes }) =>
    hints.some((hint) => hint !== undefined && recognizes?.test(hint) === true),
  );
  return named ?? (found ?? all[0])?.name ?? '';
}
