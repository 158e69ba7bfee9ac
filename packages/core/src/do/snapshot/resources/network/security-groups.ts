import { oneOf, optional, strict, type AnyForm, type Form } from '../../../forms/form.js';
import { sorted } from '../../../forms/lists.js';
import {
  id,
  integer,
  optionalBlock,
  optionalText,
  owner,
  port,
  protocol,
  raw,
  strings,
  text,
} from '../../../forms/resource-values.js';
import type { ImplicitRules, RuleNarrowing, SecurityGroup, SecurityGroupRule } from '../../../model/network.js';
import { ruleText } from '../../../words/rule-words.js';
import { part, resource } from '../resource.js';

const implicit = optional(oneOf('allow', 'deny'));

const narrowed = strict<RuleNarrowing>()({ ownCidrBlock: optionalBlock, sourcePorts: optionalText });

const rule = strict<SecurityGroupRule>()({
  id: optionalText,
  direction: oneOf('in', 'out'),
  protocol,
  fromPort: port,
  toPort: port,
  cidrBlock: optionalBlock,
  prefixListId: optionalText,
  securityGroupId: optionalText,
  peerAccount: optionalText,
  portListId: optionalText,
  narrowed: optional(narrowed),
  action: optional(oneOf('allow', 'drop')),
  priority: optional(integer),
  description: optionalText,
});

function portsInOrder(form: Form<SecurityGroupRule>): Form<SecurityGroupRule> {
  const wrong: AnyForm = { check: (_, walk) => walk.add('expected a port from fromPort on'), schema: {} };
  return {
    ...form,
    check: (given, walk) => {
      form.check(given, walk);
      const { protocol: of, fromPort, toPort } = (given ?? {}) as Partial<SecurityGroupRule>;
      if (typeof fromPort !== 'number' || typeof toPort !== 'number' || fromPort <= toPort) return;
      if (of === 'tcp' || of === 'udp') walk.into('toPort', wrong, toPort);
    },
  };
}

/** See {@link SecurityGroup}. */
export const securityGroups = resource(
  strict<SecurityGroup>()({
    id,
    name: text,
    networkId: text,
    rules: sorted(portsInOrder(rule), ['direction', 'priority', 'id']),
    kind: optional(oneOf('basic', 'enterprise')),
    implicit: optional(strict<ImplicitRules>()({ in: implicit, out: implicit })),
    intraGroup: implicit,
    account: optionalText,
    owner,
    tags: strings,
    raw,
  }),
  {
    always: true,
    key: 'id',
    noun: 'security group',
    diffOrder: 4,
    parts: { rules: part<SecurityGroupRule>('rule', ruleText, ({ id }) => id) },
  },
);
