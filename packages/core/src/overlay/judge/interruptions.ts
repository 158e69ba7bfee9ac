import { pass, unknown } from '../../do/findings/say.js';
import { statementsOf, type Statement } from '../../do/findings/statements.js';
import type { Verdict } from '../../do/findings/finding.js';
import type { Listener } from '../../do/model/load-balancer.js';
import { mappingsTo } from '../../do/world/routes/custom-domains.js';
import type { LostCalls } from '../carry/steady-calls.js';
import type { LaidChange } from '../lay/laid.js';
import type { JudgedWorld } from './judged-world.js';
import type { RouteSides } from './routes.js';

/** A moment between before and after at which calls do not arrive, or may not. */
export interface Interruption {
  readonly address: string;
  readonly change: LaidChange['change'];
  /** `unknown`: no plan decides it; `pass`: what the path is after it is not changed by it. */
  readonly verdict: Verdict;
  readonly message: string;
}

const TEXTS = statementsOf({
  UNDECIDED: unknown('{address} {what}. That is decided during the execution.'),
  DELETED_FIRST: pass('{address} is deleted before its replacement exists: calls fail in between.'),
  LOST_MEANWHILE: pass(
    '{address} is deleted or changed before what replaces it is in effect: calls fail in between, for some {seconds} s.',
  ),
  CREATED_FIRST: pass('{address} is replaced: calls go through the new one once what names it is changed.'),
});

/** What of a path is replaced: between the two calls do not arrive, or go another way. */
export function interruptions(
  side: RouteSides,
  { laid }: JudgedWorld,
  changes: readonly LaidChange[],
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
  const domains = new Set(mappingsTo(region?.customDomains ?? [], before.gatewayId).map(({ domain }) => domain.id));
  const path = new Set([
    before.gatewayId,
    before.routeId,
    route?.integrationId,
    before.linkId,
    before.targetId,
    balancer?.id,
    ...(listener === undefined ? [] : forwardedTo(listener)),
    ...domains,
    ...(link?.securityGroupIds ?? []),
    ...(balancer?.securityGroupIds ?? []),
  ]);
  // The mapping of another gateway has the ID of its domain as well, behind that of the gateway.
  const isOthers = ([id]: readonly string[]): boolean =>
    id !== before.gatewayId && region?.gateways.some((one) => one.id === id) === true;
  const own = changes.filter(({ ids }) => !isOthers(ids) && ids.some((id) => path.has(id)));
  const measuredNow = after.verdict === 'pass' && measured !== undefined ? gapOf(measured, changes, own) : [];
  return [
    ...measuredNow,
    ...own.flatMap(({ address, change, ids, undecided }): readonly Interruption[] => {
      const said = ({ verdict, message }: Statement): readonly Interruption[] => [
        { address, change, verdict, message },
      ];
      if (undecided !== undefined) return said(TEXTS.UNDECIDED({ address, what: undecided }));

      // One name of a route is called while the plan is carried out: what becomes of calls of others is not measured.
      const isMeasured = lost !== undefined && (measuredNow.length > 0 || !ids.some((id) => domains.has(id)));
      if (change === 'delete and create' && !isMeasured) return said(TEXTS.DELETED_FIRST({ address }));

      return change === 'create and delete' ? said(TEXTS.CREATED_FIRST({ address })) : [];
    }),
  ];
}

/**
 * The calls that were lost while the plan was carried out, at what took something away first. A call may end long after that, while
 * something else is changed: then at what of its own path is deleted first.
 */
function gapOf({ seconds, during }: LostCalls, changes: readonly LaidChange[], own: readonly LaidChange[]) {
  const deleted = own.find((one) => one.change === 'delete and create');
  const isOwn = own.some((one) => during.includes(one.address));
  const [first = ''] = during;
  const address = isOwn ? first : (deleted?.address ?? first);
  const change = changes.find((one) => one.address === address)?.change ?? 'update';
  const message = TEXTS.LOST_MEANWHILE({ address, seconds: String(Math.ceil(seconds)) }).message;
  return [{ address, change, verdict: 'pass', message } as const];
}

/** The groups that a listener forwards to, by its default and by its rules. */
function forwardedTo({ actions = [], rules = [] }: Listener): readonly string[] {
  const all = [...actions, ...rules.flatMap((rule) => rule.actions)];
  return all.flatMap(({ targetGroupIds = [] }) => targetGroupIds);
}
