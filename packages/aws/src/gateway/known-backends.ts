import { unlessGone, type CallContext } from '@postern/core/adapter';
import { listBalancerLinks } from '../link/balancer-link.js';
import { listenersByPort, type Backends } from '../rest-api/integration-target.js';
import type { Leading } from '../rest-api/stage-variables.js';
import { listListeners, toListener } from '../target/load-balancer.js';
import type { Session } from '../client/session.js';

/** Where nothing besides the integration is needed. */
export const NO_BACKENDS: Backends = { balancersOf: () => undefined, listenerOf: () => undefined };

/**
 * The load balancers of the V1 links that integrations use, and their listeners: one list of links, and one of
 * listeners for each load balancer.
 */
export async function readBackends(
  session: Session,
  integrations: readonly Leading[],
  ctx: CallContext,
): Promise<Backends> {
  const ids = new Set(integrations.map(({ connectionId }) => connectionId));
  if (ids.size === 0) return NO_BACKENDS;
  const links = (await listBalancerLinks(session, ctx)).filter(({ id }) => ids.has(id));
  const byLink = new Map(links.map(({ id = '', targetArns = [] }) => [id, targetArns] as const));
  const balancers = [...new Set([...byLink.values()].flat())];
  const lists = balancers.map(async (arn) => (await unlessGone(listListeners(session, arn, ctx))) ?? []);
  const listeners = (await Promise.all(lists)).flat().map(toListener);
  return { balancersOf: (linkId) => byLink.get(linkId), listenerOf: listenersByPort(listeners) };
}
