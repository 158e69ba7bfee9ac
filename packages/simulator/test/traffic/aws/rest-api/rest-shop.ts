import {
  simulate,
  type ServiceName,
  type SimulateOptions,
  type TrafficCall,
} from '../../../../src/internal/simulation.js';
import { runInstance } from '../../../aws/run-instance.js';

type Row = Readonly<Record<string, any>>;

export const REGION = 'eu-west-1';
export const ACCOUNT = '111122223333';
export const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/;
export const FORBIDDEN = '{"message":"Forbidden"}';
export const INTERNAL = '{"message": "Internal server error"}';

/**
 * A regional REST API without methods, a V2 link with an application load balancer and a V1 link with a network load
 * balancer, both in front of one server on port 8080, all of it in the default VPC. Changes reach the data path at once, and
 * nothing throttles, unless asked for.
 */
export async function restShop(options: SimulateOptions = {}, api: Row = {}) {
  const sim = simulate({ seed: 7, throttle: false, dataPathDelay: 0, ...options });
  const call = (service: ServiceName, operation: string, input: Row = {}): any =>
    sim.call({ service, operation, region: REGION }, input);
  const ec2 = (operation: string, input: Row = {}): any => call('ec2', operation, input);
  const elb = (operation: string, input: Row = {}): any => call('elasticloadbalancingv2', operation, input);
  const rest = (operation: string, input: Row = {}): any => call('apigateway', operation, { restApiId, ...input });
  const subnets: Row[] = ec2('DescribeSubnets').Subnets;
  const [{ GroupId }] = ec2('DescribeSecurityGroups').SecurityGroups;
  const SubnetIds = subnets.map((row) => row['SubnetId'] as string);
  const { PrivateIpAddress: server } = runInstance(ec2, { SubnetId: SubnetIds[0] });
  const IpPermissions = [{ IpProtocol: 'tcp', FromPort: 8080, ToPort: 8080, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }];
  ec2('AuthorizeSecurityGroupIngress', { GroupId, IpPermissions });
  const balancer = (Name: string, Type: string, Protocol: string): string => {
    const more = Type === 'application' ? { SecurityGroups: [GroupId] } : {};
    const input = { Name, Type, Scheme: 'internal', Subnets: SubnetIds, ...more };
    const [{ LoadBalancerArn }] = elb('CreateLoadBalancer', input).LoadBalancers;
    listener(LoadBalancerArn, 80, Protocol, group(Name, Protocol));
    return LoadBalancerArn;
  };
  const group = (Name: string, Protocol: string): string => {
    const input = { Name, Protocol, Port: 8080, VpcId: subnets[0]?.['VpcId'], TargetType: 'ip' };
    const [{ TargetGroupArn }] = elb('CreateTargetGroup', input).TargetGroups;
    elb('RegisterTargets', { TargetGroupArn, Targets: [{ Id: server }] });
    return TargetGroupArn;
  };
  const listener = (LoadBalancerArn: string, Port: number, Protocol: string, TargetGroupArn: string, more: Row = {}) =>
    elb('CreateListener', {
      LoadBalancerArn,
      Protocol,
      Port,
      DefaultActions: [{ Type: 'forward', TargetGroupArn }],
      ...more,
    });
  const alb = balancer('orders', 'application', 'HTTP');
  const nlb = balancer('carts', 'network', 'TCP');
  const Attributes = [{ Key: 'load_balancing.cross_zone.enabled', Value: 'true' }];
  elb('ModifyLoadBalancerAttributes', { LoadBalancerArn: nlb, Attributes });
  const { id: restApiId, rootResourceId } = call('apigateway', 'CreateRestApi', {
    name: 'shop',
    endpointConfiguration: { types: ['REGIONAL'] },
    ...api,
  });
  await sim.advance(600_000);
  const { VpcLinkId: v2 } = call('apigatewayv2', 'CreateVpcLink', {
    Name: 'two',
    SubnetIds,
    SecurityGroupIds: [GroupId],
  });
  const { id: v1 } = call('apigateway', 'CreateVpcLink', { name: 'one', targetArns: [nlb] });
  await sim.advance(600_000);

  const host = `${restApiId}.execute-api.${REGION}.amazonaws.com`;
  const resources = new Map<string, string>([['', rootResourceId]]);
  /** The ID of a resource; it is created, and those above it, where it does not exist. */
  const resource = (path: string): string => {
    const key = path === '/' ? '' : path;
    const known = resources.get(key);
    if (known !== undefined) return known;
    const end = key.lastIndexOf('/');
    const { id } = rest('CreateResource', { parentId: resource(key.slice(0, end)), pathPart: key.slice(end + 1) });
    resources.set(key, id);
    return id;
  };
  const byV2 = { connectionId: v2, integrationTarget: alb };
  /** A method of the working copy: HTTP_PROXY through the V2 link, unless something else is given. */
  const method = (route: string, integration: Row = {}, more: Row = {}): { resourceId: string; httpMethod: string } => {
    const [httpMethod = '', path = ''] = route.split(' ');
    const names = [...path.matchAll(/\{([^}+]+)\+?\}/g)].map(([, name = '']) => name);
    const declared = Object.fromEntries(names.map((name) => [`method.request.path.${name}`, true]));
    const mapped = Object.fromEntries(
      names.map((name) => [`integration.request.path.${name}`, `method.request.path.${name}`]),
    );
    const at = { resourceId: resource(path), httpMethod };
    rest('PutMethod', {
      ...at,
      authorizationType: 'NONE',
      ...more,
      requestParameters: { ...declared, ...more['requestParameters'] },
    });
    const isMock = integration['type'] === 'MOCK';
    rest('PutIntegration', {
      ...at,
      ...(!isMock && {
        type: 'HTTP_PROXY',
        integrationHttpMethod: 'ANY',
        uri: `http://orders.internal${path.replaceAll('+}', '}')}`,
        connectionType: 'VPC_LINK',
        ...(integration['connectionId'] === undefined && byV2),
      }),
      ...integration,
      requestParameters: { ...(!isMock && mapped), ...integration['requestParameters'] },
    });
    return at;
  };
  const response = (at: Row, statusCode: string, more: Row = {}, declared: Row = {}): void => {
    rest('PutMethodResponse', { ...at, statusCode, responseParameters: declared });
    rest('PutIntegrationResponse', { ...at, statusCode, ...more });
  };
  return {
    sim,
    call,
    ec2,
    elb,
    rest,
    restApiId: restApiId as string,
    host,
    server,
    groupId: GroupId as string,
    alb,
    nlb,
    v1: v1 as string,
    v2: v2 as string,
    subnetIds: SubnetIds,
    group,
    listener,
    method,
    response,
    deploy: (stageName: string | undefined = 'prod', more: Row = {}): string =>
      rest('CreateDeployment', { stageName, ...more }).id,
    stage: (path: string, value: string, op = 'replace', stageName = 'prod') =>
      rest('UpdateStage', { stageName, patchOperations: [{ op, path, value }] }),
    /** Calls the API: a GET unless something else is given. */
    get: (path: string, more: Partial<TrafficCall> = {}) => sim.traffic.call({ host, path, ...more }),
    /** What the echo of the server says it got. */
    echo: async (path: string, more: Partial<TrafficCall> = {}) => {
      const answer = await sim.traffic.call({ host, path, ...more });
      if (answer.outcome !== 'delivered') throw new Error(`${answer.outcome}: ${answer.because}`);
      return JSON.parse(answer.body) as Row;
    },
  };
}

export type RestShop = Awaited<ReturnType<typeof restShop>>;

/** With the root, `/{proxy+}` and a deployment on the stage `prod`. */
export async function openShop(integration: Row = {}, options: SimulateOptions = {}, api: Row = {}) {
  const shop = await restShop(options, api);
  shop.method('ANY /', integration);
  shop.method('ANY /{proxy+}', integration);
  shop.deploy();
  return shop;
}

/** The parts of an answer that a caller sees first. */
export const seen = ({ status, body, headers }: { status: number; body: string; headers: Row }) => [
  status,
  body,
  headers['x-amzn-errortype'],
];
