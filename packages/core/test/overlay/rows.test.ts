import { judgeTerraform, readTerraform } from '@postern/core/overlay';
import { describe, expect, it } from 'vitest';
import { balanced, EMPTY, id, planText, shop, type Resource } from './shop-plan.js';

function judged(resources: readonly Resource[]) {
  return judgeTerraform(readTerraform(planText(resources)), EMPTY, { region: 'eu-west-1' }).integrations;
}

/** Instances in place of an interface: their addresses are known after the apply. */
const instances = (group: string, ...more: readonly Resource[]): readonly Resource[] =>
  shop(
    { address: 'aws_network_interface.backend', actions: ['none'] },
    {
      address: 'aws_instance.backend',
      after: { ami: 'ami-1' },
      refs: {
        subnet_id: id('aws_subnet.a'),
        vpc_security_group_ids: id(`aws_security_group.${group}`),
      },
    },
    {
      address: 'aws_lb_target_group.shop',
      after: { name: 'shop', port: 80, protocol: 'HTTP', target_type: 'instance' },
      refs: { vpc_id: id('aws_vpc.shop') },
    },
    {
      address: 'aws_lb_target_group_attachment.shop',
      after: { port: 80 },
      refs: {
        target_group_arn: id('aws_lb_target_group.shop', 'arn'),
        target_id: id('aws_instance.backend'),
      },
    },
    ...more,
  );

describe('an instance in a target group', () => {
  it.each([
    ['works', instances('backend'), 'pass', undefined],
    ['fails where its group does not allow the load balancer', instances('link'), 'fail', undefined],
    [
      'works by a group that is attached beside its own',
      instances('link', {
        address: 'aws_network_interface_sg_attachment.backend',
        after: {},
        refs: {
          security_group_id: id('aws_security_group.backend'),
          network_interface_id: id('aws_instance.backend', 'primary_network_interface_id'),
        },
      }),
      'pass',
      undefined,
    ],
    [
      'is unknown where a rule is about a part of its subnet',
      instances('backend', {
        address: 'aws_vpc_security_group_egress_rule.balancer',
        after: { ip_protocol: '-1', cidr_ipv4: '10.0.0.0/28' },
        refs: { security_group_id: id('aws_security_group.balancer') },
      }),
      'unknown',
      'private_ip',
    ],
  ] as const)('%s', (_, resources, verdict, part) => {
    const [one] = judged(resources);
    expect(one?.after).toBe(verdict);
    if (part === undefined) return;
    const said = JSON.stringify(
      judgeTerraform(readTerraform(planText(resources)), EMPTY, { region: 'eu-west-1' }).findings,
    );
    expect(said).toContain(part);
  });
});

describe('the body of a REST API', () => {
  const LINK = 'aws_api_gateway_vpc_link.shop';
  const API = 'aws_api_gateway_rest_api.shop';
  const LINKED = {
    id: 'link01',
    name: 'shop',
    target_arns: ['arn:aws:elasticloadbalancing:x:loadbalancer/net/shop/1'],
  };
  it('is a method of each operation, whose port is that of a listener', () => {
    const backend = (port: number): object => ({
      'x-amazon-apigateway-integration': {
        type: 'http_proxy',
        httpMethod: 'ANY',
        connectionType: 'VPC_LINK',
        connectionId: 'link01',
        uri: `http://shop.example.com:${port}/orders`,
      },
    });
    const body = JSON.stringify({ swagger: '2.0', paths: { '/orders': { get: backend(80), post: backend(81) } } });
    const rows = judged([
      ...balanced(),
      {
        address: LINK,
        actions: ['update'],
        before: LINKED,
        after: { id: 'link01', name: 'shop' },
        refs: { target_arns: id('aws_lb.shop', 'arn') },
      },
      { address: API, after: { name: 'shop', body } },
    ]);
    expect(rows.map(({ address, after }) => `${address}: ${after}`)).toEqual([
      `${API} GET /orders: pass`,
      `${API} POST /orders: fail`,
    ]);
  });
});
