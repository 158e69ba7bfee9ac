import { formatBoundMark } from '@postern/core/internal/adapter';
import type { Fields, Site, Step } from './build-world.js';

const odd = (number: number): boolean => number % 2 === 1;
const PATHS = ['/', '/orders', '/orders/{id}', '/orders/{id}/items', '/stock/{proxy+}'] as const;
const VERBS = ['GET', 'POST', 'ANY'] as const;
const STAGES = ['prod', 'dev'] as const;
const OWNERS = [
  { project: 'shop', spec: 'shop', integration: 'orders' },
  { project: 'shop', spec: 'a1', integration: 'orders', name: 'x' },
];

const rest = (site: Site, operation: string, input: Fields): any => site.call('apigateway', operation, input);

function at<T>(list: readonly [T, ...T[]], number: number): T {
  return list[number % list.length] ?? list[0];
}

/** The resource at a path, with those above it. */
function resourceAt(site: Site, restApiId: string, path: string): string {
  const { items } = rest(site, 'GetResources', { restApiId, limit: 500 });
  const root: string = items.find((one: Fields) => one['path'] === '/').id;
  return path
    .split('/')
    .filter((part) => part !== '')
    .reduce((parentId, pathPart) => {
      const is = (one: Fields): boolean => one['parentId'] === parentId && one['pathPart'] === pathPart;
      return items.find(is)?.id ?? rest(site, 'CreateResource', { restApiId, parentId, pathPart }).id;
    }, root);
}

/** An integration: over a link of either version, over one that a stage variable names, or without a link. */
function integration(site: Site, path: string, [a, b, c, d]: readonly [number, number, number, number]): Fields {
  const port = at(['', ':8080', ':443', ':${stageVariables.port}'], c);
  const host = at(['orders.internal', 'stock.shop.internal', '${stageVariables.host}'], d);
  const own = b % 3 !== 0 ? path.replaceAll('+}', '}') : '/elsewhere';
  const uri = `${at(['http', 'https'], a)}://${host}${port}${own}`;
  const variables = [...path.matchAll(/\{([^{}+]+)\+?\}/g)].map(([, name]) => name);
  const requestParameters = {
    ...Object.fromEntries(variables.map((name) => [`integration.request.path.${name}`, `method.request.path.${name}`])),
    ...(odd(c)
      ? { 'integration.request.header.x-tenant': at(["'eu'", 'context.requestId', 'method.request.header.t'], d) }
      : {}),
  };
  const link = { type: 'HTTP_PROXY', connectionType: 'VPC_LINK', uri, requestParameters };
  const settings = {
    ...(odd(d) ? { timeoutInMillis: 5000 } : {}),
    ...(d % 5 === 0 ? { responseTransferMode: 'STREAM' } : {}),
  };
  switch (a % 6) {
    case 0:
      return { type: 'MOCK' };
    case 1:
    case 2:
      return { ...link, ...settings, connectionId: site.pick('v1 link', b) };
    case 3:
      return { ...link, ...settings, connectionId: '${stageVariables.link}' };
    default:
      return { ...link, ...settings, connectionId: site.pick('link', b), integrationTarget: site.pick('balancer', d) };
  }
}

/** What a stage gives to the variables that integrations name. */
function variablesOf(site: Site, [a, b]: readonly [number, number, number, number]): Fields {
  return {
    ...(a % 4 === 0 ? {} : { link: site.pick('v1 link', b) }),
    ...(a % 5 === 0 ? {} : { port: String(8000 + (b % 5)) }),
    ...(a % 6 === 0 ? {} : { host: `host-${b % 3}.internal` }),
  };
}

/** REST APIs, WebSocket APIs and V1 links. */
export const restSteps: Readonly<Record<string, Step>> = {
  domain: (site, [a, , c]) => {
    const CertificateArn = site.pick('certificate', a);
    const { DomainName } = site.call('acm', 'DescribeCertificate', { CertificateArn }).Certificate;
    const mutual = c % 4 === 0 ? { MutualTlsAuthentication: { TruststoreUri: 's3://shop/truststore.pem' } } : {};
    site.http('CreateDomainName', { DomainName, DomainNameConfigurations: [{ CertificateArn }], ...mutual });
    site.keep('domain', DomainName);
  },
  'api mapping': (site, [a, b, c, d]) => {
    const DomainName = site.pick('domain', a);
    const api = site.pick(['api', 'rest api', 'socket api'][b % 3] ?? '', c);
    const ApiMappingKey = at(['', 'orders', 'orders/v1', 'v1'], d);
    site.http('CreateApiMapping', { DomainName, ApiId: api, Stage: at(['$default', 'prod', 'dev'], c), ApiMappingKey });
  },
  'v1 link': (site, [a, b, c]) => {
    const { id } = rest(site, 'CreateVpcLink', {
      name: `older ${a}`,
      targetArns: [site.pick('balancer', b)],
      ...(odd(c) ? { tags: { team: 'shop', 'postern:project': 'shop', 'postern:integration': 'orders' } } : {}),
    });
    site.keep('v1 link', id);
  },
  'v1 link gone': (site, [a]) => {
    rest(site, 'DeleteVpcLink', { vpcLinkId: site.pick('v1 link', a) });
  },
  'rest api': (site, [a]) => {
    if (site.all('rest api').length >= 2) return;
    site.keep(
      'rest api',
      rest(site, 'CreateRestApi', { name: `rest ${a}`, ...(odd(a) ? { tags: { team: 'shop' } } : {}) }).id,
    );
  },
  'rest method': (site, choice) => {
    const [a, b, c, d] = choice;
    const restApiId = site.pick('rest api', a);
    const path = at(PATHS, b);
    const httpMethod = at(VERBS, c);
    const owner = at([undefined, ...OWNERS], d);
    const put = integration(site, path, [c, d, a, b]);
    const place = { restApiId, resourceId: resourceAt(site, restApiId, path), httpMethod };
    rest(site, 'PutMethod', {
      ...place,
      authorizationType: at(['NONE', 'NONE', 'AWS_IAM'], a),
      apiKeyRequired: d % 4 === 0,
      ...(owner === undefined
        ? {}
        : { operationName: formatBoundMark(owner, { apiId: restApiId, path, verb: httpMethod }) }),
    });
    try {
      rest(site, 'PutIntegration', { ...place, integrationHttpMethod: httpMethod, ...put });
    } catch (error) {
      // An API with a method without an integration cannot be deployed, so that only some keep one.
      if (d % 5 !== 0) rest(site, 'DeleteMethod', place);
      throw error;
    }
  },
  'rest integration': (site, [a, b, c, d]) => {
    const restApiId = site.pick('rest api', a);
    const path = at(PATHS, b);
    const httpMethod = at(VERBS, c);
    const resourceId = resourceAt(site, restApiId, path);
    rest(site, 'PutIntegration', {
      restApiId,
      resourceId,
      httpMethod,
      integrationHttpMethod: httpMethod,
      ...integration(site, path, [d, c, b, a]),
    });
  },
  'rest method gone': (site, [a, b, c]) => {
    const restApiId = site.pick('rest api', a);
    const resourceId = resourceAt(site, restApiId, at(PATHS, b));
    rest(site, 'DeleteMethod', { restApiId, resourceId, httpMethod: at(VERBS, c) });
  },
  'rest deployment': (site, choice) => {
    const [a, b, c, d] = choice;
    const restApiId = site.pick('rest api', a);
    const stageName = at(STAGES, b);
    const mark = `postern:shop@shop/${String(c).padStart(8, '0')}`;
    const variables = variablesOf(site, choice);
    const canary = { canarySettings: { percentTraffic: c % 100, stageVariableOverrides: { port: '9000' } } };
    const { id } = rest(site, 'CreateDeployment', {
      restApiId,
      stageName,
      description: mark,
      variables,
      ...(d % 7 === 0 ? canary : {}),
    });
    if (!odd(c)) return;
    rest(site, 'TagResource', {
      resourceArn: `arn:aws:apigateway:${site.region}::/restapis/${restApiId}/stages/${stageName}`,
      tags: {
        'postern:deployed:shop': `${mark.split('/')[1]} ${id}`,
        ...(odd(d) ? { 'postern:project': 'shop', 'postern:owner': 'a1' } : {}),
      },
    });
  },
  'rest stage': (site, choice) => {
    const [a, b, c] = choice;
    const value = String(variablesOf(site, [1, c, 0, 0])['link']);
    rest(site, 'UpdateStage', {
      restApiId: site.pick('rest api', a),
      stageName: at(STAGES, b),
      patchOperations: [{ op: 'replace', path: '/variables/link', value }],
    });
  },
  throttle: (site, [a, b, c, d]) => {
    const limit = String(1 + (d % 50));
    const path = `/${at(['*/*', '~1orders/GET', '~1orders~1{id}/POST', '~1/GET'], c)}/throttling/${odd(d) ? 'rateLimit' : 'burstLimit'}`;
    const [method = ''] = path.split('/throttling');
    const caching = at(['caching/enabled', 'caching/ttlInSeconds', 'caching/requireAuthorizationForCacheControl'], d);
    const patchOperations = [
      { op: 'replace', path, value: limit },
      { op: 'replace', path: '/cacheClusterEnabled', value: String(c % 3 !== 0) },
      { op: 'replace', path: '/*/*/caching/enabled', value: String(d % 5 !== 0) },
      { op: 'replace', path: `${method}/${caching}`, value: caching.endsWith('Seconds') ? limit : String(odd(c)) },
    ];
    rest(site, 'UpdateStage', { restApiId: site.pick('rest api', a), stageName: at(STAGES, b), patchOperations });
    const limits = { ThrottlingRateLimit: 1 + (d % 50), ThrottlingBurstLimit: 1 + (c % 9) };
    const settings = odd(d) ? { DefaultRouteSettings: limits } : { RouteSettings: { $default: limits } };
    site.http('UpdateStage', { ApiId: site.pick('socket api', a), StageName: at(STAGES, b), ...settings });
  },
  'client certificate': (site, [a, b, c]) => {
    const { clientCertificateId: value } = rest(site, 'GenerateClientCertificate', {});
    const patchOperations = [{ op: 'replace', path: '/clientCertificateId', value }];
    if (odd(c))
      site.http('UpdateStage', {
        ApiId: site.pick('socket api', a),
        StageName: at(STAGES, b),
        ClientCertificateId: value,
      });
    else rest(site, 'UpdateStage', { restApiId: site.pick('rest api', a), stageName: at(STAGES, b), patchOperations });
  },
  'socket api': (site, [a]) => {
    if (site.all('socket api').length >= 2) return;
    const api = { Name: `socket ${a}`, ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action' };
    site.keep('socket api', site.http('CreateApi', api).ApiId);
  },
  'socket route': (site, [a, b, c, d]) => {
    const ApiId = site.pick('socket api', a);
    const byVariable = c % 3 === 0;
    const port = at(['', ':8080', ':${stageVariables.port}'], d);
    const { IntegrationId } = site.http('CreateIntegration', {
      ApiId,
      IntegrationType: 'HTTP_PROXY',
      IntegrationMethod: 'POST',
      ConnectionType: 'VPC_LINK',
      ConnectionId: byVariable ? '${stageVariables.link}' : site.pick('v1 link', b),
      IntegrationUri: `${at(['http', 'https'], b)}://orders.internal${port}${odd(d) ? '/' : '/events'}`,
      ...(odd(c) ? { TimeoutInMillis: 5000 } : {}),
      ...(odd(d) ? { RequestParameters: { 'integration.request.header.x-id': 'context.connectionId' } } : {}),
    });
    const RouteKey = at(['$connect', '$default', 'orders', 'stock'], d);
    site.http('CreateRoute', { ApiId, RouteKey, Target: `integrations/${IntegrationId}` });
  },
  'socket stage': (site, choice) => {
    const [a, b] = choice;
    const ApiId = site.pick('socket api', a);
    const StageName = at(STAGES, b);
    site.http('CreateStage', { ApiId, StageName, StageVariables: variablesOf(site, choice) });
    site.http('CreateDeployment', { ApiId, StageName });
  },
};
