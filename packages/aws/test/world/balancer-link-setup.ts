import { simulate } from '@postern/simulator';
import { simulatorFaults, type ConformanceSetup, type FaultCalls } from '@postern/testing/internal/conformance';
import { aws } from '../../src/index.js';
import { FAULT_CALLS, REST_ROUTE_CALLS } from './conformance-world.js';
import { restSetUp, restWorld } from './rest-setup.js';

const calls = (...operations: string[]) => operations.map((operation) => ({ service: 'apigateway', operation }));

/** The calls behind the suite's points of failure, for VPC links V1 and REST APIs. */
const REST_CALLS: FaultCalls = {
  ...FAULT_CALLS,
  ...REST_ROUTE_CALLS,
  'create link': calls('CreateVpcLink'),
  'rename link': calls('UpdateVpcLink'),
  'delete link': calls('DeleteVpcLink'),
  'list links': calls('GetVpcLinks'),
};

/** The driver in front of a simulated AWS where VPC links V1 are made, and called by a REST API. */
export async function setUpBalancerLinks(family: string): Promise<ConformanceSetup> {
  const rest = await restWorld({ aws, simulate }, family);
  const { simulation, call, link, loadBalancerArn } = rest;
  const { world, ...setup } = restSetUp(rest);
  const { linkId: _, ...others } = world;
  // A load balancer serves one link.
  rest.rest('DeleteVpcLink', { vpcLinkId: link.id });
  const more = { Name: 'more-nlb', Type: 'network', Scheme: 'internal', Subnets: world.subnetIds };
  const [{ LoadBalancerArn }] = call('elasticloadbalancingv2', 'CreateLoadBalancer', more).LoadBalancers;
  await simulation.advance(600_000);
  return {
    ...setup,
    world: { ...others, loadBalancerIds: [loadBalancerArn, LoadBalancerArn], stage: 'prod' },
    faults: simulatorFaults(simulation, REST_CALLS),
    calls: () => simulation.journal().length,
    facts: {
      subnets:
        'a V1 link leads to one Network Load Balancer ' +
        '(https://docs.aws.amazon.com/apigateway/latest/api/API_CreateVpcLink.html)',
      targetResources:
        'an integration names its load balancer by its link, and nothing is made of it ' +
        '(https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-private-integration.html)',
      unreachable: 'the driver is the same for every kind of link; another run of the suite shows it',
    },
  };
}
