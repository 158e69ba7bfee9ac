import { expect, it } from 'vitest';
import { the } from '../../checks/path/aws-rows.js';
import { outcomesOf } from '../../checks/run-check.js';
import { awsWorld } from '../../checks/world.js';

it.each([
  ['the first', 0, ['eu fail', 'far pass']],
  ['the second', 1, ['eu pass', 'far fail']],
])('two accounts have the same region and IDs: the paths of %s are stopped by its own groups', (_, at, expected) => {
  const world = awsWorld(({ snapshot, spec, region, linkSpec, integration }) => {
    const account = '444455556666';
    const far = structuredClone({ ...region, account });
    Object.assign(snapshot, { regions: [region, far] });
    linkSpec.account = region.account;
    spec.links['far'] = { ...linkSpec, account };
    spec.integrations['far'] = { ...structuredClone(integration), link: 'far' };
    const { securityGroups } = [region, far][at]!;
    securityGroups.find(({ id }) => id === 'sg-lb')!.rules = [];
  });
  const outcomes = outcomesOf(the('path/security-group'), world);
  expect(outcomes.map(({ subject, verdict }) => `${/link (\w+)/.exec(subject)?.[1]} ${verdict}`)).toEqual(expected);
});
