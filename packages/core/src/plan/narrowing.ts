import { fewText } from '../few-text.js';
import type { AllowEntry } from '../model/allowlist.js';
import type { Link } from '../model/link.js';
import type { RegionSnapshot } from '../snapshot/snapshot.js';
import { entryText } from './allow-entries.js';
import { calledPorts } from './called-ports.js';
import { unreadGateways, type Draft } from './draft.js';
import { linkUsers, type LinkUser } from './link-users.js';
import { revokeStep, type LinkPlan } from './link-steps.js';
import type { IntegrationPlan } from './plan-integration.js';

/**
 * An allowlist becomes narrower only when nothing needs the old entries any more: after every route that leaves the link, declared
 * or not, and after the deployments that served it. What something may need that does not leave in this run stays, with a note.
 */
export function planNarrowing(
  draft: Draft,
  links: ReadonlyMap<string, LinkPlan>,
  integrations: readonly IntegrationPlan[],
): void {
  for (const { resolved: link, current, extra, entries, allowlistId } of links.values()) {
    if (current === undefined || extra.length === 0) continue;
    const here = integrations.filter(({ resolved }) => resolved.link === link);
    const users = linkUsers(draft, link.region, current);
    const declared = new Set(here.flatMap(({ targetIds }) => targetIds));
    const staying = users.filter(
      ({ after, route }) => after === undefined && (route === undefined || !declared.has(route.targetId ?? '')),
    );
    const revoked = extra.filter((entry) => !staying.some((user) => mayNeed(link.region, user, entry)));
    const unread = unreadGateways(draft, link.region);
    if (unread !== undefined) note(draft, current, extra, `${unread}, and may need ${few(extra)}`);
    else if (revoked.length < extra.length) noteKept(draft, current, extra, revoked, staying);
    if (unread !== undefined || revoked.length === 0) continue;
    const after = [
      ...users.flatMap((user) => user.after ?? []),
      ...here.map(({ resolved: { name } }) => `integration:${name}`),
    ];
    const step = revokeStep(link.name, current.id, allowlistId, revoked, { blocks: link.spec.allowlist, entries });
    draft.units.add(`link:${link.name}/narrow`, link.region, [step], [`link:${link.name}`, ...after]);
  }
}

/** Whether a route, or a stage, may call what an entry allows: where its port is not known, it may be any. */
function mayNeed(region: RegionSnapshot, { route }: LinkUser, { protocol, fromPort, toPort }: AllowEntry): boolean {
  const called = calledPorts(region, { target: region.targets.find(({ id }) => id === route?.targetId) });
  if (protocol === 'all' || 'unknown' in called) return true;
  return called.ports.some((port) => fromPort <= port && port <= toPort);
}

function noteKept(
  draft: Draft,
  link: Link,
  extra: readonly AllowEntry[],
  revoked: readonly AllowEntry[],
  [first]: readonly LinkUser[],
): void {
  const kept = extra.filter((entry) => !revoked.includes(entry));
  note(draft, link, kept, first === undefined ? '' : `${first.text}; ${first.remedy}, then run again`);
}

function note(draft: Draft, { id }: Link, kept: readonly AllowEntry[], why: string): void {
  draft.notes.push(`the allowlist of link ${id} keeps ${few(kept)}, which is not declared: ${why}`);
}

function few(entries: readonly AllowEntry[]): string {
  return fewText(entries.map(entryText));
}
