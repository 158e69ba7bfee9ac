import { CHANGE_MS } from '../../kinds/gateway/change-time.js';
import { GATEWAY_KINDS } from '../../kinds/gateway/gateway-table.js';
import type { Gateway, GatewayKind } from '../../model/gateway.js';
import type { Route } from '../../model/route.js';
import type { Draft } from '../draft.js';

/** A caller that leaves in this run: a route, or a stage that serves older versions of the gateway's routes. */
export interface Leaving {
  readonly gateway: Gateway;
  readonly route?: Route | undefined;
}

/**
 * How long calls that came before these callers left a link may still be in flight, in milliseconds: until the last of
 * them, which came while the change took effect, has its answer or its timeout. Undefined where nothing left, and
 * where the project is removed, which ends its calls.
 */
export function linkDrain(draft: Pick<Draft, 'reason'>, callers: readonly Leaving[]): number | undefined {
  return longest(draft, callers, moveMs);
}

/** As `linkDrain`, where callers left a target: no gateway moves for that. */
export function targetDrain(draft: Pick<Draft, 'reason'>, callers: readonly Leaving[]): number | undefined {
  return longest(draft, callers, () => CHANGE_MS);
}

function longest(
  { reason }: Pick<Draft, 'reason'>,
  callers: readonly Leaving[],
  changeMs: (kind: GatewayKind) => number,
): number | undefined {
  if (callers.length === 0 || reason === 'the project is removed') return undefined;
  return Math.max(...callers.map((caller) => changeMs(caller.gateway.kind) + answerMs(caller)));
}

/** As `linkDrain`, where it is not known who left: the longest of gateways of these kinds, without timeouts of their own. */
export function longestDrain(kinds: readonly GatewayKind[]): number {
  return Math.max(0, ...kinds.map((kind) => moveMs(kind) + defaultAnswerMs(kind)));
}

function moveMs(kind: GatewayKind): number {
  return GATEWAY_KINDS[kind].movesWithinMs ?? CHANGE_MS;
}

/** The longest time until the backend's answer. Of a stage: any of its routes may be the one that is called. */
function answerMs({ gateway, route }: Leaving): number {
  const byDefault = defaultAnswerMs(gateway.kind);
  if (route !== undefined) return route.settings?.timeoutMs ?? byDefault;
  return Math.max(byDefault, ...gateway.routes.map(({ settings }) => settings?.timeoutMs ?? 0));
}

function defaultAnswerMs(kind: GatewayKind): number {
  const { timeout, answersWithinMs } = GATEWAY_KINDS[kind];
  return timeout?.most.byDefault ?? answersWithinMs ?? 0;
}
