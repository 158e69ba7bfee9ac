import { describe, it, expect } from 'vitest';
import { egressAdmitted } from '../../../../src/check/checks/egress/admitted.js';
import { egressWider } from '../../../../src/check/checks/egress/wider.js';
import { targetExposed } from '../../../../src/check/checks/target/exposed.js';
import { WIDE, advanced, BLOCKS, remedyOf, appGroup } from './callers.js';
import { type World, withhold } from '../world.js';

/** Each zone has its own group. */
const groupPerZone = (world: World) => {
  world.copy('securityGroups', 'sg-link', { id: 'sg-k' });
  world.the('links', 'apigateway-hz-1').securityGroupIds = ['sg-link', 'sg-k'];
  world.the('interfaces', 'eni-link-k').securityGroupIds = ['sg-k'];
};

describe('what an inbound rule for a link has to name', () => {
  it.each([
    ['the one group of the link', [WIDE], 'from sg-link.'],
    ['the groups of all zones', [WIDE, groupPerZone], 'from sg-link and sg-k.'],
    ['blocks in an enterprise group, which cannot name a group', [WIDE, advanced('sg-app')], `from ${BLOCKS}.`],
    [
      'blocks where the link has an enterprise group, which no rule can name',
      [WIDE, advanced('sg-link')],
      `from ${BLOCKS}.`,
    ],
    [
      'blocks where the groups of the zones are not known',
      [WIDE, groupPerZone, withhold('interfaces', 'ecs:DescribeNetworkInterfaces')],
      `from ${BLOCKS}.`,
    ],
  ])('%s', (_, changes, text) => {
    expect(remedyOf(egressWider, ...changes)).toContain(`Narrow this rule of sg-app to tcp 8080 ${text}`);
    expect(remedyOf(targetExposed, ...changes)).toContain(
      `Restrict the inbound rules of sg-app to tcp 8080 ${text.replace(/\.$/, '')}, or`,
    );
  });

  it('is the group of the zone that is not allowed', () => {
    const one = appGroup([{ securityGroupId: 'sg-link' }]);
    expect(remedyOf(egressAdmitted, one, groupPerZone)).toContain('allows tcp 8080 from sg-k.');
  });

  it('is the blocks of a link with an enterprise group', () => {
    expect(remedyOf(egressAdmitted, appGroup([]), advanced('sg-link'))).toContain(`allows tcp 8080 from ${BLOCKS}.`);
  });

  it.each([
    [1, 'Remove the rule sgr-0 of sg-app that drops these calls.'],
    [2, 'that drops these calls, or add an inbound rule of priority 1 that allows'],
    [40, 'that drops these calls, or add an inbound rule of priority 1 to 39 that allows'],
  ])('has priority over a drop of priority %i, if possible', (priority, text) => {
    const drop = appGroup([
      { cidrBlock: '10.0.0.0/16', action: 'drop', priority },
      { cidrBlock: '10.0.0.0/16', priority: 100 },
    ]);
    expect(remedyOf(egressAdmitted, drop)).toContain(text);
  });
});
