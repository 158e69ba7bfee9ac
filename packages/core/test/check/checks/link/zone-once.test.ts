import { describe } from 'vitest';
import { named } from '../all-checks.js';
import { declared } from './subnets.js';
import { checkTable } from '../run-check.js';
import { alibabaWorld, awsWorld } from '../world.js';

const zoneOnce = named('link/zone-once');

describe('link/zone-once', () => {
  checkTable(zoneOnce, [
    { why: 'one vSwitch per zone', world: () => alibabaWorld(declared(['vsw-j', 'vsw-k'])), verdict: 'pass' },
    {
      why: 'two vSwitches of one zone',
      world: () => alibabaWorld(declared(['vsw-j', 'vsw-k', 'vsw-app'])),
      verdict: 'fail',
      code: 'ZONE_TWICE',
      evidence: ['vsw-j', 'vsw-app'],
      remedy: ['links.eu.subnets'],
    },
    {
      why: 'neither one group nor one per vSwitch',
      world: () =>
        alibabaWorld((world) => {
          world.copy('securityGroups', 'sg-link', { id: 'sg-2' });
          world.copy('securityGroups', 'sg-link', { id: 'sg-3' });
          declared(['vsw-j', 'vsw-k'], ['sg-link', 'sg-2', 'sg-3'])(world);
        }),
      verdict: 'fail',
      code: 'GROUP_COUNT',
      remedy: ['one for each vSwitch'],
    },
    { why: 'it exists already', world: () => alibabaWorld(), verdict: 'nothing' },
    { why: 'a VPC link accepts several per zone', world: () => awsWorld(declared(['subnet-a'])), verdict: 'nothing' },
  ]);
});
