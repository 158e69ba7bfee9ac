// The shop on the API Gateway that ends: a group with five APIs behind its own domain, and the domain's record.

export const HOST = 'api.example.com';

/** Makes the group in the network of `buildNetwork`, and answers with its parts. `tell` is called for each. */
export async function buildShop(call, { vpc, groups, server, group }, tell) {
  const [, guard] = groups;
  // The classic service calls from this block of its own.
  await call('ecs', 'AuthorizeSecurityGroup', {
    SecurityGroupId: guard,
    IpProtocol: 'TCP',
    PortRange: '8080/8081',
    SourceCidrIp: '100.104.0.0/16',
  });
  for (const name of ['shop', 'prices']) await authorize(call, name, vpc, server);
  const apis = {
    stock: await publish(call, group, 'stock', { path: '/stock' }),
    basket: await publish(call, group, 'basket', { path: '/baskets/[id]', service: '/v2/baskets/[id]' }),
    files: await publish(call, group, 'files', { path: '/files/*', method: 'ANY' }),
    orders: await publish(call, group, 'orders', { path: '/orders', auth: 'APP', more: { ForceNonceCheck: true } }),
    prices: await publish(call, group, 'prices', { path: '/prices', access: 'prices' }),
  };
  // Somebody removed an authorization that an API still names.
  await call('cloudapi', 'RemoveVpcAccess', { VpcId: vpc, InstanceId: server, Port: PORTS.prices });
  tell('API group', group, 'five APIs on RELEASE: GET /orders with signatures, ANY /files/*');
  const { AppId } = await call('cloudapi', 'CreateApp', {
    AppName: 'webshop',
    AppKey: '204000001',
    AppSecret: 'secret-of-the-example',
  });
  const authority = { GroupId: group, ApiId: apis.orders, StageName: 'RELEASE', AppIds: String(AppId) };
  await call('cloudapi', 'SetAppsAuthorities', authority);
  tell('app', String(AppId), 'signs GET /orders');
  await call('cloudapi', 'SetDomain', { GroupId: group, DomainName: HOST });
  await call('alidns', 'AddDomain', { DomainName: 'example.com' });
  const record = { RR: 'api', Type: 'CNAME', Value: `${group}-cn-hangzhou.alicloudapi.com`, TTL: 60 };
  await call('alidns', 'AddDomainRecord', { DomainName: 'example.com', ...record });
  tell('record', HOST, 'CNAME of the group, 60 s');
  return { group, apis, vpc, server };
}

/** An authorization is one server and port. */
const PORTS = { shop: 8080, prices: 8081 };

/** Lets API Gateway call a port of a server: what an API names as its backend. */
const authorize = (call, Name, VpcId, InstanceId) =>
  call('cloudapi', 'SetVpcAccess', { Name, VpcId, InstanceId, Port: PORTS[Name] });

/** Makes the missing authorization. The API is published again: it was published with the one that was removed. */
export async function mend(call, { group, apis, vpc, server }) {
  await authorize(call, 'prices', vpc, server);
  const api = { GroupId: group, ApiId: apis.prices, StageName: 'RELEASE' };
  await call('cloudapi', 'DeployApi', { ...api, Description: 'mended' });
}

/** Takes the APIs off the classic service, or puts them back. */
export async function setOnline(call, { group, apis }, isOnline) {
  for (const ApiId of Object.values(apis)) {
    const api = { GroupId: group, ApiId, StageName: 'RELEASE' };
    await (isOnline
      ? call('cloudapi', 'DeployApi', { ...api, Description: 'again' })
      : call('cloudapi', 'AbolishApi', api));
  }
}

async function publish(
  call,
  GroupId,
  name,
  { path, service = path, method = 'GET', auth = 'ANONYMOUS', access = 'shop', more },
) {
  const inPath = [...path.matchAll(/\[(\w+)\]/g)].map(([, id]) => id);
  const { ApiId } = await call('cloudapi', 'CreateApi', {
    GroupId,
    ApiName: name,
    Visibility: 'PRIVATE',
    AuthType: auth,
    RequestConfig: JSON.stringify({
      RequestProtocol: 'HTTP',
      RequestHttpMethod: method,
      RequestPath: path,
      RequestMode: 'PASSTHROUGH',
    }),
    ServiceConfig: JSON.stringify({
      ServiceProtocol: 'HTTP',
      ServicePath: service,
      ServiceVpcEnable: 'TRUE',
      VpcConfig: { Name: access, VpcScheme: 'HTTP' },
    }),
    RequestParameters: JSON.stringify(
      inPath.map((id) => ({ ApiParameterName: id, Location: 'Path', ParameterType: 'String', Required: 'REQUIRED' })),
    ),
    ServiceParameters: JSON.stringify(
      inPath.map((id) => ({ ServiceParameterName: id, Location: 'Path', ParameterType: 'String' })),
    ),
    ServiceParametersMap: JSON.stringify(inPath.map((id) => ({ ServiceParameterName: id, RequestParameterName: id }))),
    ...more,
  });
  await call('cloudapi', 'DeployApi', { GroupId, ApiId, StageName: 'RELEASE', Description: 'first' });
  return ApiId;
}
