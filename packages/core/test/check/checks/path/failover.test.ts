import { describe } from 'vitest';
import { GROUP } from '../aws-region.js';
import { checkTable } from '../run-check.js';
import { type World, aws } from '../world.js';
import { the } from './aws-rows.js';

/** One of the two targets is unhealthy for a reason; the group requires a number of healthy ones. */
const unhealthy = (w: World, minimumHealthy: object | undefined, reason = 'Target.Timeout'): void => {
  Object.assign(w.the('targetGroups', GROUP), { minimumHealthy });
  Object.assign(w.the('targetGroups', GROUP).targets?.[0] ?? {}, { health: 'unhealthy', reason });
};

describe('fewer healthy targets than the routing failover threshold', () => {
  checkTable(the('path/load-balancer'), {
    'by count: an unhealthy target receives a part of the calls': [
      aws((w) => unhealthy(w, { count: 2 })),
      'error BELOW_MINIMUM',
      { says: ['below its minimum of 2', 'does not answer'], remedy: 'minimum of healthy targets' },
    ],
    'by percentage': [aws((w) => unhealthy(w, { count: 1, percent: 51 })), 'error BELOW_MINIMUM', '51 %'],
    'as many healthy as the threshold': [aws((w) => unhealthy(w, { count: 1, percent: 50 })), 'pass PASSED'],
    'no threshold was read': [aws((w) => unhealthy(w, undefined)), 'unknown NOT_READ', 'minimum_healthy_targets'],
    'no threshold was read, and the unhealthy one answers with another code': [
      aws((w) => unhealthy(w, undefined, 'Target.ResponseCodeMismatch')),
      'pass PASSED',
    ],
    'no threshold is set': [aws((w) => unhealthy(w, {})), 'pass PASSED'],
    'a percentage that a target out of use decides': [
      aws((w) => {
        unhealthy(w, { percent: 50 });
        w.the('targetGroups', GROUP).targets?.push({ id: 'i-unused', health: 'unused' });
      }),
      'unknown NOT_READ',
    ],
    'the unhealthy one answers with another code': [
      aws((w) => unhealthy(w, { count: 2 }, 'Target.ResponseCodeMismatch')),
      'pass PASSED',
    ],
  });
});

/** An NLB without cross-zone: an unhealthy and a healthy target in one zone, a healthy one in the other. */
const twoZones = (w: World, minimumHealthyInDns: object | undefined, second = 'healthy'): void => {
  w.copy('interfaces', 'eni-app-a', { id: 'eni-app-c', addresses: ['10.0.11.21'], attachedTo: 'i-3' });
  Object.assign(w.the('targetGroups', GROUP), {
    crossZone: false,
    minimumHealthyInDns,
    targets: [
      { id: 'i-1', port: 8080, zone: 'euw1-az1', health: 'healthy' },
      { id: 'i-3', port: 8080, zone: 'euw1-az1', health: 'unhealthy', reason: 'Target.Timeout' },
      { id: 'i-2', port: 8080, zone: 'euw1-az2', health: 'healthy' },
      { id: 'i-4', port: 8080, zone: 'euw1-az2', health: second, reason: 'Target.Timeout' },
    ],
  });
  w.copy('interfaces', 'eni-app-b', { id: 'eni-app-d', addresses: ['10.0.12.21'], attachedTo: 'i-4' });
};

describe('fewer healthy targets in a zone than the DNS failover threshold', () => {
  checkTable(the('path/load-balancer'), {
    'by count: the address of the zone is removed from DNS': [
      aws((w) => twoZones(w, { count: 2 })),
      'warning ZONE_LEAVES_DNS',
      {
        says: ['1 of 2 targets of orders in euw1-az1', 'the address of orders-alb in euw1-az1 is removed from DNS'],
        remedy: 'target_group_health.dns_failover',
      },
    ],
    'by percentage': [aws((w) => twoZones(w, { percent: 51 })), 'warning ZONE_LEAVES_DNS', '51 %'],
    'as many healthy as the threshold': [aws((w) => twoZones(w, { count: 1, percent: 50 })), 'pass PASSED'],
    'no threshold was read': [aws((w) => twoZones(w, undefined)), 'pass PASSED'],
    'all zones are below the threshold, and remain in DNS': [
      aws((w) => twoZones(w, { count: 2 }, 'unhealthy')),
      'pass PASSED',
    ],
    'the zone that is removed from DNS does not reach its healthy target': [
      aws((w) => {
        twoZones(w, { count: 2 });
        w.copy('securityGroups', 'sg-app', { id: 'sg-shut', rules: [] });
        w.the('interfaces', 'eni-app-a').securityGroupIds = ['sg-shut'];
      }),
      'unknown ZONE_LEAVES_DNS',
      'it is not documented whether links still call it; if they do',
    ],
  });
});
