import { emptyRegion } from '../../src/do/snapshot/snapshot-form.js';
import type { FailedFinding } from '../../src/internal/check.js';
import type { Finding, Snapshot, Spec } from '../../src/internal/library.js';
import type { WatchEvent, WatchHistory } from '../../src/internal/watch.js';
import type * as Watch from '../../src/internal/watch.js';
import { CLOUDS } from '../clouds.js';

/** 2026-06-01T00:00:00Z, in milliseconds. */
export const START = Date.UTC(2026, 5, 1);
export const at = (seconds: number): string => new Date(START + seconds * 1_000).toISOString();

const link = { provider: 'aws', region: 'eu-west-1' };
/** Two integrations on one link, and a link that none uses. */
export const SPEC: Spec = {
  version: 1,
  project: 'shop',
  spec: 'shop-1a2b',
  links: { eu: link, spare: link },
  integrations: {
    orders: { link: 'eu', gateway: { httpApi: 'a1' }, targets: {}, routes: {} },
    users: { link: 'eu', gateway: { httpApi: 'a1' }, targets: {}, routes: {} },
  },
} as unknown as Spec;

/** A finding of severity `error` about an integration, or about a link. */
export function finding(
  of: { readonly integration: string } | { readonly link: string } | undefined,
  verdict: 'fail' | 'unknown' = 'fail',
  more: Partial<FailedFinding> = {},
): Finding {
  const about = of !== undefined && 'link' in of ? [{ kind: 'link', id: of.link, label: `link ${of.link}` }] : [];
  return {
    check: 'path/security-group',
    code: verdict === 'fail' ? 'DENIED' : 'UNKNOWN',
    integration: of !== undefined && 'integration' in of ? of.integration : null,
    about,
    subject: 'link eu → target main',
    params: {},
    message: 'Security group sg-1 has no rule for tcp 443.',
    remedy: 'Add the rule.',
    evidence: [{ kind: 'security group', id: 'sg-1', text: '' }],
    severity: 'error',
    verdict,
    ...more,
  } as Finding;
}

/** A snapshot without anything but groups. */
export function snapshot(
  taken: string,
  groups: readonly object[] = [],
  gaps: readonly object[] = [],
  more: object = {},
): Snapshot {
  const region = {
    ...emptyRegion({ provider: 'aws', region: 'eu-west-1', account: '111122223333' }),
    gaps,
    whole: ['securityGroups'],
    securityGroups: groups,
    ...more,
  };
  return { version: 1, takenAt: taken, regions: [region] } as unknown as Snapshot;
}

/** What one round reads: findings, or nothing. */
export interface Seen {
  readonly at: number;
  readonly findings?: readonly Finding[];
  readonly failure?: string;
  readonly elapsedMs?: number | undefined;
  readonly spec?: Spec;
  readonly groups?: readonly object[];
  readonly gaps?: readonly object[];
  /** Other lists of the region. */
  readonly region?: object;
}

/** Rounds one after the other, by the module that is tested. Answers with the events of each. */
export function watched(
  { newHistory, watchStep }: Pick<typeof Watch, 'newHistory' | 'watchStep'>,
  rounds: readonly Seen[],
): { readonly history: WatchHistory; readonly events: readonly (readonly WatchEvent[])[]; readonly pending: boolean } {
  let history = newHistory(SPEC, at(0));
  let before: Snapshot | undefined;
  let pending = false;
  const events = rounds.map((seen) => {
    const { spec = SPEC, findings, elapsedMs, failure, groups, gaps, region } = seen;
    const read =
      findings === undefined
        ? undefined
        : {
            snapshot: snapshot(at(seen.at), groups, gaps, region),
            report: { version: 1, findings, gaps: [], assumptions: [] } as const,
          };
    const step = watchStep(history, { spec, at: at(seen.at), elapsedMs, read, failure }, { clouds: CLOUDS, before });
    history = step.history;
    pending = step.isPending;
    before = read?.snapshot ?? before;
    return step.events;
  });
  return { history, events, pending };
}

/** Changes of verdicts, a line each. */
export function lines(events: readonly (readonly WatchEvent[])[]): readonly string[] {
  return events.flatMap((round, at) =>
    round.flatMap(({ type, subject, from, to }) =>
      type === 'verdict' ? [`${at}: ${subject}: ${from ?? 'new'} → ${to ?? ''}`] : [],
    ),
  );
}
