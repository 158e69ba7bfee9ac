import type { SecurityGroup } from '../model/network.js';

/**
 * The rules of other groups that name a group, each as text: `inbound rule sgr-1 of sg-2 (tcp 80)`. A group that such a rule
 * names cannot be deleted.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteSecurityGroup.html
 */
export function referencesTo(groupId: string, groups: readonly SecurityGroup[]): readonly string[] {
  return groups
    .filter(({ id }) => id !== groupId)
    .flatMap(({ id, rules }) =>
      rules
        .filter(({ securityGroupId }) => securityGroupId === groupId)
        .map(({ id: ruleId, direction, protocol, fromPort, toPort }) => {
          const ports = fromPort === toPort ? `${fromPort}` : `${fromPort}-${toPort}`;
          const what = ['-1', 'all'].includes(protocol) ? 'all traffic' : `${protocol} ${ports}`;
          return `${direction}bound rule${ruleId === undefined ? '' : ` ${ruleId}`} of ${id} (${what})`;
        }),
    );
}
