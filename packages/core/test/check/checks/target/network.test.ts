import { describe } from 'vitest';
import { targetNetwork } from '../../../../src/check/checks/target/network.js';
import { BALANCER } from '../aws-region.js';
import { checkTable } from '../run-check.js';
import { useService, SERVICE } from './backends.js';
import { aws, alibaba } from '../world.js';

describe('target/network', () => {
  checkTable(targetNetwork, [
    { why: 'the same', world: aws(), verdict: 'pass' },
    { why: 'the same', world: alibaba(), verdict: 'pass' },
    {
      why: 'a load balancer of another VPC',
      world: aws(({ the }) => {
        the('loadBalancers', BALANCER).networkId = 'vpc-2';
      }),
      verdict: 'fail',
      severity: 'error',
      says: ['vpc-2', 'vpc-1'],
      evidence: [BALANCER],
      remedy: ['a link into vpc-2'],
    },
    {
      why: 'an ECS instance of another VPC, which the service would refuse',
      world: alibaba(({ the }) => {
        the('instances', 'i-1').networkId = 'vpc-other';
      }),
      verdict: 'fail',
      evidence: ['i-1'],
    },
    {
      why: 'Cloud Map reports no network, but its instances are in the network',
      world: aws((world) => {
        useService(world);
        delete world.the('services', SERVICE).networkId;
      }),
      verdict: 'pass',
    },
    {
      why: 'Cloud Map reports no network, and which resources have the addresses is not known',
      world: aws((world) => {
        useService(world);
        delete world.the('services', SERVICE).networkId;
        world.withhold('interfaces', 'ec2:DescribeNetworkInterfaces');
      }),
      verdict: 'unknown',
      severity: 'warning',
    },
    {
      why: 'instances could not be read',
      world: alibaba(({ withhold, the }) => {
        withhold('instances', 'ecs:DescribeInstances');
        delete the('targets', 'shop-orders').networkId;
      }),
      verdict: 'unknown',
      severity: 'error',
      evidence: ['ecs:DescribeInstances'],
    },
    {
      why: 'any one subnet of a link to be created could not be read',
      world: aws(({ region, linkSpec, remove, withhold }) => {
        remove('links', region.links[0]?.id ?? '');
        delete linkSpec.id;
        Object.assign(linkSpec, { subnets: ['subnet-a', 'subnet-b'] });
        withhold('subnets', 'ec2:DescribeSubnets', 'subnet-b');
      }),
      verdict: 'unknown',
      evidence: ['ec2:DescribeSubnets'],
    },
    {
      why: 'subnets could not be read, so the network of the link is not known',
      world: aws(({ withhold, the }) => {
        withhold('subnets', 'ec2:DescribeSubnets');
        delete the('links', 'vlink-1').networkId;
      }),
      verdict: 'unknown',
      evidence: ['ec2:DescribeSubnets'],
    },
  ]);
});
