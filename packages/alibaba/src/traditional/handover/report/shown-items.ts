import { counted, type Look } from '@postern/core/internal/cloud';
import { jsonText } from '@postern/core/internal/report';
import { grouped } from '@postern/core/internal/kinds';
import {
  type Actor,
  type Assessment,
  type HandoverItem,
  type HandoverVerdict,
  daysText,
} from '../assess/assessment.js';

export interface ItemGroup {
  readonly rule: string;
  readonly code: string;
  readonly items: readonly HandoverItem[];
}

/** Verdicts in the order in which they are shown, with the heading of each. */
export const SHOWN: readonly (readonly [verdict: HandoverVerdict, title: string])[] = [
  ['blocked', 'Not carried over'],
  ['unknown', 'Undecided'],
  ['changed', 'Carried over with a difference'],
  ['waived', 'Given up by a waiver'],
  ['exact', 'Carried over as it is'],
];

/** The color of a verdict. */
export const STYLES: Readonly<Record<HandoverVerdict, Look>> = {
  blocked: 'error',
  unknown: 'unknown',
  changed: 'warning',
  waived: 'note',
  exact: 'pass',
};

/** Who acts, at the end of `for`. */
const ACTORS: Readonly<Record<Actor, string>> = {
  none: '',
  platform: 'who runs the gateway',
  callers: 'callers',
  backend: 'owners of backends',
  network: 'who runs the network',
  provider: 'the provider',
};

/** The items with a verdict, by rule and code, in their order. */
export function itemGroups({ items }: Assessment, verdict: HandoverVerdict): readonly ItemGroup[] {
  const groups = grouped(
    items.filter((item) => item.verdict === verdict),
    ({ rule, code }) => `${rule}\n${code}`,
  );
  return [...groups].map(([key, own]) => {
    const [rule = '', code = ''] = key.split('\n');
    return { rule, code, items: own };
  });
}

/** `2 blocked, 1 unknown, 4 changed, 12 exact`. */
export function countsText({ counts }: Assessment): string {
  const parts = SHOWN.flatMap(([verdict]) => (counts[verdict] === 0 ? [] : [`${counts[verdict]} ${verdict}`]));
  return parts.join(', ') || 'nothing found';
}

/** Whether the hand-over can be planned: what follows `The hand-over`. */
export function readyText({ ready, counts }: Assessment): string {
  return ready ? 'can be planned.' : `cannot be planned: ${counts.blocked} blocked, ${counts.unknown} unknown.`;
}

/** `shop (g-1): alibaba cn-hangzhou, account 1000, read at 2026-11-25T08:00:00Z`. */
export const placeText = ({ provider, region, account, takenAt }: Assessment): string =>
  `${provider} ${region}, account ${account}, read at ${takenAt}`;

export const stageLines = ({ stages }: Assessment): readonly string[] =>
  stages.map(
    ({ stage, apis, apiType, verdict }) =>
      `${stage}: ${counted(apis, 'API')} on a gateway of its own, HTTP API of type ${apiType}, ${verdict}`,
  );

/** A line for each instant of the provider's calendar. */
export const calendarLines = ({ calendar }: Assessment): readonly string[] =>
  calendar.map(({ at, what, days }) => `${at}: ${what}, ${daysText(days)}`);

/** What an item is about, and on which stage: `api orders (RELEASE)`. */
export const aboutText = ({ source, stage }: HandoverItem): string =>
  `${source.kind} ${source.name}${stage === undefined ? '' : ` (${stage})`}`;

export function remedyText({ remedy, who }: HandoverItem): string | undefined {
  return remedy === undefined || who === 'none' ? remedy : `${remedy} For ${ACTORS[who]}.`;
}

/** `--waive "api/nonce:orders=REASON"`, where the item may be waived. */
export function waiveText({ rule, source, verdict, waivable }: HandoverItem): string | undefined {
  return waivable && (verdict === 'blocked' || verdict === 'unknown')
    ? `--waive "${rule}:${source.name}=REASON"`
    : undefined;
}

/** An assessment as one JSON document, members in a fixed order. The same assessment gives the same bytes. */
export function assessmentJson(assessment: Assessment): string {
  const {
    version,
    digest,
    takenAt,
    provider,
    region,
    account,
    group,
    verdict,
    ready,
    counts,
    calendar,
    stages,
    apis,
    items,
    gaps,
  } = assessment;
  return `${jsonText({ version, digest, takenAt, provider, region, account, group, verdict, ready, counts, calendar, stages, apis, items, gaps }, 2)}\n`;
}
