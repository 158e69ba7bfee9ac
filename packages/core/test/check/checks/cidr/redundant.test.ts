import { redundant } from '../../../../src/check/checks/cidr/redundant.js';
import { allowed, listed } from './blocks.js';
import { checkTable } from '../run-check.js';
import { alibaba, aws, withhold } from '../world.js';
import { edit } from '../edits.js';

const notThere = edit({
  'links.apigateway-hz-1': undefined,
  'linkSpec.id': undefined,
  linkSpec: { subnets: ['vsw-j', 'vsw-k'], securityGroups: ['sg-link'] },
});
checkTable(redundant, {
  'no block overlaps another': [alibaba(), 'pass ENTRIES_APART'],
  'one within another, on the cloud': [
    alibaba(allowed('10.0.20.128/25')),
    'warning ENTRIES_OVERLAP',
    {
      says: '10.0.20.0/24 holds 10.0.20.128/25',
      evidence: '10.0.20.0/24',
      remedy: 'postern revoke eu 10.0.20.128/25',
    },
  ],
  'one within another, in the spec': [
    aws(listed('10.0.0.0/16', '10.0.1.0/24')),
    'warning ENTRIES_OVERLAP',
    { remedy: 'Remove 10.0.1.0/24 from links.eu.allowlist' },
  ],
  'within the vSwitch of the link, which needs no entry': [
    alibaba(listed('10.0.1.0/25')),
    'error ENTRY_IN_SUBNET',
    {
      says: '10.0.1.0/25 is inside 10.0.1.0/24, the block of vsw-j',
      evidence: '10.0.1.0/25',
      remedy: 'Remove 10.0.1.0/25 from links.eu.allowlist',
    },
  ],
  'within the vSwitch of the link, and on the cloud already: plans do not change it': [
    alibaba(allowed('10.0.1.0/25'), listed('10.0.1.0/25')),
    'warning ENTRY_IN_SUBNET',
  ],
  'a wider block than those of the vSwitches, whose entries cannot be removed': [
    alibaba(allowed('10.0.0.0/16'), listed('10.0.0.0/16')),
    'pass ENTRIES_APART',
  ],
  'a wider block on the cloud makes others redundant, except those of the vSwitches': [
    alibaba(allowed('10.0.0.0/16')),
    'warning ENTRIES_OVERLAP',
    { remedy: 'postern revoke eu 10.0.20.0/24 --revoke-needed`' },
  ],
  'the block of a vSwitch in the list of a link that does not exist': [
    alibaba(listed('10.0.1.0/24', '10.0.20.0/24'), notThere),
    'error ENTRY_IN_SUBNET',
    { evidence: '10.0.1.0/24' },
  ],
  'the vSwitches of a link that does not exist could not be read': [
    alibaba(listed('10.0.20.0/24'), notThere, withhold('subnets', 'vpc:DescribeVSwitches')),
    'unknown SUBNETS_NOT_READ',
    { evidence: 'vpc:DescribeVSwitches' },
  ],
  'whether the link exists could not be read': [
    alibaba(listed('10.0.1.0/25'), withhold('links', 'apigateway:DescribeInstances')),
    'unknown SUBNETS_NOT_READ',
    { evidence: 'apigateway:DescribeInstances' },
  ],
  'the block of a vSwitch in the list of a link that exists': [
    alibaba(listed('10.0.1.0/24', '10.0.20.0/24')),
    'pass ENTRIES_APART',
  ],
  'different ports': [
    aws(({ region }) => {
      const entry = { cidrBlock: '10.0.0.0/16', protocol: 'tcp' as const, fromPort: 443, toPort: 443 };
      Object.assign(region.allowlists[0] ?? {}, {
        owned: true,
        entries: [entry, { ...entry, cidrBlock: '10.0.1.0/24', fromPort: 80, toPort: 80 }],
      });
    }),
    'pass ENTRIES_APART',
  ],
});
