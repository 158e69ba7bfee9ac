import { canonical } from '../../../../src/check/checks/cidr/canonical.js';
import { listed, allowed } from './blocks.js';
import { checkTable } from '../run-check.js';
import { alibaba, aws } from '../world.js';

checkTable(canonical, {
  canonical: [alibaba(), 'pass ALLOWLIST_CANONICAL'],
  'host bits in a spec that was not parsed': [
    aws(listed('10.0.0.1/16')),
    'error BLOCK_NOT_CANONICAL',
    { subject: 'link eu, 10.0.0.1/16', evidence: '10.0.0.1/16', remedy: 'Write 10.0.0.0/16.' },
  ],
  'leading zeros on the cloud': [alibaba(allowed('010.0.0.0/8')), 'warning BLOCK_NOT_CANONICAL'],
  'what the backend admits': [
    aws({ 'targetSpec.admits': ['10.0.1.7/24'] }),
    'error ADMITS_NOT_CANONICAL',
    { evidence: 'integrations.orders.targets.orders.admits', remedy: '10.0.1.0/24' },
  ],
  'nothing to read': [aws(), 'nothing'],
});
