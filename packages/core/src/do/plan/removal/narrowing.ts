import { fewText } from '../../../ground/text/quantities.js';
import type { AllowEntry } from '../../model/allowlist.js';
import type { Link } from '../../model/link.js';
import { placeKey } from '../../model/traits.js';
import type { Target, TargetRef } from '../../model/target.js';
import { followed, namedBy, targetKey } from '../../kinds/id-kinds.js';
import { neededAddresses, cutOff, stillNeeded, type Called, calledPorts } from '../../allowlist/needed-blocks.js';
import type { RegionSnapshot } from '../../snapshot/snapshot.js';
import { areCovered, entryText } from '../../allowlist/allow-entries.js';
import { findAllowlist } from '../../world/link-facts.js';
import { joinParts, readWhole, type PlanPart, unreadGateways, type PlanScope } from '../plan-scope.js';
import { linkUsers, type LinkUser } from '../links/link-users.js';
import { sharingGroup, type LinkPlan, linkWait } from '../links/link-plan.js';
import { revokeStep } from '../links/keep-link.js';
import type { IntegrationPlan } from '../plan-integration.js';
import type { Problems } from '../../world/resolve/problems.js';
import { inputOf } from '../step-input.js';
import { type RouteChanges, unitRef } from '../references.js';

/**
 * Narrows an allowlist only when the old entries are not needed any more: after every route that is moved off
 * the link, declared or not, and after the deployments that used it. Entries that a remaining caller may need
 * are kept, with a note. The removal waits like the deletion of a link: a caller that left may be on the former path.
 */
export function planNarrowing(
  scope: PlanScope,
  changes: RouteChanges,
  links: ReadonlyMap<string, LinkPlan>,
  integrations: readonly IntegrationPlan[],
  problems: Problems,
): PlanPart {
  return joinParts([...links.values()].map((plan) => narrowed(scope, changes, plan, integrations, problems)));
}

function narrowed(
  scope: PlanScope,
  changes: RouteChanges,
  plan: LinkPlan,
  integrations: readonly IntegrationPlan[],
  problems: Problems,
): Partial<PlanPart> {
  const { resolved: link, extra, entries, allowlistId, steps } = plan;
  const current = plan.current ?? plan.sharing;
  const { region } = link;
  const first = steps.flatMap((one) => (one.kind === 'revoke' ? inputOf(one, 'revoke allowlist').entries : []));
  if (current === undefined || extra.length + first.length === 0) return {};

  const narrowing = [placeKey(region)];
  const refuse = (gone: readonly AllowEntry[]): void =>
    refuseCutOff({ ...plan, current }, [...first, ...gone], integrations, problems);
  if (extra.length === 0) {
    refuse([]);
    return { narrowing };
  }

  const here = integrations.filter(({ resolved }) => resolved.link === link);
  const sharing = sharingGroup(region, current);
  const users = sharing.flatMap((one) => linkUsers(scope, changes, region, one));
  const declared = here.flatMap(({ targetIds }) => targetIds);
  const isDeclared = ({ targetIds }: LinkUser): boolean =>
    targetIds?.every((id) => id !== undefined && declared.includes(id)) === true;
  const staying = users.filter((user) => user.after === undefined && !isDeclared(user));
  const revoked = extra.filter((entry) => !staying.some((user) => mayNeed(region, user, entry)));
  const others = unreadGateways(scope, region);
  if (others !== undefined) {
    refuse([]);
    return {
      narrowing,
      notes: [keptNote(current, extra, `${others.text}, and may need ${few(extra)}`)],
      ...readWhole(others),
    };
  }

  const kept = extra.filter((entry) => !revoked.includes(entry));
  const notes = staying
    .slice(0, kept.length === 0 ? 0 : 1)
    .map(({ text, remedy }) => keptNote(current, kept, `${text}; ${remedy}, then run again`));
  refuse(revoked);
  if (revoked.length === 0) return { narrowing, notes };

  const listed = [...(findAllowlist(region, current.id)?.entries ?? []), ...(entries ?? [])];
  const waitMs = areCovered(revoked, listed)
    ? 0
    : Math.max(...sharing.map((one) => linkWait(scope, changes, region, one)));
  const wanted = { blocks: link.spec.allowlist, entries };
  const step = revokeStep(link.name, current, allowlistId, revoked, wanted, waitMs);
  const dependsOn = [
    unitRef('link', link.name).id,
    ...users.flatMap((user) => user.after ?? []),
    ...here.map(({ resolved: { name } }) => unitRef('integration', name).id),
  ];
  return {
    narrowing,
    notes,
    units: [{ unit: unitRef('link-narrowing', link.name, 'narrow'), region, steps: [step], dependsOn }],
  };
}

/**
 * Refuses to remove entries that the known addresses of declared targets need, with the code and the facts of
 * `revoke`. An address that was not read causes no refusal.
 */
function refuseCutOff(
  { resolved: { name, region }, current, entries = [] }: LinkPlan & { readonly current: Link },
  gone: readonly AllowEntry[],
  integrations: readonly IntegrationPlan[],
  problems: Problems,
): void {
  const listed = region.allowlists.find(({ linkId }) => linkId === current.id)?.entries ?? [];
  const kept = [...listed.filter((entry) => !gone.some((one) => entryText(one) === entryText(entry))), ...entries];
  const called = integrations
    .filter(({ resolved }) => resolved.link.name === name)
    .flatMap(({ resolved }) => [...resolved.targets.values()].map((target) => ({ resolved, target })))
    .flatMap(({ resolved, target }) =>
      neededAddresses(target.target ?? declaredTarget(target.spec.ref), region).map((one): Called => ({
        route: `target ${target.name} of ${resolved.name}`,
        ...one,
      })),
    );
  const users = cutOff(called, { gone, kept });
  if (users.length === 0) return;

  const { message, dependents } = stillNeeded(users, gone);
  const addresses = [...new Set(users.map(({ address }) => address))].slice(0, 5).join(', ');
  problems.add('STILL_REFERENCED', `links.${name}.allowlist`, message, {
    remedy: `Add a block with ${addresses} to the allowlist, or remove the target.`,
    details: { linkId: current.id, dependents },
  });
}

/** The facts about the location of a target that does not exist yet, from its reference. */
function declaredTarget(
  given: TargetRef,
): (Pick<Target, 'kind' | 'id' | 'resourceId' | 'port'> & Partial<Pick<Target, 'endpoints'>>) | undefined {
  const ref = followed(given);
  if (!('port' in ref)) return undefined;

  const named = namedBy(ref);
  const endpoints = 'addresses' in ref ? ref.addresses.map((one) => `${one}:${ref.port}`) : undefined;
  return { kind: targetKey(ref), id: named, resourceId: named, port: ref.port, endpoints };
}

/** Whether a route, or a stage, may call what an entry allows: where its port is not known, it may be any. */
function mayNeed(region: RegionSnapshot, { targetIds }: LinkUser, entry: AllowEntry): boolean {
  const { protocol, fromPort, toPort } = entry;
  if (protocol === 'all' || targetIds === undefined) return true;

  return targetIds.some((targetId) => {
    const called = calledPorts(region, { target: region.targets.find(({ id }) => id === targetId) });
    return 'unknown' in called || called.ports.some((port) => fromPort <= port && port <= toPort);
  });
}

function keptNote({ id }: Link, kept: readonly AllowEntry[], why: string): string {
  return `the allowlist of link ${id} keeps ${few(kept)}, which is not declared: ${why}`;
}

function few(entries: readonly AllowEntry[]): string {
  return fewText(entries.map(entryText));
}
