import type { Clouds } from '../../do/kinds/cloud/clouds.js';
import { fail, pass, unknown } from '../../do/findings/say.js';
import { statementsOf, type Statement } from '../../do/findings/statements.js';
import type { Verdict } from '../../do/findings/finding.js';
import type { Link } from '../../do/model/link.js';
import type { Listener } from '../../do/model/load-balancer.js';
import type { RegionSnapshot } from '../../do/snapshot/snapshot.js';
import { mappingsTo } from '../../do/world/routes/custom-domains.js';
import type { LostCalls } from '../carry/steady-calls.js';
import type { ToolWords } from '../declared/tool-plan.js';
import type { LaidChange } from '../lay/laid.js';
import type { JudgedWorld } from './judged-world.js';
import type { JudgedRoute } from './routes.js';

/** A moment between before and after at which calls do not arrive, or may not. */
export interface Interruption {
  readonly address: string;
  readonly change: LaidChange['change'];
  /** `fail`: the plan cannot be carried out; `unknown`: no plan decides it; `pass`: what the path is after it is not changed by it. */
  readonly verdict: Verdict;
  readonly message: string;
  /** Of a plan that cannot be carried out: the message without it. */
  readonly refused?: { readonly because: string; readonly remedy: string } | undefined;
}

const TEXTS = statementsOf({
  UNDECIDED: unknown('{address} {what}. That is decided during the execution.'),
  REFUSED: fail(
    '{address} is deleted before its replacement exists, and {held} cannot be deleted: the apply fails',
    '{remedy}',
  ),
  DELETED_FIRST: pass('{address} is deleted before its replacement exists: calls fail in between.'),
  LOST_MEANWHILE: pass(
    '{address} is deleted or changed before what replaces it is in effect: calls fail for some {seconds} s.',
  ),
  CREATED_FIRST: pass('{address} is replaced: calls go through the new one once what names it is changed.'),
});

/** What of a path is replaced: between the two calls do not arrive, or go another way. */
export function interruptions(
  side: { readonly before?: JudgedRoute; readonly after?: JudgedRoute },
  { laid, clouds }: JudgedWorld,
  changes: readonly LaidChange[],
  { createFirst }: ToolWords,
  lost?: readonly LostCalls[],
): readonly Interruption[] {
  const { before, after } = side;
  if (before === undefined || after === undefined) return [];

  const measured = lost?.find(({ gatewayId, key }) => gatewayId === before.gatewayId && key === before.key);
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
    ...mappingsTo(region?.customDomains ?? [], before.gatewayId).map(({ domain }) => domain.id),
    ...(link?.securityGroupIds ?? []),
    ...(balancer?.securityGroupIds ?? []),
  ]);
  const gone = new Set(
    changes.flatMap(({ change, ids: [id] }) => (id !== undefined && change.includes('delete') ? [id] : [])),
  );
  const measuredNow = after.verdict === 'pass' && measured !== undefined ? gapOf(measured, changes) : [];
  return [
    ...measuredNow,
    ...changes.flatMap(({ address, change, ids, undecided, otherwise }): readonly Interruption[] => {
      // The mapping of another gateway has the ID of its domain as well, behind that of the gateway.
      const isOthers = region?.gateways.some(({ id }) => id === ids[0]) === true && ids[0] !== before.gatewayId;
      if (isOthers || !ids.some((id) => path.has(id))) return [];

      const said = ({ verdict, message: because, remedy }: Statement): readonly Interruption[] => {
        const refused = remedy === undefined ? undefined : { because, remedy };
        return [{ address, change, verdict, message: [because, remedy].filter(Boolean).join('. '), refused }];
      };
      if (undecided !== undefined) return said(TEXTS.UNDECIDED({ address, what: undecided }));

      // A part, such as a rule, has the ID of what it belongs to beside its own.
      const held = change === 'delete and create' ? heldAs(region, ids.slice(0, 1), gone) : undefined;
      if (held !== undefined) {
        const kept = ids.includes(before.linkId) ? keptLink(address, link, clouds) : undefined;
        return said(TEXTS.REFUSED({ address, held, remedy: kept ?? otherwise ?? createFirst }));
      }
      if (change === 'delete and create' && lost === undefined) return said(TEXTS.DELETED_FIRST({ address }));

      return change === 'create and delete' ? said(TEXTS.CREATED_FIRST({ address })) : [];
    }),
  ];
}

/** The calls that were lost while the plan was carried out, at what took something away first. */
function gapOf({ seconds, during }: LostCalls, changes: readonly LaidChange[]): readonly Interruption[] {
  const [address = ''] = during;
  const change = changes.find((one) => one.address === address)?.change ?? 'update';
  const message = TEXTS.LOST_MEANWHILE({ address, seconds: String(Math.ceil(seconds)) }).message;
  return [{ address, change, verdict: 'pass', message }];
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
