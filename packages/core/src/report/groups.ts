import type { Finding } from '../checks/finding.js';

/** The findings of one integration, or of none. */
export interface Group {
  /** `null`: about links of several integrations, or about none. */
  readonly integration: string | null;
  readonly findings: readonly Finding[];
}

/** Findings by integration, in the order in which they stand. */
export function groupsOf(findings: readonly Finding[]): readonly Group[] {
  const groups = new Map<string | null, Finding[]>();
  for (const finding of findings) {
    const group = groups.get(finding.integration);
    if (group === undefined) groups.set(finding.integration, [finding]);
    else group.push(finding);
  }
  return [...groups].map(([integration, members]) => ({ integration, findings: members }));
}

/** A finding, and the subjects of others that say the same. */
export interface Alike {
  readonly finding: Finding;
  readonly others: readonly string[];
}

/** One entry for findings of one group that differ only in their subject. Their order is that of the first of each. */
export function alike(findings: readonly Finding[]): readonly Alike[] {
  const entries = new Map<string, { finding: Finding; others: string[] }>();
  for (const finding of findings) {
    const { check, verdict, severity, message, remedy } = finding;
    const key = JSON.stringify([check, verdict, severity, message, remedy]);
    const entry = entries.get(key);
    if (entry === undefined) entries.set(key, { finding, others: [] });
    else entry.others.push(finding.subject);
  }
  return [...entries.values()];
}
