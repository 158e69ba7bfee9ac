import type { egressWider } from '../../../../src/check/checks/egress/wider.js';
import { outcomesOf } from '../run-check.js';
import { type World, alibabaWorld } from '../world.js';

/** The ECS instance is in its own group, with these rules. */
export const appGroup =
  (rules: readonly object[], changes: object = {}) =>
  (world: World) => {
    const base = { direction: 'in', protocol: 'tcp', fromPort: 8080, toPort: 8080, action: 'allow', priority: 1 };
    const group = world.copy('securityGroups', 'sg-link', { id: 'sg-app', intraGroup: 'deny' });
    Object.assign(group, { rules: rules.map((rule, at) => ({ id: `sgr-${at}`, ...base, ...rule })), ...changes });
    for (const at of [world.the('instances', 'i-1'), world.the('interfaces', 'eni-app')]) {
      at.securityGroupIds = ['sg-app'];
    }
  };

export const advanced = (id: string) => (world: World) => {
  Object.assign(world.the('securityGroups', id), { kind: 'enterprise', intraGroup: 'deny' });
};

export const remedyOf = (
  check: typeof egressWider,
  ...changes: readonly ((world: World) => void)[]
): string | undefined => {
  const world = alibabaWorld((it) => {
    for (const change of changes) change(it);
  });
  return outcomesOf(check, world).find(({ verdict, subject }) => verdict === 'fail' && subject.includes('orders'))
    ?.remedy;
};

export const WIDE = appGroup([{ cidrBlock: '10.0.0.0/16' }]);

export const BLOCKS = '10.0.1.0/24 and 10.0.2.0/24';
