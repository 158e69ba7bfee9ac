import { parseSpec, specFromSnapshot } from '../../../core/test/clouds.js';
import { plans } from '@postern/aws/plans';
import { judgeTerraform, readTerraform, terraformSnapshot } from '@postern/core/internal/overlay';
import { describe, expect, it } from 'vitest';
import { planText } from './shop-plan.js';

const BALANCER = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/net/shop/1a2b';
const API = { rest_api_id: 'rest000001' };
const integration = (resource: string, method: string, port: number): object => ({
  ...API,
  resource_id: resource,
  http_method: method,
  type: 'HTTP_PROXY',
  connection_type: 'VPC_LINK',
  connection_id: 'link001',
  uri: `http://shop.example.com:${port}/orders`,
});

/** A REST API that is written as resources, in the order of their addresses: a path stands behind what needs it. */
const STATE: Readonly<Record<string, object>> = {
  'aws_api_gateway_deployment.shop': { ...API, id: 'dep001' },
  'aws_api_gateway_integration.item': integration('res002', 'GET', 80),
  'aws_api_gateway_integration.orders': integration('res001', 'ANY', 80),
  'aws_api_gateway_integration.root': integration('root01', 'GET', 8080),
  'aws_api_gateway_method.orders': { ...API, resource_id: 'res001', http_method: 'ANY', authorization: 'NONE' },
  'aws_api_gateway_resource.item': { ...API, id: 'res002', parent_id: 'res001', path_part: '{id}' },
  'aws_api_gateway_resource.orders': { ...API, id: 'res001', parent_id: 'root01', path_part: 'orders' },
  'aws_api_gateway_rest_api.shop': { id: 'rest000001', name: 'shop', root_resource_id: 'root01' },
  'aws_api_gateway_stage.prod': { ...API, stage_name: 'prod', deployment_id: 'dep001' },
  'aws_api_gateway_vpc_link.shop': { id: 'link001', name: 'shop', target_arns: [BALANCER] },
  'aws_lb.shop': { id: BALANCER, arn: BALANCER, name: 'shop', load_balancer_type: 'network', subnets: ['subnet-1'] },
  'aws_lb_listener.shop': {
    arn: `${BALANCER.replace('loadbalancer', 'listener')}/3c4d`,
    load_balancer_arn: BALANCER,
    port: 80,
    protocol: 'TCP',
    default_action: [],
  },
};

const stateText = (state = STATE): string =>
  JSON.stringify({
    format_version: '1.0',
    values: {
      root_module: {
        resources: Object.entries(state).map(([address, values]) => {
          const [type, name] = address.split('.');
          return { address, mode: 'managed', type, name, values };
        }),
      },
    },
  });
const unchangedPlan = (): string =>
  planText(
    Object.entries(STATE).map(([address, values]) => ({
      address,
      actions: ['no-op'],
      before: values as never,
      after: values as never,
    })),
  );

describe('a REST API that is written as resources', () => {
  it.each([
    ['a state', stateText()],
    ['a state in another order', stateText(Object.fromEntries(Object.entries(STATE).toReversed()))],
    ['a plan that changes nothing', unchangedPlan()],
  ])('is imported from %s with its link and its routes', (_, text) => {
    const { snapshot, left } = terraformSnapshot(readTerraform(text), undefined, { plans: [plans] });
    const { links, integrations } = parseSpec(
      specFromSnapshot(snapshot, { project: 'shop', source: 'file.json', left }),
    );
    expect(links).toMatchObject({ shop: { id: 'link001' } });
    expect(Object.values(integrations)).toMatchObject([
      {
        gateway: { restApi: 'rest000001' },
        routes: { 'ANY /orders': expect.anything(), 'GET /orders/{id}': expect.anything() },
      },
    ]);
    // Nothing listens on the port of this one.
    expect(snapshot.regions[0]?.gateways[0]?.routes.map(({ key }) => key)).toContain('GET /');
    expect(left).toEqual([]);
    expect(snapshot.regions[0]?.gateways[0]?.stages).toMatchObject([{ name: 'prod', deploymentId: 'dep001' }]);
  });

  it('is judged from a state', () => {
    const { integrations } = judgeTerraform(readTerraform(stateText()), undefined, { plans: [plans] });
    expect(integrations.map(({ address, route, after }) => `${address} ${route}: ${after}`)).toEqual([
      'aws_api_gateway_integration.item GET /orders/{id}: unknown',
      'aws_api_gateway_integration.orders ANY /orders: unknown',
      'aws_api_gateway_integration.root GET /: unknown',
    ]);
    expect(JSON.stringify(integrations)).not.toMatch(/path of resource|known after the apply/);
  });

  it('has a new path at its root, of an API that does not change', () => {
    const { snapshot: base } = terraformSnapshot(readTerraform(stateText()), undefined, { plans: [plans] });
    const resource = 'aws_api_gateway_resource.stock';
    const { resource_id: _, ...added } = integration('', 'GET', 80) as Record<string, unknown>;
    const kept = Object.entries(STATE).map(([address, values]) => ({
      address,
      actions: ['no-op'],
      before: values as never,
      after: values as never,
    }));
    const text = planText([
      ...kept,
      { address: resource, after: { ...API, parent_id: 'root01', path_part: 'stock' } },
      {
        address: 'aws_api_gateway_integration.stock',
        after: added,
        refs: { resource_id: [`${resource}.id`, resource] },
      },
    ]);
    const { integrations } = judgeTerraform(readTerraform(text), base, { plans: [plans] });
    const one = integrations.find(({ address }) => address === 'aws_api_gateway_integration.stock');
    expect(one).toMatchObject({ route: 'GET /stock', before: 'absent' });
    expect(one?.because ?? '').not.toContain('the path of resource');
  });

  it('names what is in no file, and says no untruth about an apply', () => {
    const { 'aws_api_gateway_resource.orders': _, ...without } = STATE;
    const { left } = terraformSnapshot(readTerraform(stateText(without)), undefined, { plans: [plans] });
    expect(left).toContain(
      'aws_api_gateway_integration.orders: aws_api_gateway_integration.orders.resource_id: the path of resource res001 is not in the state',
    );
    expect(left.join('\n')).not.toContain('after the apply');
  });
});

describe('a service in a state', () => {
  const NAT: Readonly<Record<string, object>> = {
    'aws_ecs_service.shop': {
      id: 'arn:aws:ecs:eu-west-1:111122223333:service/shop/web',
      name: 'web',
      desired_count: 1,
      network_configuration: [{ subnets: ['subnet-1'], security_groups: ['sg-1'], assign_public_ip: false }],
      load_balancer: [],
    },
    'aws_route_table.shop': {
      id: 'rtb-1',
      vpc_id: 'vpc-1',
      route: [{ cidr_block: '0.0.0.0/0', nat_gateway_id: 'nat-1' }],
    },
    'aws_route_table_association.shop': { id: 'rtbassoc-1', subnet_id: 'subnet-1', route_table_id: 'rtb-1' },
    'aws_subnet.shop': { id: 'subnet-1', vpc_id: 'vpc-1', cidr_block: '10.0.0.0/24', availability_zone: 'eu-west-1a' },
    'aws_vpc.shop': { id: 'vpc-1', cidr_block: '10.0.0.0/16', default_security_group_id: 'sg-0' },
  };
  const without = { ...NAT, 'aws_route_table.shop': { ...NAT['aws_route_table.shop'], route: [] } };

  it.each([
    ['has the route of its table', NAT, 0],
    ['has none where the table has none', without, 1],
  ])('%s', (_, resources, count) => {
    const document = readTerraform(stateText(resources));
    const { notes } = terraformSnapshot(document, undefined, { plans: [plans], region: 'eu-west-1' });
    expect(notes.filter((one) => one.includes('no route out of the network'))).toHaveLength(count);
  });
});
