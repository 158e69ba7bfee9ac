import { describe } from 'vitest';
import { named } from '../all-checks.js';
import { checkTable } from '../run-check.js';
import { useConventional } from './backends.js';
import { type World, alibaba, aws } from '../world.js';

const targetAccessList = named('target/access-list');

describe('target/access-list', () => {
  const control = (to: object | undefined) => (world: World) => {
    Object.assign(world.the('listeners', 'lb-1/http:80'), { accessControl: to });
  };
  checkTable(targetAccessList, [
    { why: 'both vSwitches', world: alibaba(), verdict: 'pass', evidence: ['acl-1'] },
    { why: 'no list', world: alibaba(control(undefined)), verdict: 'pass' },
    {
      why: 'an empty allow list',
      world: alibaba(control({ kind: 'allow', ids: ['acl-1'], cidrBlocks: [] })),
      verdict: 'pass',
    },
    {
      why: 'the list lacks one of the two vSwitches',
      world: alibaba(control({ kind: 'allow', ids: ['acl-1'], cidrBlocks: ['10.0.1.0/24'] })),
      verdict: 'fail',
      severity: 'error',
      subject: 'target stock',
      says: ['10.0.2.0/24 (vsw-k)'],
      evidence: ['acl-1'],
      remedy: ['Add 10.0.2.0/24 to acl-1'],
    },
    {
      why: 'single addresses are not enough',
      world: alibaba(control({ kind: 'allow', ids: ['acl-1'], cidrBlocks: ['10.0.1.10/32', '10.0.2.0/24'] })),
      verdict: 'fail',
    },
    {
      why: 'a deny list',
      world: alibaba(control({ kind: 'deny', ids: ['acl-1'], cidrBlocks: ['10.0.2.7/32'] })),
      verdict: 'fail',
      remedy: ['Remove 10.0.2.7/32 from acl-1'],
    },
    {
      why: 'a deny list with an entry that is not a block',
      world: alibaba(control({ kind: 'deny', ids: ['acl-1'], cidrBlocks: ['10.0.2.7/24'] })),
      verdict: 'unknown',
      remedy: ['10.0.2.7/24'],
    },
    {
      why: 'a conventional instance: the new block is missing',
      world: alibaba((world) => {
        useConventional(world);
        control({ kind: 'allow', ids: ['acl-1'], cidrBlocks: ['100.104.254.0/26'] })(world);
      }),
      verdict: 'fail',
      says: ['100.104.253.0/26', 'new'],
      remedy: ['100.104.253.0/26'],
    },
    {
      why: 'a conventional instance: both blocks',
      world: alibaba((world) => {
        useConventional(world);
        control({ kind: 'allow', ids: ['acl-1'], cidrBlocks: ['100.104.254.0/26', '100.104.253.0/26'] })(world);
      }),
      verdict: 'pass',
    },
    {
      why: 'entries were not read',
      world: alibaba(control({ kind: 'allow', ids: ['acl-1'] })),
      verdict: 'unknown',
      evidence: ['slb:DescribeAccessControlListAttribute'],
    },
    { why: 'no CLB instance', world: aws(), verdict: 'nothing' },
  ]);
});
