import type { Simulation } from '../../src/index.js';
import { AWS_WAYS, ec2, elb, of, REGION } from './aws-ways.js';
import type { Row, Way } from './way.js';

const http = of('apigatewayv2');
const rest = of('apigateway');

/** The name of links that a remedy asks for. */
export const CREATED = 'asked-for-by-a-remedy';

const linksOf = (account: Simulation): readonly Row[] => http(account, 'GetVpcLinks', {}).Items;

/** A link with all that the newest one has, and one more subnet. */
function linkWith(account: Simulation, [, subnet = '']: readonly string[]): void {
  const age = ({ CreatedDate }: Row): number => Date.parse(CreatedDate);
  const [newest = {}] = linksOf(account).toSorted((a, b) => age(b) - age(a));
  const { SubnetIds = [], SecurityGroupIds } = newest;
  http(account, 'CreateVpcLink', { Name: CREATED, SubnetIds: [...SubnetIds, subnet], SecurityGroupIds });
}

function linkInto(account: Simulation, [vpc = '']: readonly string[]): void {
  const { Subnets } = ec2(account, 'DescribeSubnets', { Filters: [{ Name: 'vpc-id', Values: [vpc] }] });
  const SubnetIds = Subnets.map(({ SubnetId }: Row) => SubnetId);
  http(account, 'CreateVpcLink', { Name: CREATED, SubnetIds, SecurityGroupIds: [] });
}

/** The first listener of the application load balancer. */
function listenerOf(account: Simulation): Row {
  const { LoadBalancers } = elb(account, 'DescribeLoadBalancers', {});
  const { LoadBalancerArn } = LoadBalancers.find(({ Type }: Row) => Type === 'application');
  return elb(account, 'DescribeListeners', { LoadBalancerArn }).Listeners[0];
}

/** Calls a route of a link: of an API that is created for the call, because the link may have no route. */
async function call(account: Simulation, [ConnectionId = '']: readonly string[]): Promise<void> {
  const { ApiId } = http(account, 'CreateApi', { Name: CREATED, ProtocolType: 'HTTP' });
  const { IntegrationId } = http(account, 'CreateIntegration', {
    ApiId,
    IntegrationType: 'HTTP_PROXY',
    IntegrationMethod: 'ANY',
    ConnectionType: 'VPC_LINK',
    ConnectionId,
    IntegrationUri: listenerOf(account)['ListenerArn'],
    PayloadFormatVersion: '1.0',
  });
  http(account, 'CreateRoute', { ApiId, RouteKey: 'GET /call', Target: `integrations/${IntegrationId}` });
  http(account, 'CreateStage', { ApiId, StageName: '$default', AutoDeploy: true });
  await account.advance(60_000);
  await account.traffic.call({ host: `${ApiId}.execute-api.${REGION}.amazonaws.com`, path: '/call' });
  http(account, 'DeleteApi', { ApiId });
}

/** Faults that deny an action are removed. */
function allow({ faults }: Simulation, [action = '']: readonly string[]): void {
  const [, operation = ''] = action.split(':');
  const isOf = (name = ''): boolean => (operation === 'GET' ? name.startsWith('Get') : name === operation);
  const others = faults.list().filter((rule) => rule.kind !== 'deny' || !isOf(rule.operation));
  faults.clear();
  for (const rule of others) faults.add(rule);
}

/** The stages that a REST API has are deployed again, or their canaries end. */
const stages =
  (does: (account: Simulation, restApiId: string, stageName: string) => unknown): Way['follow'] =>
  (account) => {
    for (const { id } of rest(account, 'GetRestApis', {}).items)
      for (const { stageName } of rest(account, 'GetStages', { restApiId: id }).item) does(account, id, stageName);
  };

const deploy = stages((account, restApiId, stageName) => rest(account, 'CreateDeployment', { restApiId, stageName }));
const endCanary = stages((account, restApiId, stageName) =>
  rest(account, 'UpdateStage', {
    restApiId,
    stageName,
    patchOperations: [{ op: 'remove', path: '/canarySettings' }],
  }),
);

/** Remedies of refused moves on AWS that a program can do as written: those of checks, and those of the move itself. */
export const AWS_MOVE_WAYS: readonly Way[] = [
  ...AWS_WAYS,
  {
    pattern: /Create a link that also has a subnet in (\S+), such as (subnet-\w+) \(\S+\), and move to that link/g,
    follow: linkWith,
  },
  {
    pattern: /Create a listener on port (\d+)\./g,
    follow: (account, [Port = '']) => {
      const { LoadBalancerArn, Protocol, DefaultActions } = listenerOf(account);
      elb(account, 'CreateListener', { LoadBalancerArn, Protocol, Port: Number(Port), DefaultActions });
    },
  },
  { pattern: /Use a link into (vpc-\w+), or a backend in vpc-\w+\./g, follow: linkInto },
  {
    pattern:
      /Call one of its routes until (\w+) is AVAILABLE, which takes minutes; create a route for it if it has none/g,
    follow: call,
  },
  {
    pattern: /Delete 1 integration that no route uses, such as (\w+)/g,
    follow: (account, [IntegrationId = '']) => {
      const [{ ApiId }] = http(account, 'GetApis', {}).Items;
      http(account, 'DeleteIntegration', { ApiId, IntegrationId });
    },
  },
  { pattern: /Allow (\w+:\w+) for these credentials/g, follow: allow },
  { pattern: /Deploy these changes or revert them, then plan the move again/g, follow: deploy },
  { pattern: /Promote the canary or remove it, then plan again/g, follow: endCanary },
  // Time passes after each sentence that is followed.
  { pattern: /Wait until it is ready, then validate the move again\./g, follow: () => undefined },
];
