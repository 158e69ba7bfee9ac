import { unlessGone, type CallContext } from '@postern/core/internal/adapter';
import type { Session } from '../client/session.js';
import { listListeners, toListener } from '../load-balancing/load-balancer.js';
import { listBalancerLinks } from '../vpc-links/door/links.js';
import { backendOf, listenersByPort, type Backends, type Leading } from './integration-target.js';

/** Where nothing is known besides an integration. */
export const NO_BACKENDS: Backends = { balancersOf: () => undefined, listenerOf: () => undefined };

/**
 * What some integrations lead to: the listeners of each load balancer, in a list for each, and V1 links where an
 * integration does not name a load balancer itself.
 */
export async function readBackends(
  session: Session,
  integrations: readonly Leading[],
  ctx: CallContext,
): Promise<Backends> {
  const isV1 = integrations.some(({ integrationTarget }) => integrationTarget === undefined);
  const links = new Map(
    (isV1 ? await listBalancerLinks(session, ctx) : []).map(({ id, targetArns }) => [id, targetArns]),
  );
  const balancersOf: Backends['balancersOf'] = (linkId) => links.get(linkId);
  const balancers = integrations.flatMap((one) => backendOf(one, { balancersOf })?.loadBalancerArn ?? []);
  const lists = [...new Set(balancers)].map(async (arn) => (await unlessGone(listListeners(session, arn, ctx))) ?? []);
  return { balancersOf, listenerOf: listenersByPort((await Promise.all(lists)).flat().map(toListener)) };
}
