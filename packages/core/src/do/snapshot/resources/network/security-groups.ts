import { strict } from '../../../forms/form.js';
import { securityGroupShape, type SecurityGroup, type SecurityGroupRule } from '../../../model/network.js';
import { ruleText } from '../../../words/rule-words.js';
import { part, resource } from '../resource.js';

/** See {@link SecurityGroup}. */
export const securityGroups = resource(strict<SecurityGroup>()(securityGroupShape), {
  always: true,
  key: 'id',
  noun: 'security group',
  diffOrder: 4,
  parts: { rules: part<SecurityGroupRule>('rule', ruleText, ({ id }) => id) },
});
