import { part } from '../../../do/findings/subject.js';
import type { SecurityGroup } from '../../../do/model/network.js';
import { MAX_ALLOW_ENTRIES } from '../../../do/allowlist/allow-entries.js';
import type { IntegrationView, LinkView, TargetView } from '../../../do/world/views.js';
import type { Evidence } from '../../../do/findings/finding.js';
import { backends, type BackedTarget } from '../../path/balancers/balancers.js';
import { kindTraitsOf } from '../../../do/world/link-facts.js';
import { aboutTarget } from '../../../do/findings/about.js';
import {
  admissionOf,
  portRulesOf,
  type Admission,
  type PortRules,
  type Guard,
  type PortRule,
} from '../callers/admission.js';
import { blockSet, readBlock } from '../../path/model/block-set.js';
import { callerNames } from '../callers/caller-names.js';
import { ruleEvidence } from '../../../do/findings/evidence.js';
import { guardEvidence, guardsOf } from '../callers/guards.js';
import { sourceOf, type Source, type SourceBlock } from '../../path/sources/link-source.js';
import { defineCheck } from '../define-check.js';
import type { Say } from '../../../do/findings/say-text.js';
import type { Outcome } from '../../../do/findings/check.js';

/** `egress/admitted`. */
export const egressAdmitted = defineCheck({
  id: 'egress/admitted',
  severity: 'error',
  title: "The backend's own allowlist allows the link",
  about:
    "Calls come from the CIDR blocks of the link's subnets and carry the link's security groups. The backend " +
    'has to allow each of these blocks, by the security groups of its load balancer or instance. For ' +
    'firewalls that no cloud shows, the spec gives the list as `admits` of the target. Single addresses of ' +
    'the link are never enough, because they change. `path/*` checks the groups behind a load balancer.',
  codes: [
    'ADMITS_LACKS_BLOCKS',
    'ADMITS_NOT_READ',
    'ADMITS_HOLDS_BLOCKS',
    'GUARDS_NOT_READ',
    'ADMITTED',
    'NOT_ADMITTED',
  ],
  *run(input, say) {
    for (const one of backends(input)) {
      const { integration, target, backend } = one;
      // Behind PrivateLink the link's addresses are not visible: target/private-link reports what applies
      // there.
      if (kindTraitsOf(integration.link).callsFrom === 'load balancer') continue;
      const { admits } = target.spec;
      if (admits !== undefined) yield byList(say, integration, target, admits);
      // A plain address may be outside of the cloud, where only `admits` is known.
      if (backend.kind === 'address' && admits !== undefined) continue;
      const ofGroups = byGroups(say, one, guardsOf(input, integration, target, backend));
      if (ofGroups !== undefined) yield ofGroups;
    }
  },
});

function byList(say: Say, integration: IntegrationView, target: TargetView, admits: readonly string[]): Outcome {
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
    return say.fail(
      about,
      'ADMITS_LACKS_BLOCKS',
      {
        refused: blocksOf(refused),
        link: integration.link.name,
        integration: integration.name,
        target: target.name,
      },
      (p) => ({
        message: `the backend's own allowlist does not allow ${blocksText(p.refused)}, from which link ${p.link} calls`,
        remedy: `Allow ${p.refused.map(({ block }) => block).join(' and ')} at the backend, then write ${p.refused.length === 1 ? 'it' : 'them'} under integrations.${p.integration}.targets.${p.target}.admits.`,
        evidence,
      }),
    );
  }
  if (source.missing !== undefined) {
    return say.unknown(about, 'ADMITS_NOT_READ', { link: integration.link.name }, source.missing, (p) => ({
      whether: `the backend's own allowlist allows link ${p.link}`,
      evidence,
    }));
  }
  return say.pass(
    about,
    'ADMITS_HOLDS_BLOCKS',
    () => ({ blocks: blocksOf(source.blocks) }),
    (p) => ({ message: `the backend's own allowlist allows ${blocksText(p.blocks)}`, evidence }),
  );
}

function byGroups(
  say: Say,
  { integration, about }: BackedTarget,
  { guards, unguarded, missing }: ReturnType<typeof guardsOf>,
): Outcome | undefined {
  const { link } = integration;
  const source = sourceOf(link);
  let worst: { readonly guard: Guard; readonly entrance: PortRules; readonly admission: Admission } | undefined;
  let open = missing ?? (guards.length > 0 ? source.missing : undefined);
  for (const guard of guards) {
    const entrance = portRulesOf(guard);
    const admission = admissionOf(entrance, guard.byBlocks === true ? byBlocksOnly(source, guard) : source);
    if (admission.refused.length > 0) worst ??= { guard, entrance, admission };
    else open ??= admission.open[0]?.missing;
  }
  if (worst !== undefined) {
    const { guard, entrance } = worst;
    const drops = dropsOf(entrance, guard.byBlocks === true ? byBlocksOnly(source, guard) : source);
    return refusal(say, link, source, about, { ...worst, drops });
  }
  if (open !== undefined)
    return say.unknown(about, 'GUARDS_NOT_READ', { link: link.name }, open, (p) => ({
      whether: `the backend allows link ${p.link}`,
      evidence: guards.map(namedEvidence),
    }));
  if (guards.length > 0 || unguarded.length > 0) {
    return say.pass(
      about,
      'ADMITTED',
      () => ({
        guards: guards.map(({ what }) => what),
        blocks: blocksOf(source.blocks),
        unguarded,
      }),
      (p) => ({
        message:
          p.guards.length > 0
            ? `${p.guards.join(', ')} ${p.guards.length === 1 ? 'allows' : 'allow'} ${blocksText(p.blocks)}`
            : `${p.unguarded.join(', ')} has no security group and allows all traffic`,
        evidence: guards.map(namedEvidence),
      }),
    );
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

function dropsOf(entrance: PortRules, source: Source): Drops {
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
  say: Say,
  link: LinkView,
  source: Source,
  about: ReturnType<typeof aboutTarget>,
  {
    guard,
    entrance,
    admission,
    drops,
  }: { readonly guard: Guard; readonly entrance: PortRules; readonly admission: Admission; readonly drops: Drops },
): Outcome {
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
  return say.fail(
    about,
    'NOT_ADMITTED',
    {
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
    (p) => {
      const does = `allows tcp ${p.port} from ${p.from.join(' and ')}`;
      const fullText =
        p.full === undefined
          ? ''
          : `; ${p.group} has ${p.full.rules} rules already, and the quota (L-0EA8095F) is ${p.full.quota} unless raised: first remove a rule that is not needed`;
      const members =
        p.kind === 'basic' && p.intraGroup !== 'allow'
          ? `Allow traffic between the members of ${p.shared} (InnerAccessPolicy Accept), or add`
          : 'Add';
      return {
        message: `${p.what} does not allow ${blocksText(p.refused)} on port ${p.port}, from which link ${p.link} calls`,
        remedy:
          p.drops.length === 0
            ? `${members} to ${p.group} an inbound rule that ${does}${fullText}.`
            : `${dropsText(p.drops, p.lacksRule ? p.group : undefined, does)}.`,
        evidence: evidence.length > 0 ? evidence : [namedEvidence(guard)],
      };
    },
  );
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

/** A block that calls come from: `10.0.1.0/24`, of `subnet-a`. */
interface CallerBlock {
  readonly block: string;
  readonly of: string;
}

/** `10.0.1.0/24 (subnet-a) and 10.0.2.0/24 (subnet-b)`. */
function blocksText(blocks: readonly CallerBlock[]): string {
  return blocks.map(({ block, of }) => `${block} (${of})`).join(' and ');
}

function blocksOf(blocks: readonly Pick<SourceBlock, 'text' | 'of'>[]): readonly CallerBlock[] {
  return blocks.map(({ text, of }) => ({ block: text, of }));
}

/** A rule that drops calls, and its group. */
interface Drop {
  readonly id?: string | undefined;
  readonly group: string;
  readonly priority?: number | undefined;
}

/** The rules to remove and to add; or the rule to add instead, if one can precede all drops. */
function dropsText(drops: readonly Drop[], added: string | undefined, does: string): string {
  const names = drops.map(({ id, group }) => `${id === undefined ? '' : `${id} `}of ${group}`);
  const one = drops.length === 1;
  const removed = `Remove the rule${one ? '' : 's'} ${names.join(' and ')} that ${one ? 'drops' : 'drop'} these calls`;
  const more = added === undefined ? '' : `, and add to ${added} an inbound rule that ${does}`;
  return `${removed}${more}${insteadText(Math.min(...drops.map(({ priority = 1 }) => priority)), does)}`;
}

/** A rule with a lower number is evaluated first: none can precede the lowest number. */
function insteadText(priority: number, does: string): string {
  if (priority <= 1) return '';
  return `, or add an inbound rule of priority ${priority === 2 ? '1' : `1 to ${priority - 1}`} that ${does}`;
}
