import { targetNetwork } from '../../../../src/check/checks/target/network.js';
import { BALANCER } from '../aws-region.js';
import { checkTable } from '../run-check.js';
import { useService, SERVICE } from './backends.js';
import { aws, alibaba, withhold } from '../world.js';

checkTable(targetNetwork, {
  'the same': [aws(), 'pass SAME_NETWORK'],
  'the same, Alibaba Cloud': [alibaba(), 'pass SAME_NETWORK'],
  'a load balancer of another VPC': [
    aws({ 'loadBalancers.orders-alb.networkId': 'vpc-2' }),
    'error OTHER_NETWORK',
    { says: ['vpc-2', 'vpc-1'], evidence: BALANCER, remedy: 'a link into vpc-2' },
  ],
  'an ECS instance of another VPC, which the service would refuse': [
    alibaba({ 'instances.i-1.networkId': 'vpc-other' }),
    'error OTHER_NETWORK',
    { evidence: 'i-1' },
  ],
  'Cloud Map reports no network, but its instances are in the network': [
    aws((world) => {
      useService(world);
      delete world.the('services', SERVICE).networkId;
    }),
    'pass SAME_NETWORK',
  ],
  'Cloud Map reports no network, and which resources have the addresses is not known': [
    aws((world) => {
      useService(world);
      delete world.the('services', SERVICE).networkId;
      world.withhold('interfaces', 'ec2:DescribeNetworkInterfaces');
    }),
    'unknown warning NETWORK_NOT_READ',
  ],
  'instances could not be read': [
    alibaba(withhold('instances', 'ecs:DescribeInstances'), { 'targets.shop-orders.networkId': undefined }),
    'unknown error NETWORK_NOT_READ',
    { evidence: 'ecs:DescribeInstances' },
  ],
  'any one subnet of a link to be created could not be read': [
    aws(({ region, linkSpec, remove, withhold }) => {
      remove('links', region.links[0]?.id ?? '');
      delete linkSpec.id;
      Object.assign(linkSpec, { subnets: ['subnet-a', 'subnet-b'] });
      withhold('subnets', 'ec2:DescribeSubnets', 'subnet-b');
    }),
    'unknown NETWORK_NOT_READ',
    { evidence: 'ec2:DescribeSubnets' },
  ],
  'subnets could not be read, so the network of the link is not known': [
    aws(withhold('subnets', 'ec2:DescribeSubnets'), { 'links.vlink-1.networkId': undefined }),
    'unknown NETWORK_NOT_READ',
    { evidence: 'ec2:DescribeSubnets' },
  ],
});
