import { describe } from 'vitest';
import { named } from '../all-checks.js';
import { declared } from '../link/subnets.js';
import { checkTable } from '../run-check.js';
import { aws, alibaba, copy } from '../world.js';

const zoneOnce = named('link/zone-once');

describe('link/zone-once', () => {
  checkTable(zoneOnce, {
    'one vSwitch per zone': [alibaba(declared(['vsw-j', 'vsw-k'])), 'pass ONE_IN_EACH_ZONE'],
    'two vSwitches of one zone': [
      alibaba(declared(['vsw-j', 'vsw-k', 'vsw-app'])),
      'error ZONE_TWICE',
      { evidence: ['vsw-j', 'vsw-app'], remedy: 'links.eu.subnets' },
    ],
    'neither one group nor one per vSwitch': [
      alibaba(
        copy('securityGroups', 'sg-link', { id: 'sg-2' }),
        copy('securityGroups', 'sg-link', { id: 'sg-3' }),
        declared(['vsw-j', 'vsw-k'], ['sg-link', 'sg-2', 'sg-3']),
      ),
      'error GROUP_COUNT',
      { remedy: 'one for each vSwitch' },
    ],
    'it exists already': [alibaba(), 'nothing'],
    'a VPC link accepts several per zone': [aws(declared(['subnet-a'])), 'nothing'],
  });
});
