import { expect, it } from 'vitest';
import { ownRoutes, VIA } from '../faults.js';
import { outcomesOf } from '../run-check.js';
import { awsWorld } from '../world.js';
import { the } from './aws-rows.js';
import { edit } from '../edits.js';

it.each([
  ['each block behind the target', ['10.0.0.0/16'], 'apply'],
  ['one of the two', ['10.0.11.0/24'], undefined],
])('a cause on two paths ends with an apply where the spec declares %s: %s', (_, allowlist, mendedBy) => {
  const world = awsWorld(
    edit({
      allowlists: [{ linkId: 'vlink-1', owned: true, securityGroupId: 'sg-link', entries: [], wider: [] }],
      'securityGroups.sg-link.rules': [],
      'linkSpec.allowlist': allowlist,
    }),
  );
  const outcomes = outcomesOf(the('path/security-group'), world);
  expect(outcomes.map((one) => [one.verdict, one.mendedBy])).toEqual([['fail', mendedBy]]);
});

it('nothing passes behind a path of the pair whose rest is not known', () => {
  const world = awsWorld((one) => {
    ownRoutes(one, 'subnet-b', [{ cidrBlock: '10.0.12.0/24', nextHop: { kind: 'other', id: 'x' }, ...VIA }]);
  });
  expect(outcomesOf(the('path/route'), world).map(({ verdict }) => verdict)).toEqual(['unknown']);
  expect(outcomesOf(the('path/load-balancer'), world)).toEqual([]);
});
