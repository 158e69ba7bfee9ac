let last = { second: Number.NaN, text: '' };

/** `Mon, 01 Jun 2026 00:00:00 GMT`: the `date` header of an answer at a simulated moment. */
export function httpDate(now: number): string {
  const second = Math.floor(now / 1000);
  if (last.second !== second) last = { second, text: new Date(second * 1000).toUTCString() };
  return last.text;
}
