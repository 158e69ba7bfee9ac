/** Why a signature was refused. Each protocol has its own message for it. */
export type SignatureProblem =
  | { readonly kind: 'unknown-key' | 'bad-token' | 'mismatch' | 'malformed' | 'no-such-region' }
  | { readonly kind: 'skewed'; readonly signedAt: string; readonly serverTime: string; readonly late: boolean };

/** How far a client's clock may be off. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html */
const LARGEST_SKEW_MS = 300_000;

/** Whether a signature of that time is accepted at `now`. */
export function isFresh(signedAt: number, now: number, expiresMs = LARGEST_SKEW_MS): boolean {
  return now <= signedAt + expiresMs && signedAt <= now + LARGEST_SKEW_MS;
}

/** Reads `20260601T000000Z`. */
export function parseStamp(stamp: string): number | undefined {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(stamp) ?? [];
  const ms = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(ms) ? undefined : ms;
}

/** `20260601T000000Z`. */
export function formatStamp(ms: number): string {
  return new Date(ms).toISOString().replace(/[-:]|\.\d{3}/g, '');
}
