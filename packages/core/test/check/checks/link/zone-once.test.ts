import { describe } from 'vitest';
import { zoneOnce } from '../../../../src/check/checks/link/zone-once.js';
import { declared } from './subnets.js';
import { checkTable } from '../run-check.js';
import { alibabaWorld, awsWorld } from '../world.js';

describe('link/zone-once', () => {
  checkTable(zoneOnce, [
    { why: 'one vSwitch per zone', world: () => alibabaWorld(declared(['vsw-j', 'vsw-k'])), verdict: 'pass' },
    {
      why: 'two vSwitches of one zone',
      world: () => alibabaWorld(declared(['vsw-j', 'vsw-k', 'vsw-app'])),
      verdict: 'fail',
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
      remedy: ['one for each vSwitch'],
    },
    { why: 'it exists already', world: () => alibabaWorld(), verdict: 'nothing' },
    { why: 'a VPC link accepts several per zone', world: () => awsWorld(declared(['subnet-a'])), verdict: 'nothing' },
  ]);
});
