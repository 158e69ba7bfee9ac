/** `250ms`, `90s`, `10m`, `1h`. */
export const DURATION = /^(\d{1,8})(ms|s|m|h)$/;

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** Milliseconds of a text that matches {@link DURATION}; NaN for all others. */
export function durationMs(text: string): number {
  const [, digits = 'NaN', unit = ''] = DURATION.exec(text) ?? [];
  return Number(digits) * (UNITS[unit] ?? Number.NaN);
}

/** The shortest text of a duration in milliseconds: `10s`, `250ms`. */
export function durationText(ms: number): string {
  const [unit, size] = Object.entries(UNITS).findLast(([, one]) => ms >= one && ms % one === 0) ?? ['ms', 1];
  return `${ms / size}${unit}`;
}
