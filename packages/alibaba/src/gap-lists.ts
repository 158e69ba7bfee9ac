import { createGaps, type Gaps, type SnapshotList } from '@postern/core';

/**
 * As `gaps.attempt`, for what several lists of the snapshot rest on: where it cannot be read each of them has a gap, so that
 * none is silently empty.
 */
export async function attemptFor<T>(
  gaps: Gaps,
  wanted: {
    readonly what: string;
    readonly of: readonly [SnapshotList, ...(readonly SnapshotList[])];
    readonly id?: string;
  },
  read: () => Promise<T>,
): Promise<T | undefined> {
  const { of, ...rest } = wanted;
  const own = createGaps();
  const value = await own.attempt({ ...rest, of: of[0] }, read);
  for (const gap of own.list) gaps.list.push(...of.map((list) => ({ ...gap, of: list })));
  return value;
}
