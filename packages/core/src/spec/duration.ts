/** `250ms`, `90s`, `10m`, `1h`. */
export const DURATION = /^(\d{1,8})(ms|s|m|h)$/;

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** Milliseconds of a text that fits {@link DURATION}; NaN for any other. */
export function durationMs(text: string): number {
  const [, digits = 'NaN', unit = ''] = DURATION.exec(text) ?? [];
  return Number(digits) * (UNITS[unit] ?? Number.NaN);
}

/** The shortest way to write a number of milliseconds: `90000` as `90s`, `600000` as `10m`. */
export function formatDuration(ms: number): string {
  for (const unit of ['h', 'm', 's']) {
    const size = UNITS[unit] ?? 1;
    if (ms >= size && ms % size === 0) return `${ms / size}${unit}`;
  }
  return `${ms}ms`;
}
