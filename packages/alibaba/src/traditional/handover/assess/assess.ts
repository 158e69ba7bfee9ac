import { grouped, groupedPairs, InvalidInputError, PosternError } from '@postern/core/internal/kinds';
import { apiTypeOf } from '../mapping/route-match.js';
import { sourceDigest } from '../source/read-source.js';
import { HANDOVER_SOURCE_VERSION, type HandoverSource } from '../source/source.js';
import {
  ASSESSMENT_VERSION,
  VERDICTS,
  worstOf,
  type ApiVerdict,
  type Assessment,
  type HandoverItem,
  type HandoverVerdict,
  calendarAt,
} from './assessment.js';
import { HANDOVER_RULES } from './rules/index.js';
import { keyText } from './rules/paths.js';
import { type TargetGateway, compare, viewOf, type AssessView } from './view.js';
import { requireUsed, waived, type Waiver } from './rule.js';

/** How a hand-over is assessed. */
export interface AssessOptions {
  /** Gateways that exist and are to be the targets, if any: one for each stage. */
  readonly targets?: readonly TargetGateway[] | undefined;
  readonly waivers?: readonly Waiver[] | undefined;
  /** The instant that deadlines are counted from: ISO 8601. Default: when the source was read. */
  readonly now?: string | undefined;
}

/**
 * What becomes of each thing of an API group on Cloud-native API Gateway. Pure: the same source gives the same assessment, in
 * whichever order its lists are.
 * @throws {InvalidInputError} `INVALID_INPUT` for a waiver that fits nothing, or something that cannot be waived. {PosternError}
 *   `UNSUPPORTED_VERSION` for a source of another version
 */
export function assess(source: HandoverSource, options: AssessOptions = {}): Assessment {
  requireVersion(source);
  const { targets = [], waivers = [], now = source.takenAt } = options;
  const at = Date.parse(now);
  if (Number.isNaN(at)) {
    throw new InvalidInputError('INVALID_INPUT', `assess: options.now: ${JSON.stringify(now)} is not an instant`, {
      remedy: 'Write it as in 2026-11-25T08:00:00Z.',
    });
  }

  const view = viewOf({ source, targets, now: at });
  const items = itemsOf(view, waivers);
  const apis = apiVerdicts(view, items);
  const { digest, takenAt, provider, region, account, group } = { ...source, digest: sourceDigest(source) };
  const verdict = worstOf(items.map((item) => item.verdict));
  return {
    version: ASSESSMENT_VERSION,
    digest,
    takenAt,
    provider,
    region,
    account,
    group: { id: group.id, name: group.name },
    verdict,
    ready: verdict !== 'blocked' && verdict !== 'unknown',
    stages: stageVerdicts(view, apis),
    apis,
    items,
    counts: countsOf(items),
    calendar: calendarAt(at),
    gaps: source.gaps,
  };
}

function requireVersion({ version }: HandoverSource): void {
  if (version === HANDOVER_SOURCE_VERSION) return;

  throw new PosternError(
    'UNSUPPORTED_VERSION',
    `the source of the hand-over has version ${String(version)}, not ${HANDOVER_SOURCE_VERSION}`,
    { remedy: 'Read the group again with this version.' },
  );
}

/** Rules in their order; the items of one rule by stage, name and code. */
function itemsOf(view: AssessView, waivers: readonly Waiver[]): readonly HandoverItem[] {
  const used = new Set<Waiver>();
  const items = HANDOVER_RULES.flatMap(({ id, find }) =>
    [...find(view)]
      .toSorted(
        (a, b) =>
          compare(a.stage ?? '', b.stage ?? '') ||
          compare(a.source.name, b.source.name) ||
          compare(a.code, b.code) ||
          compare(a.source.id, b.source.id) ||
          compare(a.message, b.message),
      )
      .map((found): HandoverItem => ({ rule: id, ...waived(id, found, waivers, used) })),
  );
  // A waiver names the rule, or the rule and the object.
  const open = items.filter(isOpen).flatMap((item) => [itemName(item), item.rule]);
  if (waivers.length > 0) requireUsed(waivers, used, open);
  return items;
}

const isOpen = ({ verdict }: HandoverItem): boolean => verdict === 'blocked' || verdict === 'unknown';

/** What a waiver of this item names: `api/nonce:orders`. */
export const itemName = ({ rule, source }: Pick<HandoverItem, 'rule' | 'source'>): string => `${rule}:${source.name}`;

function apiVerdicts(view: AssessView, items: readonly HandoverItem[]): readonly ApiVerdict[] {
  const verdicts = groupedPairs(
    items.flatMap(({ apis, stage = '', verdict }) => apis.map((id) => [`${stage} ${id}`, verdict] as const)),
  );
  return view.published.map((one) => {
    const { api, deployment } = one;
    const { stage } = deployment;
    const found = [...(verdicts.get(`${stage} ${api.id}`) ?? []), ...(verdicts.get(` ${api.id}`) ?? [])];
    return { id: api.id, name: api.name, stage, key: keyText(one), verdict: worstOf(found) };
  });
}

function stageVerdicts(view: AssessView, apis: readonly ApiVerdict[]): Assessment['stages'] {
  return [...grouped(apis, ({ stage }) => stage)].map(([stage, own]) => ({
    stage,
    verdict: worstOf(own.map(({ verdict }) => verdict)),
    apis: own.length,
    apiType: apiTypeOf(view.stages.get(stage) ?? []),
  }));
}

function countsOf(items: readonly HandoverItem[]): Readonly<Record<HandoverVerdict, number>> {
  const counts = Object.fromEntries(VERDICTS.map((verdict) => [verdict, 0])) as Record<HandoverVerdict, number>;
  for (const { verdict } of items) counts[verdict] += 1;
  return counts;
}
