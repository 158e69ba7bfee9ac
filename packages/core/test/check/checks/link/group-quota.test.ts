import { describe } from 'vitest';
import { groupQuota } from '../../../../src/check/checks/link/group-quota.js';
import { declared } from './limits.js';
import { checkTable } from '../run-check.js';
import { type World, awsWorld, alibabaWorld } from '../world.js';

describe('link/group-quota', () => {
  const many =
    (count: number, more: object = {}) =>
    (world: World) => {
      const ids = Array.from({ length: count }, (_, n) => `sg-${n}`);
      for (const id of ids) world.copy('securityGroups', 'sg-link', { id });
      declared(['subnet-a', 'subnet-b'])(world);
      Object.assign(world.linkSpec, { securityGroups: ids, ...more });
    };
  checkTable(groupQuota, [
    { why: 'one', world: () => awsWorld(), verdict: 'pass', evidence: ['L-2AFB9258'] },
    { why: 'five', world: () => awsWorld(many(5)), verdict: 'pass' },
    {
      why: 'six, and the quota of the account was not read',
      world: () => awsWorld(many(6)),
      verdict: 'unknown',
      severity: 'error',
      evidence: ['servicequotas:ListServiceQuotas'],
    },
    {
      why: 'six of five',
      world: () =>
        awsWorld((world) => {
          many(6)(world);
          Object.assign(world.region, { quotas: { 'security-groups-per-interface': 5 } });
        }),
      verdict: 'fail',
      severity: 'error',
      says: ['6 security groups', 'the quota is 5'],
      evidence: ['L-2AFB9258'],
      remedy: ['links.eu.securityGroups', 'L-2AFB9258'],
    },
    {
      why: 'six of ten',
      world: () =>
        awsWorld((world) => {
          many(6)(world);
          Object.assign(world.region, { quotas: { 'security-groups-per-interface': 10 } });
        }),
      verdict: 'pass',
    },
    {
      why: 'the group of the allowlist is the sixth',
      world: () =>
        awsWorld((world) => {
          many(5, { allowlist: ['10.0.0.0/16'] })(world);
          Object.assign(world.region, { quotas: { 'security-groups-per-interface': 5 } });
        }),
      verdict: 'fail',
      says: ['one of them for the allowlist'],
    },
    {
      why: 'an existing link was accepted',
      world: () =>
        awsWorld((world) => {
          const ids = ['sg-link', ...Array.from({ length: 5 }, (_, n) => `sg-${n}`)];
          for (const id of ids.slice(1)) world.copy('securityGroups', 'sg-link', { id });
          Object.assign(world.region, { quotas: { 'security-groups-per-interface': 5 } });
          world.the('links', 'vlink-1').securityGroupIds = ids;
        }),
      verdict: 'pass',
    },
    { why: 'an instance has other quotas', world: () => alibabaWorld(), verdict: 'nothing' },
  ]);
});
