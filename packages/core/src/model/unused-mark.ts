/**
 * The tag of a link that no caller uses: since when, and how long calls that came before may be in flight, as an interval
 * of ISO 8601: `2026-11-23T15:42:59.000Z/PT35S`. The characters are those of a tag value of both clouds:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-tagging-supported.html
 */
export const UNUSED_TAG = 'postern:unused-since';

/** What the tag says. */
export interface UnusedMark {
  /** When the last caller left, in milliseconds since the epoch, by the clock of the machine that wrote it. */
  readonly sinceMs: number;
  readonly waitMs: number;
}

const MARK = /^(\d{4}-\d{2}-\d{2}T[\d:.]{8,12}Z)\/PT(\d{1,6})S$/;

/** The value of {@link UNUSED_TAG}. `since` is an instant as `latestTime` writes it. */
export function formatUnused(since: string, waitMs: number): string {
  return `${since}/PT${Math.ceil(waitMs / 1_000)}S`;
}

/** Reads what {@link formatUnused} wrote; undefined for anything else. Only own members count: tags come from outside. */
export function unusedMark(tags: Readonly<Record<string, string>>): UnusedMark | undefined {
  const text = Object.hasOwn(tags, UNUSED_TAG) ? tags[UNUSED_TAG] : undefined;
  const [, since = '', seconds = ''] = MARK.exec(text ?? '') ?? [];
  const sinceMs = Date.parse(since);
  return Number.isNaN(sinceMs) ? undefined : { sinceMs, waitMs: Number(seconds) * 1_000 };
}

/**
 * By how much the clocks of two machines may differ. A call that is signed with a clock that is off by more is refused:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/signature-v4-troubleshooting.html (5 minutes). Alibaba Cloud accepts 15 [U],
 * and clients may correct their signatures, so a mark is evidence only on machines that keep time.
 */
const CLOCKS_DIFFER_MS = 300_000;
/** After this time the mark proves nothing: something that does not write it may have used the link in between. */
const EVIDENCE_MS = 3_600_000;

/**
 * How long a deletion of a link without callers waits, in milliseconds: `fullMs`, less what has certainly passed since its
 * mark. `nowMs` is the earliest time that it may be. A mark of the future or older than an hour shortens nothing.
 */
export function restOfDrain(mark: UnusedMark | undefined, fullMs: number, nowMs: number): number {
  if (mark === undefined) return fullMs;
  const waitMs = Math.max(fullMs, mark.waitMs);
  const ageMs = nowMs - mark.sinceMs;
  if (!(ageMs >= 0 && ageMs <= EVIDENCE_MS)) return waitMs;
  return Math.max(0, waitMs - Math.max(0, ageMs - CLOCKS_DIFFER_MS));
}
