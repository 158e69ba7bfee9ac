// An HTTP API of the simulated AWS with as many routes as are asked for, behind a tenth as many integrations (at most 150, since a move
// makes each a second time and an API has 300), each of which calls a listener of its own; 25 listeners to a load balancer. Two VPC links;
// the last load balancer lets the old one in alone. It is observed as a live validation observes it.
import { aws } from '../../packages/aws/dist/index.js';
import { createContext } from '../../packages/core/dist/index.js';
import { encodeSnapshot } from '../../packages/core/dist/snapshot.js';
import { simulate } from '../../packages/simulator/dist/index.js';

const REGION = 'eu-west-1';
const MINUTES = 60_000;
const PER_BALANCER = 25;
const MOST_INTEGRATIONS = 150;

/** @param {number} routes */
export async function awsMigrationWorld(routes) {
  const counts = { routes, integrations: Math.min(Math.ceil(routes / 10), MOST_INTEGRATIONS) };
  const quotas = { 'routes-per-api': routes };
  const simulation = simulate({ seed: 7, clock: 'auto', throttle: false, quotas });
  const call = (service, operation, input = {}) => simulation.call({ service, operation, region: REGION }, input);
  const ec2 = (operation, input) => call('ec2', operation, input);
  const elb = (operation, input) => call('elasticloadbalancingv2', operation, input);
  const gateway = (operation, input) => call('apigatewayv2', operation, input);
  const { VpcId } = ec2('CreateVpc', { CidrBlock: '10.20.0.0/16' }).Vpc;
  const subnet = (CidrBlock, zone) =>
    ec2('CreateSubnet', { VpcId, CidrBlock, AvailabilityZone: `${REGION}${zone}` }).Subnet.SubnetId;
  const ways = [subnet('10.20.0.0/24', 'a'), subnet('10.20.1.0/24', 'b')];
  const app = [subnet('10.20.128.0/20', 'a'), subnet('10.20.144.0/20', 'b')];
  const group = (GroupName) => ec2('CreateSecurityGroup', { VpcId, GroupName, Description: GroupName }).GroupId;
  const admit = (GroupId, FromPort, ToPort, from) =>
    ec2('AuthorizeSecurityGroupIngress', {
      GroupId,
      IpPermissions: [{ IpProtocol: 'tcp', FromPort, ToPort, UserIdGroupPairs: from.map((one) => ({ GroupId: one })) }],
    });
  const [old, next, servers] = [group('old'), group('next'), group('servers')];
  const link = (Name, own) => gateway('CreateVpcLink', { Name, SubnetIds: ways, SecurityGroupIds: [own] }).VpcLinkId;
  const [from, to] = [link('old', old), link('next', next)];

  const listeners = [];
  for (let balancer = 0; listeners.length < counts.integrations; balancer += 1) {
    const own = group(`balancer${balancer}`);
    const left = Math.min(PER_BALANCER, counts.integrations - listeners.length);
    const isLast = listeners.length + left === counts.integrations;
    admit(own, 8000, 8000 + PER_BALANCER, isLast ? [old] : [old, next]);
    admit(servers, 8080, 8080, [own]);
    const Targets = app.map((SubnetId) => {
      const { NetworkInterface: made } = ec2('CreateNetworkInterface', { SubnetId, Groups: [servers] });
      simulation.plant(REGION, { kind: 'instance', networkInterfaceId: made.NetworkInterfaceId });
      return { Id: made.PrivateIpAddress };
    });
    const [{ LoadBalancerArn }] = elb('CreateLoadBalancer', {
      Name: `balancer${balancer}`,
      Type: 'application',
      Scheme: 'internal',
      Subnets: app,
      SecurityGroups: [own],
    }).LoadBalancers;
    for (let port = 0; port < left; port += 1) {
      const [{ TargetGroupArn }] = elb('CreateTargetGroup', {
        Name: `servers${listeners.length}`,
        VpcId,
        Protocol: 'HTTP',
        Port: 8080,
        TargetType: 'ip',
      }).TargetGroups;
      elb('RegisterTargets', { TargetGroupArn, Targets });
      const [{ ListenerArn }] = elb('CreateListener', {
        LoadBalancerArn,
        Protocol: 'HTTP',
        Port: 8000 + port,
        DefaultActions: [{ Type: 'forward', TargetGroupArn }],
      }).Listeners;
      listeners.push(ListenerArn);
    }
  }
  await simulation.advance(10 * MINUTES);

  const { ApiId } = gateway('CreateApi', { Name: 'shop', ProtocolType: 'HTTP' });
  gateway('CreateStage', { ApiId, StageName: '$default', AutoDeploy: true });
  const integrations = listeners.map(
    (IntegrationUri) =>
      gateway('CreateIntegration', {
        ApiId,
        IntegrationType: 'HTTP_PROXY',
        IntegrationMethod: 'ANY',
        ConnectionType: 'VPC_LINK',
        ConnectionId: from,
        IntegrationUri,
        PayloadFormatVersion: '1.0',
      }).IntegrationId,
  );
  for (let index = 0; index < routes; index += 1) {
    const Target = `integrations/${integrations[index % integrations.length]}`;
    gateway('CreateRoute', { ApiId, RouteKey: `GET /route${index}`, Target, AuthorizationType: 'AWS_IAM' });
  }
  await simulation.advance(10 * MINUTES);

  /** Observes, and counts the calls. */
  const observe = async (scope) => {
    const calls = new Map();
    const trace = ({ operation }) => void calls.set(operation, (calls.get(operation) ?? 0) + 1);
    const context = createContext({ clock: simulation.clock, random: () => 0.5, trace });
    const region = await aws({ region: REGION, clients: simulation.clients(REGION) }).observe(scope, context);
    const takenAt = new Date(simulation.clock.now()).toISOString();
    return { calls, text: encodeSnapshot({ version: 1, takenAt, regions: [region] }) };
  };
  const live = await observe({ gateways: [{ httpApi: ApiId }], links: [from, to], checks: true, uses: true });
  const migration = { provider: 'aws', api: ApiId, from, to };
  const options = ['--provider', 'aws', '--api', ApiId, '--from', from, '--to', to];
  const told = `${counts.routes} routes, ${counts.integrations} integrations`;
  return { told, migration, options, observe, ...live };
}
