import { describe } from 'vitest';
import { BALANCER, GROUP, VPC, awsRegion } from '../aws-region.js';
import { checkTable } from '../run-check.js';
import { aws, withhold, type World } from '../world.js';
import { the } from './aws-rows.js';

const SERVICE = 'com.amazonaws.vpce.eu-west-1.vpce-svc-1';
const OTHER = '444455556666';

/** The load balancer forwards to an endpoint in zone euw1-az1, for a service of another account, which has the same blocks. */
function endpoint(world: World): void {
  const { region, linkSpec, snapshot, the: named, copy } = world;
  linkSpec.account = region.account;
  const attachedTo = 'VPC Endpoint Interface vpce-1';
  copy('interfaces', 'eni-app-a', { id: 'eni-endpoint', addresses: ['10.0.11.77'], attachedTo });
  Object.assign(named('targetGroups', GROUP), {
    kind: 'address',
    targets: [{ id: '10.0.11.77', port: 8080, zone: 'all', health: 'healthy' }],
  });
  region.endpoints = [
    {
      id: 'vpce-1',
      networkId: VPC,
      serviceName: SERVICE,
      state: 'available',
      nativeState: 'available',
      privateDns: true,
      interfaceIds: ['eni-endpoint'],
      raw: null,
    },
  ];
  const base = awsRegion();
  const [balancer] = base.loadBalancers;
  const nlb = { ...balancer!, kind: 'network', privateLinkEnforced: false, crossZone: false } as const;
  const service = { id: 'vpce-svc-1', name: SERVICE, state: 'available', nativeState: 'Available' } as const;
  const other = {
    ...base,
    account: OTHER,
    links: [],
    gateways: [],
    loadBalancers: [nlb],
    listeners: [{ ...base.listeners[0]!, port: 8080, protocol: 'TCP' }],
    endpointServices: [
      {
        ...service,
        loadBalancerIds: [BALANCER],
        privateDnsName: 'orders.example.com',
        isNameVerified: true,
        raw: null,
      },
    ],
  };
  Object.assign(snapshot, { regions: [region, other] });
}

/** Changes the other account. */
const there = (change: (other: Other) => void) => (world: World) => {
  change(world.snapshot.regions[1] as Other);
};
type Other = { -readonly [L in keyof World['region']]: World['region'][L] };
const row = (...changes: readonly ((world: World) => void)[]) =>
  aws(endpoint, (world) => changes.forEach((change) => change(world)));
const state = (is: string, nativeState: string) =>
  row((world) => Object.assign(world.the('endpoints', 'vpce-1'), { state: is, nativeState }));
const service = (change: object) => row(there(({ endpointServices: [one] = [] }) => Object.assign(one!, change)));
const balancer = (change: object) => there(({ loadBalancers: [one] }) => Object.assign(one!, change));
/** Without the other zone's node: the endpoint is in euw1-az1. */
const apart = there((other) => {
  other.interfaces = other.interfaces.filter(({ id }) => id !== 'eni-lb-a');
  Object.assign(other.loadBalancers[0]!, { subnetIds: ['subnet-lb-b'], zones: ['euw1-az2'] });
});
const rule = (cidrBlock: string) =>
  there(({ securityGroups }) => {
    const rules = securityGroups.find(({ id }) => id === 'sg-lb')?.rules;
    rules?.push({ direction: 'in', protocol: 'tcp', fromPort: 8080, toPort: 8080, cidrBlock });
  });

describe('paths through an endpoint', () => {
  checkTable(the('path/endpoint'), {
    'both accounts are shown': [row(), 'pass PASSED', { evidence: ['vpce-1', BALANCER] }],
    'the other account is not shown': [
      row((world) => Object.assign(world.snapshot, { regions: [world.region] })),
      'unknown NOT_READ',
      { remedy: 'postern check --with' },
    ],
    'a service of the cloud': [
      row((world) =>
        Object.assign(world.the('endpoints', 'vpce-1'), { serviceName: 'com.amazonaws.eu-west-1.execute-api' }),
      ),
      'unknown NOT_READ',
      { remedy: 'check by hand' },
    ],
    'the owner has not accepted it': [
      state('waiting', 'pendingAcceptance'),
      'error ENDPOINT_STATE',
      { remedy: 'Accept vpce-1 in the account of the service.' },
    ],
    'the owner rejected it': [state('refused', 'rejected'), 'error ENDPOINT_STATE', { remedy: 'another endpoint' }],
    'it is deleted': [state('deleted', 'deleting'), 'error ENDPOINT_STATE', 'deleting'],
    'its state is in no table': [state('unknown', 'partial'), 'unknown NOT_READ', 'partial'],
    'the service is deleted': [
      service({ state: 'deleted', nativeState: 'Deleting' }),
      'unknown ENDPOINT_CONTRADICTS',
      ['Deleting', 'but the endpoint vpce-1 is available'],
    ],
    'the private name is not verified': [
      service({ isNameVerified: false }),
      'warning NAME_NOT_VERIFIED',
      'orders.example.com',
    ],
    'no node is in the zone': [row(apart), 'error NO_NODE_IN_ZONE', 'euw1-az1'],
    'no node is in the zone, balanced across zones': [
      row(apart, balancer({ crossZone: true })),
      'unknown NOT_READ',
      'euw1-az2',
    ],
    'enforced groups allow the client': [
      row(balancer({ privateLinkEnforced: true }), rule('10.0.11.0/24'), rule('10.0.12.0/24')),
      'pass PASSED',
    ],
    'enforced groups see the client, not the endpoint': [
      row(balancer({ privateLinkEnforced: true }), rule('10.0.11.77/32')),
      'error NO_RULE',
      '10.0.11.5',
    ],
    'whether groups are enforced was not read': [
      row(balancer({ privateLinkEnforced: undefined })),
      'unknown NOT_READ',
      'enforcement',
    ],
    'the load balancer was not read': [
      row(there((other) => (other.loadBalancers = []))),
      'unknown NOT_READ',
      'orders-alb',
    ],
    'services could not be read': [
      row(withhold('endpointServices', 'ec2:DescribeVpcEndpointServiceConfigurations'), (world) =>
        Object.assign(world.snapshot, { regions: [world.region] }),
      ),
      'unknown NOT_READ',
      { remedy: 'ec2:DescribeVpcEndpointServiceConfigurations' },
    ],
  });

  checkTable(the('path/load-balancer'), {
    'only the node in the zone of the endpoint has a target': [
      row(
        there(({ targetGroups: [one] = [] }) =>
          Object.assign(one!, { crossZone: false, targets: one!.targets!.slice(0, 1) }),
        ),
      ),
      'pass PASSED',
    ],
    'endpoints could not be read': [
      aws(endpoint, (world) => delete world.region.endpoints, withhold('endpoints', 'ec2:DescribeVpcEndpoints')),
      'unknown NOT_READ',
      { remedy: 'ec2:DescribeVpcEndpoints' },
    ],
    'an older snapshot': [
      aws(endpoint, (world) => delete world.region.endpoints),
      'unknown NOT_READ',
      { remedy: 'snapshot again' },
    ],
    'health checks fail because the endpoint is not accepted': [
      aws(endpoint, {
        'endpoints.vpce-1': { state: 'waiting', nativeState: 'pendingAcceptance' },
        'targetGroups.orders.targets.0': { health: 'unhealthy' },
      }),
      'error NO_HEALTHY_TARGET',
      'the endpoint vpce-1 for com.amazonaws.vpce.eu-west-1.vpce-svc-1 is pendingAcceptance',
    ],
    'the other account has no listener on the port': [
      row(there(({ listeners: [one] }) => Object.assign(one!, { port: 9090 }))),
      'error NO_LISTENER',
      'no listener on port 8080; it has TCP 9090',
    ],
    'the group of its servers does not allow its load balancer': [
      row(there((other) => other.securityGroups.forEach((one) => one.id === 'sg-app' && one.rules.splice(0)))),
      'error NO_RULE',
      'sg-app',
    ],
    'the group of the endpoint does not allow the first load balancer': [
      row((world) => world.the('securityGroups', 'sg-app').rules.splice(0)),
      'error NO_RULE',
      'sg-app',
    ],
  });
});
