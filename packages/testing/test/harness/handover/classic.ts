import type { Simulation } from '@postern/simulator';
import { definition } from '../../../../alibaba/test/traditional/handover/shop.js';
import { buildWorld, caller } from '../../../../alibaba/test/world/conformance-world.js';

export const REGION = 'cn-hangzhou';

/** Where the calls of an API go. */
export type Backend = 'server' | 'balancer' | 'public' | 'mock';

/** An API of a scenario. */
export interface Api {
  /** `GET /orders/[id]`. */
  readonly key: string;
  readonly backend: Backend;
  /** The backend's path, where it is another one. */
  readonly to?: string | undefined;
  /** Names of the apps that may call it; without it anyone may. */
  readonly apps?: readonly string[] | undefined;
  /** The stages that it is published on; RELEASE without it. */
  readonly stages?: readonly string[] | undefined;
  /** What CreateApi is sent besides. */
  readonly more?: object | undefined;
}

/** The group, and what it is called and built with. */
export interface Classic {
  readonly groupId: string;
  readonly networkId: string;
  readonly subnetIds: readonly string[];
  readonly serverGroup: string;
  /** The ID of the server. */
  readonly server: string;
  readonly call: ReturnType<typeof caller>;
  /** Publishes an API; returns its ID. */
  readonly publish: (api: Api) => string;
}

/** What public backends are called by. */
const PARTNER = 'partner.example.org';
/** The egress of shared instances [I]: the backends admit it. */
const CLASSIC_EGRESS = '100.104.0.0/16';
const SERVER_PORT = 8080;
const BALANCER_PORT = 80;

/** A group on an instance of API Gateway, with a server, a load balancer and the Internet behind it. */
export async function classicGroup(simulation: Simulation): Promise<Classic> {
  const world = await buildWorld(simulation, REGION);
  const call = caller(simulation, REGION);
  const {
    networkId = '',
    subnetIds = [],
    securityGroupIds = [],
    targets,
    gateway,
  } = world as unknown as {
    readonly networkId?: string;
    readonly subnetIds?: readonly string[];
    readonly securityGroupIds?: readonly string[];
    readonly targets: readonly { readonly instance: string }[];
    readonly gateway: { readonly id: string };
  };
  const [balancer, server = ''] = targets.map(({ instance }) => instance);
  const [serverGroup = ''] = securityGroupIds;
  call('CloudAPI', 'SetVpcAccess', { Name: 'server', VpcId: networkId, InstanceId: server, Port: SERVER_PORT });
  call('CloudAPI', 'SetVpcAccess', { Name: 'balancer', VpcId: networkId, InstanceId: balancer, Port: BALANCER_PORT });
  call('Slb', 'AddBackendServers', {
    LoadBalancerId: balancer,
    BackendServers: JSON.stringify([{ ServerId: server }]),
  });
  // A load balancer of layer 4 keeps the caller's address: who calls by it is admitted by block.
  for (const [port, block] of [
    [SERVER_PORT, CLASSIC_EGRESS],
    [BALANCER_PORT, CLASSIC_EGRESS],
    [BALANCER_PORT, '10.10.0.0/16'],
  ] as const) {
    call('Ecs', 'AuthorizeSecurityGroup', {
      SecurityGroupId: serverGroup,
      IpProtocol: 'tcp',
      PortRange: `${port}/${port}`,
      SourceCidrIp: block,
    });
  }
  const groupId = gateway.id;
  return {
    groupId,
    networkId,
    subnetIds,
    serverGroup,
    server,
    call,
    publish: (api) => publish(call, groupId, api),
  };
}

const SERVICES: Readonly<Record<Backend, object>> = {
  server: { ServiceVpcEnable: 'TRUE', VpcConfig: { Name: 'server', VpcScheme: 'HTTP' } },
  balancer: { ServiceVpcEnable: 'TRUE', VpcConfig: { Name: 'balancer', VpcScheme: 'HTTP' } },
  public: { ServiceAddress: `http://${PARTNER}` },
  mock: { Mock: 'TRUE', MockResult: 'a fixed answer' },
};

function publish(call: Classic['call'], GroupId: string, api: Api): string {
  const { key, backend, to, apps, stages = ['RELEASE'], more = {} } = api;
  const [method = 'GET', path = '/'] = key.split(' ');
  const names = [...path.matchAll(/\[(\w+)\]/g)].map(([, name = '']) => name);
  const parameters = names.length === 0 ? {} : pathParameters(names);
  const made = definition(
    path,
    { ...SERVICES[backend], ServicePath: to ?? path },
    {
      AuthType: apps === undefined ? 'ANONYMOUS' : 'APP',
      ApiName: `${method}${path}`.replace(/\W+/g, '_').replace(/_$/, ''),
      RequestConfig: JSON.stringify({
        RequestProtocol: 'HTTP,HTTPS',
        RequestHttpMethod: method,
        RequestPath: path,
        RequestMode: 'PASSTHROUGH',
      }),
      ...parameters,
      ...more,
    },
  );
  const { ApiId } = call('CloudAPI', 'CreateApi', { GroupId, ...made });
  for (const StageName of stages) call('CloudAPI', 'DeployApi', { GroupId, ApiId, StageName, Description: 'd' });
  return ApiId as string;
}

/** Parameters of the path that are passed to the backend's path. */
function pathParameters(names: readonly string[]): object {
  const each = <T>(of: (name: string) => T): string => JSON.stringify(names.map(of));
  return {
    RequestParameters: each((name) => ({
      ApiParameterName: name,
      Location: 'Path',
      ParameterType: 'String',
      Required: 'REQUIRED',
    })),
    ServiceParameters: each((name) => ({ ServiceParameterName: name, Location: 'Path', ParameterType: 'String' })),
    ServiceParametersMap: each((name) => ({ ServiceParameterName: name, RequestParameterName: name })),
  };
}
