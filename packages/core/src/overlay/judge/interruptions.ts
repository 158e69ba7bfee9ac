import type { Clouds } from '../../do/kinds/cloud/clouds.js';
import type { Link } from '../../do/model/link.js';
import type { Listener } from '../../do/model/load-balancer.js';
import type { RegionSnapshot } from '../../do/snapshot/snapshot.js';
import type { ToolWords } from '../declared/tool-plan.js';
import type { LaidChange } from '../lay/laid.js';
import type { JudgedWorld } from './judged-world.js';
import type { JudgedRoute } from './routes.js';

/** A moment between before and after at which calls do not arrive, or may not. */
export interface Interruption {
  readonly address: string;
  readonly change: LaidChange['change'];
  readonly message: string;
}

/** How a message ends about what no plan decides. */
export const UNDECIDED = '. That is decided during the execution.';

/** What a message has about a plan that cannot be carried out. */
export const REFUSED = ': the apply fails. ';

/** What of a path is replaced: between the two calls do not arrive, or go another way. */
export function interruptions(
  side: { readonly before?: JudgedRoute; readonly after?: JudgedRoute },
  { laid, spec }: JudgedWorld,
  changes: readonly LaidChange[],
  { createFirst }: ToolWords,
): readonly Interruption[] {
  const { before, after } = side;
  if (before === undefined || after === undefined) return [];
  const region = laid.snapshot.regions.find(({ gateways }) => gateways.some(({ id }) => id === before.gatewayId));
  const listener = region?.listeners.find(({ id }) => id === before.targetId);
  const route = region?.gateways
    .find(({ id }) => id === before.gatewayId)
    ?.routes.find(({ id }) => id === before.routeId);
  const link = region?.links.find(({ id }) => id === before.linkId);
  const balancer = region?.loadBalancers.find(({ id }) => id === listener?.loadBalancerId);
  const path = new Set([
    before.gatewayId,
    before.routeId,
    route?.integrationId,
    before.linkId,
    before.targetId,
    balancer?.id,
    ...(listener === undefined ? [] : forwardedTo(listener)),
    ...(link?.securityGroupIds ?? []),
    ...(balancer?.securityGroupIds ?? []),
  ]);
  const gone = new Set(
    changes.flatMap(({ change, ids: [id] }) => (id !== undefined && change.includes('delete') ? [id] : [])),
  );
  return changes.flatMap(({ address, change, ids, undecided, otherwise }): readonly Interruption[] => {
    if (!ids.some((id) => path.has(id))) return [];
    if (undecided !== undefined) return [{ address, change, message: `${address} ${undecided}${UNDECIDED}` }];
    // A part, such as a rule, has the ID of what it belongs to beside its own.
    const held = change === 'delete and create' ? heldAs(region, ids.slice(0, 1), gone) : undefined;
    if (held !== undefined)
      return [
        {
          address,
          change,
          message: `${address} is deleted before its replacement exists, and ${held} cannot be deleted${REFUSED}${(ids.includes(before.linkId) ? keptLink(address, link, spec.clouds) : undefined) ?? otherwise ?? createFirst}`,
        },
      ];
    if (change === 'delete and create')
      return [
        { address, change, message: `${address} is deleted before its replacement exists: calls fail in between.` },
      ];
    if (change === 'create and delete')
      return [
        {
          address,
          change,
          message: `${address} is replaced: calls go through the new one once what names it is changed.`,
        },
      ];
    return [];
  });
}

/** Gateways that have one link for all routes do not follow a new link: they are moved. */
function keptLink(address: string, link: Link | undefined, clouds: Clouds): string | undefined {
  const words = link === undefined ? undefined : clouds.link(link.kind).movesWhole;
  if (words === undefined) return undefined;
  const { link: noun, gateway } = words;
  return `Keep ${address}. Or create another ${noun} beside it, move each ${gateway} with \`postern migrate\`, and change the declarations together with the moves.`;
}

/**
 * What keeps a thing from being deleted: what uses it, and is not deleted itself.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/delete-target-group.html
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/deleting-security-groups.html
 */
function heldAs(
  region: RegionSnapshot | undefined,
  ids: readonly string[],
  gone: ReadonlySet<string>,
): string | undefined {
  if (region === undefined) return undefined;
  const { gateways, listeners, loadBalancers } = region;
  const holders: readonly (readonly [what: string, used: readonly (string | undefined)[]])[] = [
    ['a link that routes use', gateways.flatMap(({ routes }) => routes.map(({ linkId }) => linkId))],
    ['a target group that a listener forwards to', left(listeners, gone).flatMap((one) => forwardedTo(one, gone))],
    [
      'a security group of a load balancer',
      left(loadBalancers, gone).flatMap(({ securityGroupIds }) => securityGroupIds ?? []),
    ],
  ];
  return holders.find(([, used]) => ids.some((id) => used.includes(id)))?.[0];
}

function left<T extends { readonly id: string }>(list: readonly T[], gone: ReadonlySet<string>): readonly T[] {
  return list.filter(({ id }) => !gone.has(id));
}

/** The groups that a listener forwards to, by its default and by its rules. */
function forwardedTo({ actions = [], rules = [] }: Listener, gone: ReadonlySet<string> = new Set()): readonly string[] {
  const all = [...actions, ...left(rules, gone).flatMap((rule) => rule.actions)];
  return all.flatMap(({ targetGroupIds = [] }) => targetGroupIds);
}
