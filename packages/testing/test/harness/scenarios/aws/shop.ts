import type { ServiceName, Simulation } from '@postern/simulator/internal/simulation';
import { runInstance } from '../../../../../simulator/test/aws/run-instance.js';

type Row = Readonly<Record<string, any>>;

export const REGION = 'eu-west-1';
export const FAR_REGION = 'eu-central-1';

/** Parts of the shop that only some scenarios need; see {@link AwsShop}. */
export type Part = 'rest' | 'socket' | 'far' | 'links' | 'ports';

/** What specs name. */
export interface AwsShop {
  readonly subnets: readonly string[];
  readonly group: string;
  /** An HTTP API with a stage that deploys by itself, and one with a stage that does not. */
  readonly api: string;
  readonly manual: string;
  /** `rest`: a REST API with the stages `prod` and `test`, and Network Load Balancers `orders-nlb` and `bills-nlb`. */
  readonly rest: string;
  /** With `rest`: a REST API without methods and stages. */
  readonly bare: string;
  /** `socket`: a WebSocket API with the stage `prod`, and the same load balancers. */
  readonly socket: string;
  /** `far`: the same as `subnets`, `group` and `api`, in {@link FAR_REGION}. */
  readonly far: { readonly subnets: readonly string[]; readonly group: string; readonly api: string };
  /** `ports`: the load balancers listen on port 8080 as well. `links`: a V2 link and a V1 link of others, to be named by ID. */
  readonly links: { readonly v2: string; readonly v1: string };
}

/** Calls one region at once, without faults. */
class Region {
  readonly subnets: readonly string[];
  readonly group: string;
  readonly #networkId: string;

  constructor(
    readonly simulation: Simulation,
    readonly region: string,
  ) {
    const rows: Row[] = this.call('ec2', 'DescribeSubnets').Subnets;
    this.subnets = rows.map((row) => row['SubnetId'] as string);
    this.#networkId = rows[0]?.['VpcId'];
    this.group = this.call('ec2', 'DescribeSecurityGroups').SecurityGroups[0].GroupId;
    const IpRanges = [{ CidrIp: '172.31.0.0/16' }];
    const IpPermissions = [{ IpProtocol: 'tcp', FromPort: 80, ToPort: 8080, IpRanges }];
    this.call('ec2', 'AuthorizeSecurityGroupIngress', { GroupId: this.group, IpPermissions });
  }

  call(service: ServiceName, operation: string, input: Row = {}): any {
    return this.simulation.call({ service, operation, region: this.region }, input);
  }

  http(operation: string, input: Row): any {
    return this.call('apigatewayv2', operation, input);
  }

  /** An internal load balancer with one server and a listener on port 80; its ARN. */
  balancer(Name: string, Type: 'application' | 'network' = 'application', ports: readonly number[] = [80]): string {
    const elb = (operation: string, input: Row): any => this.call('elasticloadbalancingv2', operation, input);
    const ec2 = (operation: string, input: Row): any => this.call('ec2', operation, input);
    const { PrivateIpAddress: Id } = runInstance(ec2, { SubnetId: this.subnets[0] });
    const Protocol = Type === 'application' ? 'HTTP' : 'TCP';
    const VpcId = this.#networkId;
    const [{ TargetGroupArn }] = elb('CreateTargetGroup', {
      Name,
      Protocol,
      Port: 8080,
      VpcId,
      TargetType: 'ip',
      HealthCheckIntervalSeconds: 300,
      HealthCheckTimeoutSeconds: 60,
    }).TargetGroups;
    elb('RegisterTargets', { TargetGroupArn, Targets: [{ Id }] });
    // A Network Load Balancer calls servers of the zone only, and enforces security groups on private links.
    const where =
      Type === 'application'
        ? { Subnets: this.subnets, SecurityGroups: [this.group] }
        : { Subnets: this.subnets.slice(0, 1) };
    const request = { Name, Type, Scheme: 'internal', ...where };
    const [{ LoadBalancerArn }] = elb('CreateLoadBalancer', request).LoadBalancers;
    const DefaultActions = [{ Type: 'forward', TargetGroupArn }];
    for (const Port of ports) elb('CreateListener', { LoadBalancerArn, Protocol, Port, DefaultActions });
    return LoadBalancerArn as string;
  }

  /** An HTTP API with a route of others, so that a deployment is possible at any time. */
  httpApi(Name: string, AutoDeploy: boolean): string {
    const { ApiId } = this.http('CreateApi', { Name, ProtocolType: 'HTTP' });
    this.http('CreateStage', { ApiId, StageName: '$default', AutoDeploy });
    const { IntegrationId } = this.http('CreateIntegration', {
      ApiId,
      IntegrationType: 'HTTP_PROXY',
      IntegrationMethod: 'GET',
      IntegrationUri: 'https://example.com/',
      PayloadFormatVersion: '1.0',
    });
    this.http('CreateRoute', { ApiId, RouteKey: 'GET /theirs', Target: `integrations/${IntegrationId}` });
    return ApiId as string;
  }

  /** A REST API without methods and stages. */
  bareRestApi(name: string): any {
    return this.call('apigateway', 'CreateRestApi', { name, endpointConfiguration: { types: ['REGIONAL'] } });
  }

  /** A REST API with a method of others, deployed to `prod` and `test`. */
  restApi(name: string): string {
    const rest = (operation: string, input: Row): any => this.call('apigateway', operation, input);
    const { id: restApiId, rootResourceId: parentId } = this.bareRestApi(name);
    const { id: resourceId } = rest('CreateResource', { restApiId, parentId, pathPart: 'theirs' });
    const method = { restApiId, resourceId, httpMethod: 'GET' };
    rest('PutMethod', { ...method, authorizationType: 'NONE' });
    rest('PutIntegration', { ...method, type: 'MOCK' });
    for (const stageName of ['prod', 'test']) rest('CreateDeployment', { restApiId, stageName });
    return restApiId as string;
  }

  /** A WebSocket API with a route of others and the stage `prod`. */
  webSocketApi(Name: string): string {
    const RouteSelectionExpression = '$request.body.action';
    const { ApiId } = this.http('CreateApi', { Name, ProtocolType: 'WEBSOCKET', RouteSelectionExpression });
    const { IntegrationId } = this.http('CreateIntegration', { ApiId, IntegrationType: 'MOCK' });
    this.http('CreateRoute', { ApiId, RouteKey: 'theirs', Target: `integrations/${IntegrationId}` });
    const { DeploymentId } = this.http('CreateDeployment', { ApiId });
    this.http('CreateStage', { ApiId, StageName: 'prod', DeploymentId });
    return ApiId as string;
  }
}

/** Three subnets, two load balancers `orders` and `bills` with one server each, two HTTP APIs, and more {@link Part parts}. */
export async function awsShop(simulation: Simulation, parts: readonly Part[] = []): Promise<AwsShop> {
  const here = new Region(simulation, REGION);
  const { subnets, group } = here;
  const ports = parts.includes('ports') ? [80, 8080] : [80];
  for (const name of ['orders', 'bills']) here.balancer(name, 'application', ports);
  const hasNlbs = parts.includes('rest') || parts.includes('socket');
  if (hasNlbs) for (const name of ['orders-nlb', 'bills-nlb']) here.balancer(name, 'network');
  const v1 = parts.includes('links') ? here.balancer('theirs-nlb', 'network') : undefined;
  const far = parts.includes('far') ? new Region(simulation, FAR_REGION) : undefined;
  far?.balancer('orders');
  const SubnetIds = [subnets[0], subnets[2]]; // a copied mark does not match them
  const link = here.http('CreateVpcLink', { Name: 'theirs', SubnetIds, SecurityGroupIds: [group] });
  await simulation.advance(600_000);
  const shop = {
    subnets,
    group,
    api: here.httpApi('shop', true),
    manual: here.httpApi('manual', false),
    rest: parts.includes('rest') ? here.restApi('shop') : '',
    bare: parts.includes('rest') ? here.bareRestApi('bare').id : '',
    socket: parts.includes('socket') ? here.webSocketApi('chat') : '',
    far: { subnets: far?.subnets ?? [], group: far?.group ?? '', api: far?.httpApi('shop', true) ?? '' },
    links: {
      v2: link.VpcLinkId as string,
      v1: v1 ? (here.call('apigateway', 'CreateVpcLink', { name: 'theirs', targetArns: [v1] }).id as string) : '',
    },
  };
  await simulation.advance(1_200_000);
  return shop;
}
