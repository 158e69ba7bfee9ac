import { handoverReader } from '../../../src/traditional/handover/internal.js';
import { REGION, simulated } from '../../world/simulated.js';

type Cloud = Awaited<ReturnType<typeof simulated>>;

/** The secret of the app: no output may contain it. */
export const SECRET = 'canary-of-an-app';

/** What CreateApi is sent. */
export const definition = (path: string, service: object, more: object = {}) => ({
  ApiName: path.slice(1).replace(/\W/g, '_'),
  Visibility: 'PRIVATE',
  AuthType: 'APP',
  RequestConfig: JSON.stringify({
    RequestProtocol: 'HTTP,HTTPS',
    RequestHttpMethod: 'GET',
    RequestPath: path,
    RequestMode: 'PASSTHROUGH',
  }),
  ServiceConfig: JSON.stringify({ ServiceProtocol: 'HTTP', ServiceTimeout: 10_000, ...service }),
  ...more,
});

/** Creates and publishes an API; returns its ID. */
export function publish({ call, world }: Cloud, made: object, StageName = 'RELEASE'): string {
  const { ApiId } = call('CloudAPI', 'CreateApi', { GroupId: world.gateway.id, ...made });
  call('CloudAPI', 'DeployApi', { GroupId: world.gateway.id, ApiId, StageName, Description: 'd' });
  return ApiId;
}

/** A group with an authorization of HTTPS, a public backend, a mock, an app and a plug-in. */
export async function shop() {
  const cloud = await simulated();
  const { call, world } = cloud;
  const [, machine] = world.targets as unknown as readonly { readonly instance: string; readonly port: number }[];
  call('CloudAPI', 'SetVpcAccess', {
    Name: 'orders-vpc',
    VpcId: (world as unknown as { readonly networkId: string }).networkId,
    InstanceId: machine?.instance,
    Port: machine?.port,
    VpcTargetHostName: 'orders.internal',
  });
  const vpc = { ServiceVpcEnable: 'TRUE', VpcConfig: { Name: 'orders-vpc', VpcScheme: 'HTTPS' } };
  const orders = publish(
    cloud,
    definition(
      '/orders/[id]',
      { ...vpc, ServicePath: '/v2/orders/[id]' },
      {
        ForceNonceCheck: true,
        RequestParameters: JSON.stringify([
          { ApiParameterName: 'id', Location: 'Path', ParameterType: 'String', Required: 'REQUIRED' },
        ]),
        ServiceParameters: JSON.stringify([{ ServiceParameterName: 'id', Location: 'Path', ParameterType: 'String' }]),
        ServiceParametersMap: JSON.stringify([{ ServiceParameterName: 'id', RequestParameterName: 'id' }]),
      },
    ),
  );
  const open = publish(
    cloud,
    definition('/open', { ServiceAddress: 'http://open.example.com' }, { AuthType: 'ANONYMOUS' }),
    'TEST',
  );
  const { AppId } = call('CloudAPI', 'CreateApp', { AppName: 'webshop', AppKey: '204000001', AppSecret: SECRET });
  call('CloudAPI', 'SetAppsAuthorities', {
    GroupId: world.gateway.id,
    ApiId: orders,
    StageName: 'RELEASE',
    AppIds: String(AppId),
  });
  const { PluginId } = call('CloudAPI', 'CreatePlugin', {
    PluginName: 'browsers',
    PluginType: 'cors',
    PluginData: 'allowOrigins: example.com\n',
  });
  call('CloudAPI', 'AttachPlugin', { PluginId, GroupId: world.gateway.id, ApiId: orders, StageName: 'RELEASE' });
  const reader = handoverReader({ region: REGION, api: cloud.simulation.alibaba(REGION) });
  return { cloud, reader, orders, open, groupId: world.gateway.id, machine };
}
