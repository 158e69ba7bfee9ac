import { unlessGone, type CallContext, type Route } from '@postern/core/adapter';
import type { Session } from '../../client/session.js';
import { listBalancerLinks } from '../../link/balancer-link.js';
import { listListeners, toListener } from '../../target/load-balancer.js';
import { backendOf, listenersByPort, type Backends } from '../integration-target.js';
import { listRestStages } from '../list-rest-apis.js';
import { toRestRoute, type RestMethod } from '../rest-route.js';
import { toRestStage } from '../rest-stage.js';
import { onStages, variablesOf } from '../stage-variables.js';

/**
 * Methods as routes, with the listeners that they lead to. Besides the listeners of each load balancer, stages
 * are read where a variable names a link or a target, and V1 links where one has no load balancer of its own.
 */
export async function toRoutes(
  session: Session,
  apiId: string,
  methods: readonly RestMethod[],
  ctx: CallContext,
): Promise<readonly Route[]> {
  const integrations = methods.flatMap(({ method: { methodIntegration: one } }) =>
    one?.connectionType === 'VPC_LINK' ? [one] : [],
  );
  const hasVariables = integrations.some((one) => variablesOf(one).length > 0);
  const stages = hasVariables ? (await listRestStages(session, apiId, ctx)).map((stage) => toRestStage(stage)) : [];
  const leads = integrations.flatMap((one) => onStages(one, stages));
  const isV1 = leads.some(({ integrationTarget }) => integrationTarget === undefined);
  const links = new Map(
    (isV1 ? await listBalancerLinks(session, ctx) : []).map(({ id, targetArns }) => [id, targetArns]),
  );
  const balancersOf: Backends['balancersOf'] = (linkId) => links.get(linkId);
  const balancers = leads.flatMap((lead) => backendOf(lead, { balancersOf })?.loadBalancerArn ?? []);
  const lists = [...new Set(balancers)].map(async (arn) => (await unlessGone(listListeners(session, arn, ctx))) ?? []);
  const listenerOf = listenersByPort((await Promise.all(lists)).flat().map(toListener));
  return methods.map((method) => toRestRoute(method, stages, { balancersOf, listenerOf }));
}
