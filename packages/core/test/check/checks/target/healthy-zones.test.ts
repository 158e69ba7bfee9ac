import { targetHealthyZones } from '../../../../src/check/checks/target/healthy-zones.js';
import { GROUP } from '../aws-region.js';
import { checkTable } from '../run-check.js';
import { useNetworkBalancer } from './backends.js';
import { type World, aws, alibaba } from '../world.js';

const unhealthy = ({ the }: World, reason?: string) => {
  Object.assign(the('targetGroups', GROUP).targets?.[1] ?? {}, { health: 'unhealthy', reason });
};
checkTable(targetHealthyZones, {
  'each zone has a healthy target': [aws(useNetworkBalancer), 'pass ZONES_HEALTHY'],
  'a zone without a healthy target': [
    aws(useNetworkBalancer, unhealthy),
    'unknown error ZONE_LEAVES_DNS',
    {
      says: ['euw1-az2', 'calls that arrive there are forwarded to targets that fail their health check'],
      evidence: [GROUP, 'euw1-az2'],
    },
  ],
  'a zone without a registered target': [
    aws((world) => {
      useNetworkBalancer(world);
      Object.assign(world.the('targetGroups', GROUP), {
        targets: world.the('targetGroups', GROUP).targets?.slice(0, 1),
      });
    }),
    'unknown error ZONE_LEAVES_DNS',
    'calls that arrive there fail',
  ],
  'a zone without a healthy target that a zonal shift moves calls away from': [
    aws(useNetworkBalancer, unhealthy, { 'targetGroups.orders.targets.1.shifted': true }),
    'pass ZONES_HEALTHY',
    'except euw1-az2: a zonal shift moves calls away from there',
  ],
  'a zonal shift, and no healthy target in the other zone': [
    aws((world) => {
      useNetworkBalancer(world);
      for (const target of world.the('targetGroups', GROUP).targets ?? [])
        Object.assign(target, { health: 'unhealthy', shifted: target.zone === 'euw1-az2' });
    }),
    'error ZONE_UNHEALTHY',
    'euw1-az1 and euw1-az2',
  ],
  'no zone has a registered target': [
    aws(useNetworkBalancer, { 'targetGroups.orders.targets': [] }),
    'error ZONE_UNHEALTHY',
    'euw1-az1 and euw1-az2',
  ],
  'a zone whose targets are unhealthy and answer': [
    aws((world) => {
      unhealthy(world, 'Target.ResponseCodeMismatch');
      world.the('targetGroups', GROUP).crossZone = false;
    }),
    'warning ZONE_UNHEALTHY',
    'which answer',
  ],
  'the health of its target has an unknown value': [
    aws(useNetworkBalancer, { 'targetGroups.orders.targets.1.health': 'unknown' }),
    'unknown ZONES_NOT_READ',
  ],
  'with cross-zone load balancing': [aws(unhealthy), 'pass CROSSES_ZONES'],
  'whether cross-zone load balancing is on was not read': [
    aws(useNetworkBalancer, { 'loadBalancers.orders-alb.crossZone': undefined }),
    'unknown ZONES_NOT_READ',
    { remedy: 'DescribeTargetGroupAttributes' },
  ],
  'the setting of the group has priority over that of the load balancer': [
    aws(useNetworkBalancer, unhealthy, { 'targetGroups.orders.crossZone': true }),
    'pass CROSSES_ZONES',
  ],
  'CLB instances have no such setting': [alibaba(), 'nothing'],
});
