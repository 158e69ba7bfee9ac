import { fail, pass, unknown, type Say } from '../../../do/findings/say.js';
import { part, aboutTarget } from '../../../do/findings/subject.js';
import type { SecurityGroup } from '../../../do/model/network.js';
import { MAX_ALLOW_ENTRIES } from '../../../do/allowlist/allow-entries.js';
import type { IntegrationView, LinkView, TargetView } from '../../../do/world/views.js';
import type { Evidence } from '../../../do/findings/finding.js';
import { backends, type BackedTarget } from '../../path/balancers/balancers.js';
import { admissionOf, type Admission } from '../callers/admission.js';
import { portRulesOf, type PortRules, type InboundFilter, type PortRule } from '../callers/port-rules.js';
import { blockSet, readBlock } from '../../path/model/group-set.js';
import { callerNames } from '../callers/caller-names.js';
import { ruleEvidence } from '../../../do/findings/evidence.js';
import { filterEvidence, inboundFiltersOf } from '../callers/groups-of-target.js';
import { sourceOf, type Source, type SourceBlock } from '../../path/sources/link-source.js';
import { defineCheck } from '../define-check.js';
import type { Outcome } from '../../../do/findings/check.js';

const CODES = {
  ADMITS_LACKS_BLOCKS: fail(
    "the backend's own allowlist does not allow {calling:and}, from which link {link} calls",
    'Allow {blocks:and} at the backend, then write {blocks?it:them} under integrations.{integration}.targets.{target}.admits.',
  ),
  ADMITS_NOT_READ: unknown("the backend's own allowlist allows link {link}"),
  ADMITS_HOLDS_BLOCKS: pass("the backend's own allowlist allows {calling:and}"),
  GUARDS_NOT_READ: unknown('the backend allows link {link}'),
  ADMITTED: pass(
    '[{guards} {guards?allows:allow} {calling:and}|{unguarded} has no security group and allows all traffic]',
  ),
  NOT_ADMITTED: fail('{what} does not allow {calling:and} on port {port}, from which link {link} calls', [
    'Remove the {dropping?rule:rules} {dropping:and} that {dropping?drops:drop} these calls[, and add to {lacking} an inbound rule that {does}][, or add an inbound rule of priority {first} that {does}].',
    '[Allow traffic between the members of {members} (InnerAccessPolicy Accept), or add|Add] to {group} an inbound rule that {does}[; {group} has {rules} rules already, and the quota (L-0EA8095F) is {quota} unless raised: first remove a rule that is not needed].',
  ]),
};

export const egressAdmitted = defineCheck({
  id: 'egress/admitted',
  severity: 'error',
  title: "The backend's own allowlist allows the link",
  about:
    "Calls come from the CIDR blocks of the link's subnets and carry the link's security groups. The backend " +
    'has to allow each of these blocks, by the security groups of its load balancer or instance. For ' +
    'firewalls that no cloud shows, the spec gives the list as `admits` of the target. Single addresses of ' +
    'the link are never enough, because they change. `path/*` checks the groups behind a load balancer.',
  codes: CODES,
  *run(input, say) {
    for (const one of backends(input)) {
      const { integration, target, backend } = one;
      // Behind PrivateLink the link's addresses are not visible: target/private-link reports what applies
      // there.
      if (integration.link.traits.callsFrom === 'load balancer') continue;

      const { admits } = target.spec;
      if (admits !== undefined) yield byList(say, integration, target, admits);
      // A plain address may be outside of the cloud, where only `admits` is known.
      if (backend.kind === 'address' && admits !== undefined) continue;

      const ofGroups = byGroups(say, one, inboundFiltersOf(input, integration, target, backend));
      if (ofGroups !== undefined) yield ofGroups;
    }
  },
});

function byList(
  say: Say<typeof CODES>,
  integration: IntegrationView,
  target: TargetView,
  admits: readonly string[],
): Outcome {
  const about = aboutTarget(integration, target, part('admits', 'admits'));
  const source = sourceOf(integration.link);
  const place = `integrations.${integration.name}.targets.${target.name}.admits`;
  const evidence = [{ kind: 'spec', id: place, text: admits.join(', ') || 'nothing' }];
  const list = blockSet(admits);
  const refused = source.blocks.filter(({ text }) => {
    const block = readBlock(text);
    return block !== undefined && !list.has(block);
  });
  const { name: link } = integration.link;
  if (refused.length > 0) {
    return say.ADMITS_LACKS_BLOCKS(
      about,
      { refused: blocksOf(refused), link, integration: integration.name, target: target.name },
      { evidence, words: { calling: refused.map(blockText), blocks: refused.map(({ text }) => text) } },
    );
  }
  if (source.missing !== undefined) return say.ADMITS_NOT_READ(about, { link }, source.missing, evidence);

  const words = { calling: source.blocks.map(blockText) };
  return say.ADMITS_HOLDS_BLOCKS(about, { blocks: blocksOf(source.blocks) }, { evidence, words });
}

function byGroups(
  say: Say<typeof CODES>,
  { integration, about }: BackedTarget,
  { filters, unfiltered, missing }: ReturnType<typeof inboundFiltersOf>,
): Outcome | undefined {
  const { link } = integration;
  const source = sourceOf(link);
  let worst:
    { readonly filter: InboundFilter; readonly entrance: PortRules; readonly admission: Admission } | undefined;
  let open = missing ?? (filters.length > 0 ? source.missing : undefined);
  for (const filter of filters) {
    const entrance = portRulesOf(filter);
    const admission = admissionOf(entrance, filter.byBlocks === true ? byBlocksOnly(source, filter) : source);
    if (admission.refused.length > 0) worst ??= { filter, entrance, admission };
    else open ??= admission.open[0]?.missing;
  }
  if (worst !== undefined) {
    const { filter, entrance } = worst;
    const drops = dropsOf(entrance, filter.byBlocks === true ? byBlocksOnly(source, filter) : source);
    return refusal(say, link, source, about, { ...worst, drops });
  }

  const evidence = filters.map(namedEvidence);
  if (open !== undefined) return say.GUARDS_NOT_READ(about, { link: link.name }, open, evidence);
  if (filters.length === 0 && unfiltered.length === 0) return undefined;

  return say.ADMITTED(
    about,
    { guards: filters.map(({ what }) => what), blocks: blocksOf(source.blocks), unguarded: unfiltered },
    { evidence, words: { calling: source.blocks.map(blockText) } },
  );
}

/** If the security groups of calls may be lost on the path, only the blocks are certain. */
function byBlocksOnly(source: Source, { what }: InboundFilter): Source {
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
  say: Say<typeof CODES>,
  link: LinkView,
  source: Source,
  about: ReturnType<typeof aboutTarget>,
  {
    filter,
    entrance,
    admission,
    drops,
  }: {
    readonly filter: InboundFilter;
    readonly entrance: PortRules;
    readonly admission: Admission;
    readonly drops: Drops;
  },
): Outcome {
  const { refused } = admission;
  const rule = refused.find(({ by }) => by !== undefined)?.by;
  const groups = entrance.groups.map(({ id }) => id);
  const [group = filter.groupIds[0] ?? filter.what] = groups;
  const shared = entrance.groups.find(({ id }) => link.securityGroupIds.includes(id));
  const calling = refused.map(blockText);
  const evidence: Evidence[] =
    rule === undefined
      ? groups.map((id) => ({
          kind: 'security group',
          id,
          text: `no rule allows inbound tcp ${filter.port} from ${calling.join(' and ')}`,
        }))
      : [ruleEvidence(rule.group, rule.rule)];
  const from = callerNames(link, source, { groups: entrance.groups, byBlocks: filter.byBlocks, blocks: refused });
  const full = fullOf(entrance.groups[0]);
  const dropping = drops.rules.map(({ group: { id: of }, rule: { id, priority } }) => ({ id, group: of, priority }));
  const lacksRule = drops.lacksRule;
  const isBasic = shared?.kind === 'basic' && shared.intraGroup !== 'allow';
  return say.NOT_ADMITTED(
    about,
    {
      what: filter.what,
      refused: blocksOf(refused),
      port: filter.port,
      link: link.name,
      kind: shared?.kind,
      intraGroup: shared?.intraGroup,
      shared: shared?.id,
      group,
      from,
      full,
      drops: dropping,
      lacksRule,
    },
    {
      evidence: evidence.length > 0 ? evidence : [namedEvidence(filter)],
      words: {
        calling,
        does: `allows tcp ${filter.port} from ${from.join(' and ')}`,
        dropping: dropping.map(({ id, group: of }) => `${id === undefined ? '' : `${id} `}of ${of}`),
        lacking: lacksRule && group,
        first: priorityBefore(Math.min(...dropping.map(({ priority = 1 }) => priority))),
        members: isBasic && shared.id,
        rules: full?.rules,
        quota: full?.quota,
      },
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
function namedEvidence(filter: InboundFilter): Evidence {
  const evidence = filterEvidence(filter);
  return evidence.id === '' ? { ...evidence, id: filter.what } : evidence;
}

/** A block that calls come from: `10.0.1.0/24`, of `subnet-a`. */
interface CallerBlock {
  readonly block: string;
  readonly of: string;
}

/** `10.0.1.0/24 (subnet-a)`. */
function blockText({ text, of }: Pick<SourceBlock, 'text' | 'of'>): string {
  return `${text} (${of})`;
}

function blocksOf(blocks: readonly Pick<SourceBlock, 'text' | 'of'>[]): readonly CallerBlock[] {
  return blocks.map(({ text, of }) => ({ block: text, of }));
}

/** The numbers of rules that are evaluated before one: a lower number is first, and nothing precedes the lowest. */
function priorityBefore(priority: number): string | false {
  if (priority <= 1) return false;

  return priority === 2 ? '1' : `1 to ${priority - 1}`;
}
