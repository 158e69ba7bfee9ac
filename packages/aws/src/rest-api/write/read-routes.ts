import type { CallContext } from '@postern/core';
import type { Route } from '@postern/core/adapter';
import type { Session } from '../../client/session.js';
import { listRestStages } from '../list-rest-apis.js';
import { readBackends } from '../read-backends.js';
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
  const backends = await readBackends(session, leads, ctx);
  return methods.map((method) => toRestRoute(method, stages, backends));
}
