import { linkTraits } from '../../kinds/cloud/link-kinds.js';
import { targetKey } from '../../kinds/id-kinds.js';
import type { Clouds } from '../../kinds/cloud/clouds.js';
import type { ReadingTime } from '../../../ground/clocks/cloud-time.js';
import { blocksWithoutPorts, linkEntries } from '../../allowlist/allow-entries.js';
import { calledPorts } from '../../allowlist/needed-blocks.js';
import { placeOf } from '../../model/reference.js';
import type { Spec } from '../../spec.js';
import { fewText } from '../../../ground/text/quantities.js';
import { findAllowlist } from '../../world/link-facts.js';
import { oneLinkTwice } from '../../world/resolve/adoption.js';
import { type Problems, refusalAt } from '../../world/resolve/problems.js';
import type { ResolvedLink, ResolvedSpec, ResolvedTarget } from '../../world/resolve/resolve.js';
import type { PlanOptions } from '../plan.js';
import type { LinkPlan } from './link-plan.js';
import { planLink } from './plan-link.js';

/** The plan of each link of a spec, by name. Two that resolve to the same link are a problem. */
export function planLinks(
  resolved: ResolvedSpec,
  problems: Problems,
  options: PlanOptions,
  time: ReadingTime,
): ReadonlyMap<string, LinkPlan> {
  const { spec, links, integrations } = resolved;
  const plans = new Map<string, LinkPlan>();
  const byId = new Map<string, string>();
  for (const [name, link] of links) {
    const { allowlist } = link.spec;
    const targets = [...integrations.values()]
      .filter((integration) => integration.link === link)
      .flatMap((integration) => [...integration.targets.values()]);
    const plan = problems.gather(() => {
      const place = placeOf(spec, `links.${name}.allowlist`);
      refuseBlocks(spec, link, problems);
      const portless = blocksWithoutPorts(spec, link, options);
      const settled = { ...link.spec, allowlist: allowlist?.filter((block) => !portless.includes(block)) };
      const entries = allowlist && linkEntries(settled, targets, link.region, link.clouds, place);
      return withPortNote(link.clouds, planLink(spec, link, entries, options, time), targets, portless);
    });
    if (plan === undefined) continue;

    plans.set(name, plan);
    const { id } = plan.current ?? {};
    const other = id === undefined ? undefined : byId.get(id);
    if (id !== undefined) byId.set(id, name);
    if (other !== undefined && link.spec.owner !== 'external') {
      const { message, remedy } = oneLinkTwice(other, name, id ?? '');
      problems.add('INVALID_SPEC', `links.${name}`, message, { remedy });
    }
  }
  return plans;
}

/**
 * Notes where a change opens all ports because those of a target are not known, and where blocks open none
 * because no target is declared.
 */
function withPortNote(
  clouds: Clouds,
  plan: LinkPlan,
  targets: readonly ResolvedTarget[],
  portless: readonly string[],
): LinkPlan {
  const { name, spec, region } = plan.resolved;
  const { allowlist = [], allowPorts = {} } = spec;
  if (portless.length > 0) {
    const note = `${fewText(portless)} ${portless.length === 1 ? 'opens' : 'open'} nothing yet, because no target of link ${name} says which ports to open; declare a target, or write \`ports\``;
    return { ...plan, notes: [...plan.notes, note] };
  }

  const changes = plan.steps.some(({ kind }) => kind === 'create' || kind === 'replace' || kind === 'allow');
  if (!changes || !linkTraits(clouds, spec).plans.allowlistHasPorts || allowlist.every((block) => block in allowPorts))
    return plan;

  const unknown = targets.flatMap((target) => {
    const called = calledPorts(region, target, clouds.target(targetKey(target.spec.ref)).portAttribute);
    return 'ports' in called ? [] : `the port of target ${target.name} is not known (${called.unknown})`;
  });
  if (unknown.length === 0) return plan;

  const note = `the allowlist of link ${name} allows all TCP ports: ${unknown.join(', ')}; write \`ports\` on its entries to allow fewer`;
  return { ...plan, notes: [...plan.notes, note] };
}

/** Reports problems of allowlist blocks, each at its path in the spec. */
function refuseBlocks(spec: Spec, link: ResolvedLink, problems: Problems): void {
  const { name, region, given, marked, networkId, subnetIds, spec: declared } = link;
  const refusals = linkTraits(link.clouds, declared).rules.blockRefusals;
  if (refusals === undefined || declared.allowlist === undefined) return;

  const linkId = (given ?? marked.own[0])?.id;
  // CIDRs that are allowed already need no decision.
  const allowed = new Set(
    linkId === undefined ? [] : findAllowlist(region, linkId)?.entries.map((one) => one.cidrBlock),
  );
  const blocks = declared.allowlist.filter((block) => !allowed.has(block));
  for (const refusal of refusals(blocks, { linkId, networkId, subnetIds, native: declared.native }, region)) {
    const block = refusal.details?.['cidrBlock'];
    const index = typeof block === 'string' ? declared.allowlist.indexOf(block) : -1;
    const path = `links.${name}.allowlist${index < 0 ? '' : `[${index}]`}`;
    problems.record(refusalAt(refusal, placeOf(spec, path)));
  }
}
