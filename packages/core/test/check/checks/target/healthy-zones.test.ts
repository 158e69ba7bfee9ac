import { describe } from 'vitest';
import { targetHealthyZones } from '../../../../src/check/checks/target/healthy-zones.js';
import { GROUP, BALANCER } from '../aws-region.js';
import { checkTable } from '../run-check.js';
import { useNetworkBalancer } from './backends.js';
import { type World, aws, alibaba } from '../world.js';

describe('target/healthy-zones', () => {
  const unhealthy = ({ the }: World, reason?: string) => {
    Object.assign(the('targetGroups', GROUP).targets?.[1] ?? {}, { health: 'unhealthy', reason });
  };
  checkTable(targetHealthyZones, [
    { why: 'each zone has a healthy target', world: aws(useNetworkBalancer), verdict: 'pass' },
    {
      why: 'a zone without a healthy target',
      world: aws((world) => (useNetworkBalancer(world), unhealthy(world))),
      verdict: 'unknown',
      code: 'ZONE_LEAVES_DNS',
      severity: 'error',
      says: ['euw1-az2', 'calls that arrive there are forwarded to targets that fail their health check'],
      evidence: [GROUP, 'euw1-az2'],
    },
    {
      why: 'a zone without a registered target',
      world: aws((world) => {
        useNetworkBalancer(world);
        Object.assign(world.the('targetGroups', GROUP), {
          targets: world.the('targetGroups', GROUP).targets?.slice(0, 1),
        });
      }),
      verdict: 'unknown',
      code: 'ZONE_LEAVES_DNS',
      severity: 'error',
      says: ['calls that arrive there fail'],
    },
    {
      why: 'a zone without a healthy target that a zonal shift moves calls away from',
      world: aws((world) => {
        useNetworkBalancer(world);
        unhealthy(world);
        Object.assign(world.the('targetGroups', GROUP).targets?.[1] ?? {}, { shifted: true });
      }),
      verdict: 'pass',
      says: ['except euw1-az2: a zonal shift moves calls away from there'],
    },
    {
      why: 'a zonal shift, and no healthy target in the other zone',
      world: aws((world) => {
        useNetworkBalancer(world);
        for (const target of world.the('targetGroups', GROUP).targets ?? [])
          Object.assign(target, { health: 'unhealthy', shifted: target.zone === 'euw1-az2' });
      }),
      verdict: 'fail',
      severity: 'error',
      says: ['euw1-az1 and euw1-az2'],
    },
    {
      why: 'no zone has a registered target',
      world: aws((world) => {
        useNetworkBalancer(world);
        Object.assign(world.the('targetGroups', GROUP), { targets: [] });
      }),
      verdict: 'fail',
      severity: 'error',
      says: ['euw1-az1 and euw1-az2'],
    },
    {
      why: 'a zone whose targets are unhealthy and answer',
      world: aws((world) => {
        unhealthy(world, 'Target.ResponseCodeMismatch');
        world.the('targetGroups', GROUP).crossZone = false;
      }),
      verdict: 'fail',
      severity: 'warning',
      says: ['which answer'],
    },
    {
      why: 'the health of its target has an unknown value',
      world: aws((world) => {
        useNetworkBalancer(world);
        Object.assign(world.the('targetGroups', GROUP).targets?.[1] ?? {}, { health: 'unknown' });
      }),
      verdict: 'unknown',
      code: 'ZONES_NOT_READ',
    },
    { why: 'with cross-zone load balancing', world: aws(unhealthy), verdict: 'pass' },
    {
      why: 'whether cross-zone load balancing is on was not read',
      world: aws((world) => {
        useNetworkBalancer(world);
        delete world.the('loadBalancers', BALANCER).crossZone;
      }),
      verdict: 'unknown',
      remedy: ['DescribeTargetGroupAttributes'],
    },
    {
      why: 'the setting of the group has priority over that of the load balancer',
      world: aws((world) => {
        useNetworkBalancer(world);
        unhealthy(world);
        world.the('targetGroups', GROUP).crossZone = true;
      }),
      verdict: 'pass',
    },
    { why: 'CLB instances have no such setting', world: alibaba(), verdict: 'nothing' },
  ]);
});
