import type { AwsWorld, Row } from '../parts.js';

/** A method of a REST API with a private integration. */
export interface PrivateMethod {
  /** `GET /orders/{id}`. */
  readonly key: string;
  readonly linkId: string;
  /** The load balancer, where the link does not lead to one by itself. */
  readonly integrationTarget?: string | undefined;
  /** `http://orders.internal:8080/orders/{id}`. */
  readonly uri: string;
  /** Whether a stage variable names the link: the service then checks it neither here nor before it deletes the link. */
  readonly byVariable?: boolean | undefined;
}

/** A REST API with one method, deployed to the stage `prod`. */
export function restApi(world: AwsWorld, { key, linkId, integrationTarget, uri, byVariable }: PrivateMethod): string {
  const gateway = (operation: string, input: Row): any => world.call('apigateway', operation, input);
  const { id: restApiId, rootResourceId } = gateway('CreateRestApi', { name: 'shop' });
  const [httpMethod = '', path = '/'] = key.split(' ');
  const resourceId = path
    .split('/')
    .filter((part) => part !== '')
    .reduce(
      (parentId: string, pathPart) => gateway('CreateResource', { restApiId, parentId, pathPart }).id,
      rootResourceId,
    );
  gateway('PutMethod', { restApiId, resourceId, httpMethod, authorizationType: 'NONE' });
  gateway('PutIntegration', {
    restApiId,
    resourceId,
    httpMethod,
    type: 'HTTP_PROXY',
    integrationHttpMethod: httpMethod,
    connectionType: 'VPC_LINK',
    connectionId: byVariable === true ? '${stageVariables.link}' : linkId,
    uri,
    ...(integrationTarget === undefined ? {} : { integrationTarget }),
  });
  const variables = byVariable === true ? { variables: { link: linkId } } : {};
  gateway('CreateDeployment', { restApiId, stageName: 'prod', ...variables });
  return restApiId;
}
