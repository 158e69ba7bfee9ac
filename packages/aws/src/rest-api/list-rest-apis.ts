import type { CallContext } from '@postern/core/adapter';
import type { RestApiOutput, RestDeploymentOutput, RestResourceOutput, RestStageOutput } from '../apis/rest-api-api.js';
import { listAll } from '../client/list-all.js';
import { sent } from '../client/plain.js';
import type { Session } from '../client/session.js';
import { REST_PAGE } from '../limits.js';

/** All REST APIs of the region. */
export function listRestApis(session: Session, ctx: CallContext): Promise<RestApiOutput[]> {
  return listAll(session, ctx, 'REST APIs', {
    service: 'apigateway',
    method: 'getRestApis',
    input: { limit: REST_PAGE },
    member: 'items',
    key: 'id',
  });
}

/** All resources of a REST API with their methods and integrations. @throws {CloudError} `NOT_FOUND` */
export function listResources(session: Session, restApiId: string, ctx: CallContext): Promise<RestResourceOutput[]> {
  return listAll(session, ctx, `resources of ${restApiId}`, {
    service: 'apigateway',
    method: 'getResources',
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
  const { item } = await session.send(ctx, 'apigateway', 'GetStages', (api, options) =>
    api.getStages({ restApiId }, options),
  );
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
    method: 'getDeployments',
    input: { restApiId, limit: REST_PAGE },
    member: 'items',
    key: 'id',
  });
}
