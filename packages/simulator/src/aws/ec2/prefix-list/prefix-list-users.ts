import type { Ec2State } from '../state.js';

/** The ids of the security groups and route tables that refer to a prefix list. */
export function prefixListUsers(ec2: Ec2State, id: string): string[] {
  const users = new Set<string>();
  for (const rule of ec2.securityGroupRules.values()) if (rule.prefixListId === id) users.add(rule.groupId);
  for (const table of ec2.routeTables.values()) {
    if (table.routes.some((route) => route.destination === id)) users.add(table.id);
  }
  return [...users];
}
