import type { Finding } from '../../do/findings/finding.js';

/** The findings of one integration, or of none. */
export interface Group<T = Finding> {
  /** `null`: about links of several integrations, or about none. */
  readonly integration: string | null;
  readonly findings: readonly T[];
}

/** Findings by integration, in order. */
export function groupsOf(findings: readonly Finding[]): readonly Group[] {
  return groupsBy(findings, ({ integration }) => integration);
}

/** Groups items about findings by their integration, in order. */
export function groupsBy<T>(things: readonly T[], integrationOf: (thing: T) => string | null): readonly Group<T>[] {
  const groups = new Map<string | null, T[]>();
  for (const thing of things) {
    const integration = integrationOf(thing);
    const group = groups.get(integration);
    if (group === undefined) groups.set(integration, [thing]);
    else group.push(thing);
  }
  return [...groups].map(([integration, members]) => ({ integration, findings: members }));
}
