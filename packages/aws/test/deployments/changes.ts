import { STAGE, type Copy } from './deployments-world.js';

/** A change of an API by its owner: the number chooses among its forms. */
export type Change = (copy: Copy, choice: number) => void;

/** One of a list. A list without items has nothing to change, as if the service refused it. */
function pick<T>(list: readonly T[], choice: number): T {
  if (list.length === 0) throw Object.assign(new Error('nothing to change'), { name: 'ServiceError' });
  return list[choice % list.length] as T;
}

/** The method that the next change is about. */
const VERBS = ['POST', 'GET', 'ANY'] as const;

const place = ({ ids }: Copy, choice: number) => ({ resourceId: ids.resource, httpMethod: pick(VERBS, choice) });

const patched = (copy: Copy, operation: string, choice: number, path: string, value: string): unknown =>
  copy.rest(operation, { ...place(copy, choice), patchOperations: [{ op: 'replace', path, value }] });

const everyCall = { Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*' };
const POLICIES = [
  [{ ...everyCall, Effect: 'Allow' }],
  [{ ...everyCall, Effect: 'Deny' }],
  [{ ...everyCall, Effect: 'Allow', Condition: { IpAddress: { 'aws:SourceIp': ['203.0.113.0/24'] } } }],
  [
    { ...everyCall, Effect: 'Allow' },
    { ...everyCall, Effect: 'Deny', Resource: 'execute-api:/*/POST/*' },
  ],
];

/** A method as it is declared: through the first link, to the first load balancer. */
export function restMethod(copy: Copy, httpMethod: string): void {
  const { alb, link, resource } = copy.ids;
  const at = { resourceId: resource, httpMethod };
  copy.rest('PutMethod', { ...at, authorizationType: 'NONE' });
  copy.rest('PutIntegration', {
    ...at,
    type: 'HTTP_PROXY',
    integrationHttpMethod: httpMethod,
    uri: 'http://orders.internal/orders',
    connectionType: 'VPC_LINK',
    connectionId: link,
    integrationTarget: alb,
  });
}

/** Changes of a REST API. */
export const REST_CHANGES: Readonly<Record<string, Change>> = {
  method: (copy, n) => patched(copy, 'UpdateIntegration', n, '/httpMethod', pick(['GET', 'POST', 'ANY'], n >> 2)),
  port: (copy, n) =>
    patched(copy, 'UpdateIntegration', n, '/uri', `http://orders.internal:${pick([80, 8081], n >> 2)}/orders`),
  scheme: (copy, n) => patched(copy, 'UpdateIntegration', n, '/uri', 'https://orders.internal:80/orders'),
  path: (copy, n) => patched(copy, 'UpdateIntegration', n, '/uri', 'http://orders.internal/other'),
  link: (copy, n) =>
    patched(copy, 'UpdateIntegration', n, '/connectionId', pick([copy.ids.link, copy.ids.secondLink], n >> 2)),
  balancer: (copy, n) =>
    patched(copy, 'UpdateIntegration', n, '/integrationTarget', pick([copy.ids.alb, copy.ids.other], n >> 2)),
  variable: (copy, n) => patched(copy, 'UpdateIntegration', n, '/connectionId', '${stageVariables.link}'),
  values: (copy, n) =>
    copy.rest('UpdateStage', {
      stageName: STAGE,
      patchOperations: [
        { op: 'replace', path: '/variables/link', value: pick([copy.ids.link, copy.ids.secondLink], n) },
      ],
    }),
  unverified: (copy, n) => patched(copy, 'UpdateIntegration', n, '/tlsConfig/insecureSkipVerification', 'true'),
  mock: (copy, n) =>
    copy.rest('PutIntegration', {
      ...place(copy, n),
      type: 'MOCK',
      requestTemplates: { 'application/json': '{"statusCode": 200}' },
    }),
  plain: (copy, n) =>
    copy.rest('PutIntegration', {
      ...place(copy, n),
      type: 'HTTP',
      integrationHttpMethod: pick(VERBS, n),
      uri: 'http://orders.internal/orders',
      connectionType: 'VPC_LINK',
      connectionId: copy.ids.link,
      integrationTarget: copy.ids.alb,
    }),
  response: (copy, n) => {
    copy.rest('PutMethodResponse', { ...place(copy, n), statusCode: '200' });
    const selectionPattern = pick([undefined, '2..', '5..'], n >> 2);
    copy.rest('PutIntegrationResponse', {
      ...place(copy, n),
      statusCode: '200',
      ...(selectionPattern && { selectionPattern }),
    });
  },
  gone: (copy, n) => copy.rest('DeleteMethod', place(copy, n)),
  again: (copy, n) => restMethod(copy, pick(VERBS, n)),
  policy: (copy, n) =>
    copy.rest('UpdateRestApi', {
      patchOperations: [
        {
          op: 'replace',
          path: '/policy',
          value: JSON.stringify({ Version: '2012-10-17', Statement: pick(POLICIES, n) }),
        },
      ],
    }),
  endpoint: (copy, n) =>
    copy.rest('UpdateRestApi', {
      patchOperations: [{ op: 'replace', path: '/disableExecuteApiEndpoint', value: pick(['true', 'false'], n) }],
    }),
  deploy: (copy) => copy.rest('CreateDeployment', { stageName: STAGE }),
  canary: (copy, n) =>
    copy.rest('CreateDeployment', {
      stageName: STAGE,
      canarySettings: {
        percentTraffic: pick([0, 50, 100], n),
        ...(n % 2 === 0 ? {} : { stageVariableOverrides: { link: copy.ids.secondLink } }),
      },
    }),
  'no canary': (copy) =>
    copy.rest('UpdateStage', { stageName: STAGE, patchOperations: [{ op: 'remove', path: '/canarySettings' }] }),
  rollback: (copy, n) => {
    const { items } = copy.rest('GetDeployments', { limit: 500 });
    copy.rest('UpdateStage', {
      stageName: STAGE,
      patchOperations: [{ op: 'replace', path: '/deploymentId', value: items[n % items.length].id }],
    });
  },
};

/** An integration of the HTTP API as it is declared. */
export function httpRoute(copy: Copy, RouteKey: string): void {
  const { IntegrationId } = copy.http('CreateIntegration', {
    IntegrationType: 'HTTP_PROXY',
    IntegrationMethod: 'ANY',
    ConnectionType: 'VPC_LINK',
    ConnectionId: copy.ids.link,
    IntegrationUri: copy.ids.listener,
    PayloadFormatVersion: '1.0',
    RequestParameters: { 'overwrite:path': '$request.path' },
  });
  copy.http('CreateRoute', { RouteKey, Target: `integrations/${IntegrationId}` });
}

/** A change of the integration of a route. */
const updated = (copy: Copy, choice: number, change: object): void => {
  const { IntegrationId } = pick(copy.http('GetIntegrations').Items as { IntegrationId: string }[], choice);
  copy.http('UpdateIntegration', { IntegrationId, ...change });
};

/** Changes of an HTTP API. */
export const HTTP_CHANGES: Readonly<Record<string, Change>> = {
  method: (copy, n) => updated(copy, n, { IntegrationMethod: pick(['GET', 'POST', 'ANY'], n >> 2) }),
  listener: (copy, n) =>
    updated(copy, n, { IntegrationUri: pick([copy.ids.listener, copy.ids.otherListener], n >> 2) }),
  link: (copy, n) => updated(copy, n, { ConnectionId: pick([copy.ids.link, copy.ids.secondLink], n >> 2) }),
  tls: (copy, n) => updated(copy, n, { TlsConfig: { ServerNameToVerify: 'orders.internal' } }),
  path: (copy, n) =>
    updated(copy, n, { RequestParameters: { 'overwrite:path': pick(['$request.path', '/other'], n >> 2) } }),
  public: (copy, n) => {
    const { IntegrationId } = copy.http('CreateIntegration', {
      IntegrationType: 'HTTP_PROXY',
      IntegrationMethod: 'ANY',
      IntegrationUri: 'https://example.com',
      PayloadFormatVersion: '1.0',
    });
    const { RouteId } = pick(copy.http('GetRoutes').Items as { RouteId: string }[], n);
    copy.http('UpdateRoute', { RouteId, Target: `integrations/${IntegrationId}` });
  },
  gone: (copy, n) => copy.http('DeleteRoute', pick(copy.http('GetRoutes').Items as { RouteId: string }[], n)),
  again: (copy, n) => httpRoute(copy, `${pick(VERBS, n)} /orders`),
  special: (copy, n) => {
    const { IntegrationId } = copy.http('CreateIntegration', {
      IntegrationType: 'HTTP_PROXY',
      IntegrationMethod: 'ANY',
      ConnectionType: 'VPC_LINK',
      ConnectionId: copy.ids.link,
      IntegrationUri: copy.ids.otherListener,
      PayloadFormatVersion: '1.0',
    });
    copy.http('CreateRoute', { RouteKey: `${pick(VERBS, n)} /orders`, Target: `integrations/${IntegrationId}` });
  },
  endpoint: (copy, n) => copy.http('UpdateApi', { DisableExecuteApiEndpoint: n % 2 === 0 }),
  automatic: (copy, n) => copy.http('UpdateStage', { StageName: STAGE, AutoDeploy: n % 2 === 0 }),
  deploy: (copy) => copy.http('CreateDeployment', { StageName: STAGE }),
  rollback: (copy, n) => {
    const items = copy.http('GetDeployments').Items as { DeploymentId: string }[];
    copy.http('UpdateStage', { StageName: STAGE, DeploymentId: pick(items, n).DeploymentId });
  },
};

/** Makes a change, unless the service refuses it. */
export function attempt(copy: Copy, change: Change, choice: number): boolean {
  try {
    change(copy, choice);
    return true;
  } catch (error) {
    if (error instanceof Error && error.name === 'ServiceError') return false;
    throw error;
  }
}
