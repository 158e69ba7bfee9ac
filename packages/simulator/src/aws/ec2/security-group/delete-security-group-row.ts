import type { Ec2State } from '../state.js';

/** Removes a group and its rules. The caller has checked that nothing uses it. */
export function deleteSecurityGroupRow(ec2: Ec2State, id: string): void {
  for (const rule of ec2.securityGroupRules.values()) {
    if (rule.groupId === id) ec2.securityGroupRules.delete(rule.id);
  }
  ec2.securityGroups.delete(id);
}
