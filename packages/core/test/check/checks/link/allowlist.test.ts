import { expect, it } from 'vitest';
import { linkAllowlist } from '../../../../src/check/checks/link/allowlist.js';
import type { PosternError } from '../../../../src/ground/errors.js';
import { diff } from '../../../../src/do/plan/diff.js';
import { outcomesOf, checkTable } from '../run-check.js';
import { awsWorld, type World, aws, alibaba, withhold } from '../world.js';
import { edit } from '../edits.js';
import { CLOUDS } from '../../../clouds.js';

/** The link is declared with a list, and does not exist. */
function listed(allowlist: readonly string[], more: object = {}) {
  return edit({
    'links.vlink-1': undefined,
    'linkSpec.id': undefined,
    linkSpec: { subnets: ['subnet-a', 'subnet-b'], securityGroups: ['sg-link'], allowlist, ...more },
  });
}

/** The default rule of a new group. */
function open({ the }: World): void {
  the('securityGroups', 'sg-link').rules = [
    { id: 'sgr-all', direction: 'out', protocol: '-1', fromPort: -1, toPort: -1, cidrBlock: '0.0.0.0/0' },
  ];
}

/** Its only rule allows outbound to one block, on the port of the target. */
function narrow({ the }: World): void {
  the('securityGroups', 'sg-link').rules = [
    { id: 'sgr-one', direction: 'out', protocol: 'tcp', fromPort: 443, toPort: 443, cidrBlock: '10.0.11.0/24' },
  ];
}

const BLOCKS = Array.from({ length: 61 }, (_, n) => `10.${n}.1.0/24`);

checkTable(linkAllowlist, {
  'the spec declares none': [aws(), 'nothing'],
  'the other group allows outbound no more than the list': [
    aws(narrow, listed(['10.0.0.0/16'])),
    'pass FITS',
    { evidence: 'links.eu.allowlist' },
  ],
  'no other group': [aws(listed(['10.0.0.0/16'], { securityGroups: undefined })), 'pass FITS'],
  'another group has its default rule, so that the list has no effect': [
    aws(open, listed(['10.0.0.0/16'])),
    'error PLAN_REFUSES',
    {
      subject: 'link eu, allowlist',
      says: ['has no effect', 'sg-link', 'everything to 0.0.0.0/0', 'postern plan'],
      evidence: 'sgr-all',
      remedy: 'Narrow or remove that rule',
    },
  ],
  'another group has a rule for a group, whose members may change': [
    aws(listed(['10.0.0.0/16'])),
    'error PLAN_REFUSES',
    { evidence: 'sgr-link-out' },
  ],
  'the groups could not be read': [
    aws(listed(['10.0.0.0/16']), withhold('securityGroups', 'ec2:DescribeSecurityGroups')),
    'unknown GROUP_NOT_READ',
    { evidence: 'ec2:DescribeSecurityGroups' },
  ],
  'one rule above the quota of a group': [
    aws(listed(BLOCKS, { securityGroups: undefined })),
    'error ENTRIES_REFUSED',
    { says: ['needs 61 rules', '60'], evidence: 'links.eu.allowlist', remedy: 'Merge blocks' },
  ],
  'as many rules as the quota of a group': [aws(listed(BLOCKS.slice(1), { securityGroups: undefined })), 'pass FITS'],
  'an adopted link cannot have one': [
    aws({ 'linkSpec.allowlist': ['10.0.0.0/16'] }),
    'error NOT_OWNED',
    { says: 'vlink-1 has no allowlist of this project', evidence: 'vlink-1', remedy: 'remove the ID' },
  ],
  'whether it has one could not be read': [
    aws({ 'linkSpec.allowlist': ['10.0.0.0/16'] }, withhold('allowlists', 'ec2:DescribeSecurityGroups')),
    'unknown GROUP_NOT_READ',
  ],
  'an external link is not changed': [aws({ linkSpec: { owner: 'external', allowlist: ['10.0.0.0/16'] } }), 'nothing'],
  'the list is not a security group, and groups do not affect it': [
    alibaba({ 'linkSpec.allowlist': ['10.0.0.0/16'] }),
    'nothing',
  ],
});

it.each<readonly [string, (world: World) => void, readonly string[]]>([
  ['an open group', open, ['10.0.0.0/16']],
  ['a rule for a group', () => undefined, ['10.0.0.0/16']],
  ['a narrow group', narrow, ['10.0.0.0/16']],
  ['too many rules', narrow, [...BLOCKS, '10.0.0.0/16']],
  ['an adopted link', edit({ 'linkSpec.id': 'vlink-1' }), ['10.0.0.0/16']],
])('reports the same as a plan for %s', (_, change, blocks) => {
  const world = awsWorld((one) => {
    const adopted = { ...one.linkSpec };
    change(one);
    if (_ === 'an adopted link') Object.assign(one.linkSpec, { ...adopted, allowlist: [...blocks] });
    else listed(blocks)(one);
  });
  let refusal: PosternError | undefined;
  try {
    diff(world.snapshot, world.spec, { clouds: CLOUDS });
  } catch (error) {
    refusal = error as PosternError;
  }
  // That the existing route is unmanaged does not matter here.
  if (refusal?.code === 'ALREADY_EXISTS') refusal = undefined;
  const [said] = outcomesOf(linkAllowlist, world);
  expect(said?.verdict).toBe(refusal === undefined ? 'pass' : 'fail');
  if (refusal !== undefined) expect(said?.message).toContain(refusal.message);
});
