import { describe } from 'vitest';
import { targetHealthyZones } from '../../../../src/check/checks/target/healthy-zones.js';
import { GROUP, BALANCER } from '../aws-region.js';
import { checkTable } from '../run-check.js';
import { useNetworkBalancer } from './backends.js';
import { type World, awsWorld, alibabaWorld } from '../world.js';

describe('target/healthy-zones', () => {
  const unhealthy = ({ the }: World, reason?: string) => {
    Object.assign(the('targetGroups', GROUP).targets?.[1] ?? {}, { health: 'unhealthy', reason });
  };
  checkTable(targetHealthyZones, [
    { why: 'each zone has a healthy target', world: () => awsWorld(useNetworkBalancer), verdict: 'pass' },
    {
      why: 'a zone without a healthy target',
      world: () => awsWorld((world) => (useNetworkBalancer(world), unhealthy(world))),
      verdict: 'unknown',
      severity: 'error',
      says: ['euw1-az2', 'calls that arrive there are forwarded to targets that fail their health check'],
      evidence: [GROUP, 'euw1-az2'],
      remedy: ['cross-zone'],
    },
    {
      why: 'a zone without a registered target',
      world: () =>
        awsWorld((world) => {
          useNetworkBalancer(world);
          Object.assign(world.the('targetGroups', GROUP), {
            targets: world.the('targetGroups', GROUP).targets?.slice(0, 1),
          });
        }),
      verdict: 'unknown',
      severity: 'error',
      says: ['calls that arrive there fail', 'not documented whether links still call it'],
    },
    {
      why: 'a zone without a healthy target that a zonal shift moves calls away from',
      world: () =>
        awsWorld((world) => {
          useNetworkBalancer(world);
          unhealthy(world);
          Object.assign(world.the('targetGroups', GROUP).targets?.[1] ?? {}, { shifted: true });
        }),
      verdict: 'pass',
      says: ['except euw1-az2: a zonal shift moves calls away from there'],
    },
    {
      why: 'a zonal shift, and no healthy target in the other zone',
      world: () =>
        awsWorld((world) => {
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
      world: () =>
        awsWorld((world) => {
          useNetworkBalancer(world);
          Object.assign(world.the('targetGroups', GROUP), { targets: [] });
        }),
      verdict: 'fail',
      severity: 'error',
      says: ['euw1-az1 and euw1-az2'],
    },
    {
      why: 'a zone whose targets are unhealthy and answer',
      world: () =>
        awsWorld((world) => {
          unhealthy(world, 'Target.ResponseCodeMismatch');
          world.the('targetGroups', GROUP).crossZone = false;
        }),
      verdict: 'fail',
      severity: 'warning',
      says: ['which answer'],
    },
    {
      why: 'the health of its target has an unknown value',
      world: () =>
        awsWorld((world) => {
          useNetworkBalancer(world);
          Object.assign(world.the('targetGroups', GROUP).targets?.[1] ?? {}, { health: 'unknown' });
        }),
      verdict: 'unknown',
    },
    { why: 'with cross-zone load balancing', world: () => awsWorld(unhealthy), verdict: 'pass' },
    {
      why: 'whether cross-zone load balancing is on was not read',
      world: () =>
        awsWorld((world) => {
          useNetworkBalancer(world);
          delete world.the('loadBalancers', BALANCER).crossZone;
        }),
      verdict: 'unknown',
      remedy: ['DescribeTargetGroupAttributes'],
    },
    {
      why: 'the setting of the group has priority over that of the load balancer',
      world: () =>
        awsWorld((world) => {
          useNetworkBalancer(world);
          unhealthy(world);
          world.the('targetGroups', GROUP).crossZone = true;
        }),
      verdict: 'pass',
    },
    { why: 'CLB instances have no such setting', world: () => alibabaWorld(), verdict: 'nothing' },
  ]);
});
