import type { Link } from '@postern/core';
import type { LinkTraits } from '@postern/core/adapter';
import { displayText } from '@postern/core/report';

/** A line for each owner of several links that cost money: all but one of them are billed for nothing. */
export function spareLines(links: readonly Link[], traits: (kind: Link['kind']) => LinkTraits): readonly string[] {
  const byOwner = new Map<string, string[]>();
  for (const { id, kind, owner, state } of links) {
    if (owner === undefined || state === 'deleting' || !traits(kind).linksCostMoney) continue;
    const key = `${owner.project}/${owner.integration}${owner.spec === undefined ? '' : ` of spec ${owner.spec}`}`;
    byOwner.set(key, [...(byOwner.get(key) ?? []), id]);
  }
  return [...byOwner].flatMap(([key, ids]) =>
    ids.length < 2
      ? []
      : [displayText(`${ids.join(' and ')} have the mark of ${key}: each is billed, and one is used.`)],
  );
}
