import { groupQuota } from '../../../../src/check/checks/link/group-quota.js';
import { declared } from './limits.js';
import { checkTable } from '../run-check.js';
import { type World, aws, alibaba } from '../world.js';

const many =
  (count: number, more: object = {}) =>
  (world: World) => {
    const ids = Array.from({ length: count }, (_, n) => `sg-${n}`);
    for (const id of ids) world.copy('securityGroups', 'sg-link', { id });
    declared(['subnet-a', 'subnet-b'])(world);
    Object.assign(world.linkSpec, { securityGroups: ids, ...more });
  };
checkTable(groupQuota, {
  one: [aws(), 'pass WITHIN_QUOTA', { evidence: 'L-2AFB9258' }],
  five: [aws(many(5)), 'pass WITHIN_QUOTA'],
  'six, and the quota of the account was not read': [
    aws(many(6)),
    'unknown error QUOTA_NOT_READ',
    { evidence: 'servicequotas:ListServiceQuotas' },
  ],
  'six of five': [
    aws(many(6), { quotas: { 'security-groups-per-interface': 5 } }),
    'error QUOTA_EXCEEDED',
    {
      says: ['6 security groups', 'the quota is 5'],
      evidence: 'L-2AFB9258',
      remedy: ['links.eu.securityGroups', 'L-2AFB9258'],
    },
  ],
  'six of ten': [aws(many(6), { quotas: { 'security-groups-per-interface': 10 } }), 'pass WITHIN_QUOTA'],
  'the group of the allowlist is the sixth': [
    aws(many(5, { allowlist: ['10.0.0.0/16'] }), { quotas: { 'security-groups-per-interface': 5 } }),
    'error QUOTA_EXCEEDED',
    'one of them for the allowlist',
  ],
  'an existing link was accepted': [
    aws((world) => {
      const ids = ['sg-link', ...Array.from({ length: 5 }, (_, n) => `sg-${n}`)];
      for (const id of ids.slice(1)) world.copy('securityGroups', 'sg-link', { id });
      Object.assign(world.region, { quotas: { 'security-groups-per-interface': 5 } });
      world.the('links', 'vlink-1').securityGroupIds = ids;
    }),
    'pass WITHIN_QUOTA',
  ],
  'an instance has other quotas': [alibaba(), 'nothing'],
});
