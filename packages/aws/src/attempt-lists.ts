import type { Gaps, SnapshotList } from '@postern/core';

/** As `gaps.attempt`, for one reading that several lists rest on: each of them has the gap. */
export async function attemptLists<T>(
  gaps: Gaps,
  what: string,
  lists: readonly SnapshotList[],
  read: () => Promise<T>,
): Promise<T | undefined> {
  const reading = read();
  const outcomes = await Promise.all(lists.map((of) => gaps.attempt({ what, of }, () => reading)));
  return outcomes[0];
}
