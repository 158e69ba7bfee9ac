import type { CallContext } from '@postern/core';
import type { RestApiOutput, RestDeploymentOutput, RestResourceOutput, RestStageOutput } from '../sdk-types.js';
import { listAll } from '../client/list-all.js';
import { sent } from '../client/plain.js';
import type { Session } from '../client/session.js';
import { REST_PAGE } from '../limits.js';

/** All REST APIs of the region. */
export function listRestApis(session: Session, ctx: CallContext): Promise<RestApiOutput[]> {
  return listAll(session, ctx, 'REST APIs', {
    service: 'apigateway',
    operation: 'GetRestApis',
    input: { limit: REST_PAGE },
    member: 'items',
    key: 'id',
  });
}

/** All resources of a REST API with their methods and integrations. @throws {CloudError} `NOT_FOUND` */
export function listResources(session: Session, restApiId: string, ctx: CallContext): Promise<RestResourceOutput[]> {
  return listAll(session, ctx, `resources of ${restApiId}`, {
    service: 'apigateway',
    operation: 'GetResources',
    input: { restApiId, embed: ['methods'], limit: REST_PAGE },
    member: 'items',
    key: 'id',
  });
}

/** All stages of a REST API; this list has no pages. @throws {CloudError} `NOT_FOUND` */
export async function listRestStages(
  session: Session,
  restApiId: string,
  ctx: CallContext,
): Promise<readonly RestStageOutput[]> {
  const { item } = await session.call(ctx, 'apigateway', 'GetStages', { restApiId });
  return sent(item, 'item', 'GetStages');
}

/** All deployments of a REST API. @throws {CloudError} `NOT_FOUND` */
export function listRestDeployments(
  session: Session,
  restApiId: string,
  ctx: CallContext,
): Promise<RestDeploymentOutput[]> {
  return listAll(session, ctx, `deployments of ${restApiId}`, {
    service: 'apigateway',
    operation: 'GetDeployments',
    input: { restApiId, limit: REST_PAGE },
    member: 'items',
    key: 'id',
  });
}
