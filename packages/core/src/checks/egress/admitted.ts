import { stating, type Judgement, type Statement } from '../../findings/statement.js';
import type { egressAdmittedWords } from './words/admitted.words.js';
import { part } from '../../findings/subject.js';
import type { SecurityGroup } from '../../model/network.js';
import { MAX_ALLOW_ENTRIES } from '../../allowlist/allow-entries.js';
import type { CheckInput, IntegrationView, LinkView, TargetView } from '../../world/views.js';
import type { Evidence } from '../../findings/finding.js';
import { backends, type BackedTarget } from '../../network/balancers/balancers.js';
import { kindTraitsOf } from '../../world/link-facts.js';
import { aboutTarget } from '../../findings/about.js';
import {
  admissionOf,
  entranceOf,
  type Admission,
  type Entrance,
  type Guard,
  type PortRule,
} from '../callers/admission.js';
import { blockSet, readBlock } from '../../network/block-set.js';
import { callerNames } from '../callers/caller-names.js';
import { ruleEvidence } from '../../findings/evidence.js';
import { guardEvidence, guardsOf } from '../callers/guards.js';
import { sourceOf, type Source, type SourceBlock } from '../../network/sources/link-source.js';
import { blocksText, type CallerBlock } from '../../text/blocks-text.js';

const { fails, holds, unsure } = stating<(typeof egressAdmittedWords)['says']>();

/** `egress/admitted`. */
export const egressAdmitted: Judgement = {
  id: 'egress/admitted',
  severity: 'error',
  run(input) {
    const said: Statement[] = [];
    for (const one of backends(input)) {
      const { integration, target, backend } = one;
      // Behind PrivateLink the link's addresses are not visible: target/private-link reports what applies
      // there.
      if (kindTraitsOf(integration.link).callsFrom === 'load balancer') continue;
      const { admits } = target.spec;
      if (admits !== undefined) said.push(byList(input, integration, target, admits));
      // A plain address may be outside of the cloud, where only `admits` is known.
      if (backend.kind === 'address' && admits !== undefined) continue;
      const ofGroups = byGroups(input, one, guardsOf(input, integration, target, backend));
      if (ofGroups !== undefined) said.push(ofGroups);
    }
    return said;
  },
};

function byList(
  input: CheckInput,
  integration: IntegrationView,
  target: TargetView,
  admits: readonly string[],
): Statement {
  const about = aboutTarget(integration, target, part('admits', 'admits'));
  const source = sourceOf(integration.link);
  const place = `integrations.${integration.name}.targets.${target.name}.admits`;
  const evidence = [{ kind: 'spec', id: place, text: admits.join(', ') || 'nothing' }];
  const list = blockSet(admits);
  const refused = source.blocks.filter(({ text }) => {
    const block = readBlock(text);
    return block !== undefined && !list.has(block);
  });
  if (refused.length > 0) {
    return fails(about, 'ADMITS_LACKS_BLOCKS', {
      params: {
        refused: blocksOf(refused),
        link: integration.link.name,
        integration: integration.name,
        target: target.name,
      },
      evidence,
    });
  }
  if (source.missing !== undefined) {
    return unsure(about, 'ADMITS_NOT_READ', { link: integration.link.name }, source.missing, { evidence });
  }
  return holds(input, about, 'ADMITS_HOLDS_BLOCKS', () => ({
    params: { blocks: blocksOf(source.blocks) },
    evidence,
  }));
}

function byGroups(
  input: CheckInput,
  { integration, about }: BackedTarget,
  { guards, unguarded, missing }: ReturnType<typeof guardsOf>,
): Statement | undefined {
  const { link } = integration;
  const source = sourceOf(link);
  let worst: { readonly guard: Guard; readonly entrance: Entrance; readonly admission: Admission } | undefined;
  let open = missing ?? (guards.length > 0 ? source.missing : undefined);
  for (let at = 0; at < guards.length; at += 1) {
    const guard = guards[at] as Guard;
    const entrance = entranceOf(guard);
    const admission = admissionOf(entrance, guard.byBlocks === true ? byBlocksOnly(source, guard) : source);
    if (admission.refused.length > 0) worst ??= { guard, entrance, admission };
    else open ??= admission.open[0]?.missing;
  }
  if (worst !== undefined) {
    const { guard, entrance } = worst;
    const drops = dropsOf(entrance, guard.byBlocks === true ? byBlocksOnly(source, guard) : source);
    return refusal(link, source, about, { ...worst, drops });
  }
  if (open !== undefined)
    return unsure(about, 'GUARDS_NOT_READ', { link: link.name }, open, { evidence: guards.map(namedEvidence) });
  if (guards.length > 0 || unguarded.length > 0) {
    return holds(input, about, 'ADMITTED', () => ({
      params: {
        guards: guards.map(({ what }) => what),
        blocks: blocksOf(source.blocks),
        unguarded,
      },
      evidence: guards.map(namedEvidence),
    }));
  }
  return undefined;
}

/** If the security groups of calls may be lost on the path, only the blocks are certain. */
function byBlocksOnly(source: Source, { what }: Guard): Source {
  const remedy = `Allow the CIDR blocks of the link at ${what}: rules for its security groups apply only over a peering within the region.`;
  return {
    ...source,
    groupIds: [],
    ungrouped: { what: `the effect of rules for security groups of the link at ${what}`, remedy },
  };
}

/** The rules that drop calls of the link, one behind another; and whether a rule that allows them is missing once those are removed. */
interface Drops {
  readonly rules: readonly PortRule[];
  readonly lacksRule: boolean;
}

function dropsOf(entrance: Entrance, source: Source): Drops {
  const rules: PortRule[] = [];
  for (;;) {
    const left = { ...entrance, rules: entrance.rules.filter((rule) => !rules.includes(rule)) };
    const { refused } = admissionOf(left, source);
    const more = refused.flatMap(({ by }) => by ?? []);
    if (more.length === 0) return { rules, lacksRule: refused.length > 0 };
    rules.push(...new Set(more));
  }
}

function refusal(
  link: LinkView,
  source: Source,
  about: ReturnType<typeof aboutTarget>,
  {
    guard,
    entrance,
    admission,
    drops,
  }: { readonly guard: Guard; readonly entrance: Entrance; readonly admission: Admission; readonly drops: Drops },
): Statement {
  const { refused } = admission;
  const rule = refused.find(({ by }) => by !== undefined)?.by;
  const groups = entrance.groups.map(({ id }) => id);
  const [group = guard.groupIds[0] ?? guard.what] = groups;
  const shared = entrance.groups.find(({ id }) => link.securityGroupIds.includes(id));
  const blocks = blocksOf(refused);
  const evidence: Evidence[] =
    rule === undefined
      ? groups.map((id) => ({
          kind: 'security group',
          id,
          text: `no rule allows inbound tcp ${guard.port} from ${blocksText(blocks)}`,
        }))
      : [ruleEvidence(rule.group, rule.rule)];
  return fails(about, 'NOT_ADMITTED', {
    params: {
      what: guard.what,
      refused: blocks,
      port: guard.port,
      link: link.name,
      kind: shared?.kind,
      intraGroup: shared?.intraGroup,
      shared: shared?.id,
      group,
      from: callerNames(link, source, { groups: entrance.groups, byBlocks: guard.byBlocks, blocks: refused }),
      full: fullOf(entrance.groups[0]),
      drops: drops.rules.map(({ group: { id: of }, rule: { id, priority } }) => ({ id, group: of, priority })),
      lacksRule: drops.lacksRule,
    },
    evidence: evidence.length > 0 ? evidence : [namedEvidence(guard)],
  });
}

/** The rules of a group that has no room for more. */
function fullOf(group: SecurityGroup | undefined): { readonly rules: number; readonly quota: number } | undefined {
  // Groups of Alibaba Cloud have a kind, and a higher limit.
  if (group === undefined || group.kind !== undefined) return undefined;
  const rules = group.rules.filter(
    ({ direction, cidrBlock }) => direction === 'in' && cidrBlock?.includes(':') !== true,
  ).length;
  return rules < MAX_ALLOW_ENTRIES ? undefined : { rules, quota: MAX_ALLOW_ENTRIES };
}

/** What has no groups is named itself. */
function namedEvidence(guard: Guard): Evidence {
  const evidence = guardEvidence(guard);
  return evidence.id === '' ? { ...evidence, id: guard.what } : evidence;
}

function blocksOf(blocks: readonly Pick<SourceBlock, 'text' | 'of'>[]): readonly CallerBlock[] {
  return blocks.map(({ text, of }) => ({ block: text, of }));
}
