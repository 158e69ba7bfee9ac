import type { CallContext, Link } from '@postern/core';
import type { Gaps, Scope } from '@postern/core/adapter';
import type { Gateway } from '@postern/core/snapshot';
import { listenersByPort } from '../rest-api/integration-target.js';
import type { Session } from '../client/session.js';
import { observeGateways } from './gateways.js';
import { balancersOfLinks } from './links.js';
import { observeTargets, type ObservedTargets } from './targets.js';
import { withStageFacts } from './stage-facts.js';

/** Gateways, and the targets in scope. */
export interface ObservedRoutes {
  readonly gateways: readonly Gateway[];
  readonly found: ObservedTargets;
}

/**
 * The gateways in scope with the targets of their routes. Targets that only gateways name are read with `all`
 * and `uses`.
 */
export async function observeRoutes(
  session: Session,
  scope: Scope,
  linking: Promise<readonly Link[]>,
  account: string,
  gaps: Gaps,
  ctx: CallContext,
): Promise<ObservedRoutes> {
  const reading = observeGateways(session, scope, gaps, ctx);
  const connecting = Promise.all([reading, linking]).then(([read, links]) =>
    balancersOfLinks(session, scope, links, read, gaps, ctx),
  );
  const seeking = linking.then(async (links) => {
    const loadBalancers = [...(scope.loadBalancers ?? []), ...links.flatMap((link) => link.loadBalancerIds ?? [])];
    if (scope.all !== true && scope.uses !== true) {
      return observeTargets(session, scope, { loadBalancers }, account, gaps, ctx);
    }
    const [read, balancersOf] = await Promise.all([reading, connecting]);
    const ids = read.flatMap(({ targetIds }) => targetIds);
    const ports = read.flatMap(({ backends }) => backends({ balancersOf }));
    return observeTargets(session, scope, { ids, ports, loadBalancers }, account, gaps, ctx);
  });
  const [read, balancersOf, found] = await Promise.all([reading, connecting, seeking]);
  const known = { balancersOf, listenerOf: listenersByPort(found.listeners) };
  const gateways = read.map(({ complete }) => complete(known));
  return {
    gateways: scope.checks === true ? await withStageFacts(session, gateways, gaps, ctx) : gateways,
    found,
  };
}
