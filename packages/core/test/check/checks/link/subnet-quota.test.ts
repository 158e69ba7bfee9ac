import { subnetQuota } from '../../../../src/check/checks/link/subnet-quota.js';
import { declared } from './limits.js';
import { checkTable } from '../run-check.js';
import { type World, aws } from '../world.js';

const many = (count: number) => (world: World) => {
  const ids = Array.from({ length: count }, (_, n) => `subnet-${n}`);
  for (const id of ids) world.copy('subnets', 'subnet-a', { id });
  declared(ids)(world);
};
checkTable(subnetQuota, {
  two: [aws(), 'pass WITHIN_QUOTA'],
  ten: [aws(many(10)), 'pass WITHIN_QUOTA'],
  'eleven, and whether the quota was raised is not known': [
    aws(many(11)),
    'unknown QUOTA_NOT_READ',
    { remedy: 'look L-668C9B28 up' },
  ],
  'eleven of ten': [
    aws(many(11), { quotas: { 'subnets-per-vpc-link': 10 } }),
    'error QUOTA_EXCEEDED',
    { evidence: 'L-668C9B28', remedy: 'L-668C9B28' },
  ],
});
