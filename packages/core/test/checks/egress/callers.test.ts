import { describe, expect, it } from 'vitest';
import { egressAdmitted } from '../../../src/checks/egress/admitted.js';
import { egressWider } from '../../../src/checks/egress/wider.js';
import { targetExposed } from '../../../src/checks/target/exposed.js';
import { targetSameGroup } from '../../../src/checks/target/same-group.js';
import { outcomesOf } from '../run-check.js';
import { alibabaWorld, type World } from '../world.js';

/** The ECS instance is in a group of its own, with these rules. */
const appGroup =
  (rules: readonly object[], changes: object = {}) =>
  (world: World) => {
    const base = { direction: 'in', protocol: 'tcp', fromPort: 8080, toPort: 8080, action: 'allow', priority: 1 };
    const group = world.copy('securityGroups', 'sg-link', { id: 'sg-app', intraGroup: 'deny' });
    Object.assign(group, { rules: rules.map((rule, at) => ({ id: `sgr-${at}`, ...base, ...rule })), ...changes });
    for (const at of [world.the('instances', 'i-1'), world.the('interfaces', 'eni-app')]) {
      at.securityGroupIds = ['sg-app'];
    }
  };
/** Each zone has a group of its own. */
const groupPerZone = (world: World) => {
  world.copy('securityGroups', 'sg-link', { id: 'sg-k' });
  world.the('links', 'apigateway-hz-1').securityGroupIds = ['sg-link', 'sg-k'];
  world.the('interfaces', 'eni-link-k').securityGroupIds = ['sg-k'];
};
const advanced = (id: string) => (world: World) => {
  Object.assign(world.the('securityGroups', id), { kind: 'enterprise', intraGroup: 'deny' });
};
const remedyOf = (check: typeof egressWider, ...changes: readonly ((world: World) => void)[]): string | undefined => {
  const world = alibabaWorld((it) => {
    for (const change of changes) change(it);
  });
  return outcomesOf(check, world).find(({ verdict, subject }) => verdict === 'fail' && subject.includes('orders'))
    ?.remedy;
};
const WIDE = appGroup([{ cidrBlock: '10.0.0.0/16' }]);
const BLOCKS = '10.0.1.0/24 and 10.0.2.0/24';

describe('what a rule that lets a link in has to name', () => {
  it.each([
    ['the one group of the link', [WIDE], 'from sg-link.'],
    ['the groups of all zones', [WIDE, groupPerZone], 'from sg-link and sg-k.'],
    ['blocks in an enterprise group, which names no other', [WIDE, advanced('sg-app')], `from ${BLOCKS}.`],
    ['blocks where the link has an enterprise group, which none names', [WIDE, advanced('sg-link')], `from ${BLOCKS}.`],
    [
      'blocks where nobody knows which zone has which group',
      [WIDE, groupPerZone, ({ withhold }: World) => withhold('interfaces', 'ecs:DescribeNetworkInterfaces')],
      `from ${BLOCKS}.`,
    ],
  ])('%s', (_, changes, text) => {
    expect(remedyOf(egressWider, ...changes)).toContain(`Narrow it in sg-app to tcp 8080 ${text}`);
    expect(remedyOf(targetExposed, ...changes)).toContain(
      `Let sg-app let in only ${text.replace(/^from |\.$/g, '')}, or`,
    );
  });

  it('is the group of the zone that is not let in', () => {
    const one = appGroup([{ securityGroupId: 'sg-link' }]);
    expect(remedyOf(egressAdmitted, one, groupPerZone)).toContain('lets in tcp 8080 from sg-k.');
  });

  it('is its blocks where it has an enterprise group', () => {
    expect(remedyOf(egressAdmitted, appGroup([]), advanced('sg-link'))).toContain(`lets in tcp 8080 from ${BLOCKS}.`);
  });

  it.each([
    [1, 'Remove the rule sgr-0 of sg-app that drops it.'],
    [2, 'that drops it, or add one of priority 1 that lets in'],
    [40, 'that drops it, or add one of priority 1 to 39 that lets in'],
  ])('stands before a drop of priority %i, if anything can', (priority, text) => {
    const drop = appGroup([
      { cidrBlock: '10.0.0.0/16', action: 'drop', priority },
      { cidrBlock: '10.0.0.0/16', priority: 100 },
    ]);
    expect(remedyOf(egressAdmitted, drop)).toContain(text);
  });
});

describe('the group that the vendor asks for', () => {
  it('cannot be had beside one of the other kind', () => {
    const text = remedyOf(targetSameGroup, appGroup([]), advanced('sg-link'));
    expect(text).toContain('takes groups of one kind only');
    expect(text).not.toContain('Add i-1');
    expect(remedyOf(targetSameGroup, appGroup([]))).toContain('Add i-1 to sg-link');
  });
});
