import { linkTraits } from '../../kinds/cloud/link-kinds.js';
import type { ReadingTime } from '../../../ground/clocks/cloud-time.js';
import { InvalidInputError } from '../../../ground/errors.js';
import type { AllowEntry } from '../../model/allowlist.js';
import type { Link } from '../../model/link.js';
import type { Spec } from '../../spec.js';
import {
  allowEntries,
  blocksWithoutPorts,
  compareEntries,
  portRanges,
  linkEntries,
} from '../../allowlist/allow-entries.js';
import { foreignLink, otherSpecsLink, unlikeSpec, unownedList, oneLinkTwice } from '../../world/resolve/adoption.js';
import { extraEntries, keepLink } from './keep-link.js';
import { makeLink } from './make-link.js';
import { type LinkPlan, ownGroup } from './link-plan.js';
import { stateText, withoutOwn, findAllowlist } from '../../world/link-facts.js';
import { linkOwner, networkOfLink } from '../../world/resolve/link-identity.js';
import type { PlanOptions } from '../plan.js';
import { placeOf } from '../../model/reference.js';
import type { ResolvedLink, ResolvedSpec, ResolvedTarget } from '../../world/resolve/resolve.js';
import { targetKey } from '../../kinds/id-kinds.js';
import type { Clouds } from '../../kinds/cloud/clouds.js';
import { ineffective, widerRules, calledPorts } from '../../allowlist/needed-blocks.js';
import { fewText } from '../../../ground/text/quantities.js';
import { type Problems, refusalAt } from '../../world/resolve/problems.js';

/**
 * Compares a link of the spec with the current state. `entries` are the required entries of its allowlist;
 * undefined: not managed. `time` is that of the snapshot.
 * @throws {InvalidInputError} `NOT_FOUND`, `NOT_OURS`, `ALLOWLIST_INEFFECTIVE`, and why the rules of its kind
 *   refuse a creation
 * @throws {UnsupportedError} for a change of a link that was adopted by ID.
 */
export function planLink(
  spec: Spec,
  resolved: ResolvedLink,
  entries: readonly AllowEntry[] | undefined,
  options: PlanOptions,
  time: ReadingTime,
): LinkPlan {
  if (resolved.spec.owner === 'external') return external(resolved);
  if (resolved.given !== undefined) return adoptById(spec, resolved, resolved.given, entries, options, time);

  return ours(spec, resolved, entries, options, time);
}

function external(resolved: ResolvedLink): LinkPlan {
  const { given, name } = resolved;
  if (given === undefined) throw new InvalidInputError('NOT_FOUND', `external link ${name} does not exist`, {});

  const well = given.state === 'ready' || given.state === 'inactive';
  const notes = well ? [] : [`link ${name} (${given.id}) is external and is ${stateText(given)}`];
  return { resolved, current: given, steps: [], extra: [], replaced: [], notes, unchanged: 1 };
}

function adoptById(
  spec: Spec,
  resolved: ResolvedLink,
  link: Link,
  entries: readonly AllowEntry[] | undefined,
  options: PlanOptions,
  time: ReadingTime,
): LinkPlan {
  const { name, subnetIds, securityGroupIds, loadBalancerId, region } = resolved;
  const path = `links.${name}`;
  const place = (member: string) => placeOf(spec, `${path}.${member}`);
  const foreign = foreignLink(spec, link, place);
  if (foreign !== undefined) throw foreign;

  const allowlist = region.allowlists.find(({ linkId }) => linkId === link.id);
  const unlike = unlikeSpec(link, allowlist, { subnetIds, securityGroupIds, loadBalancerId }, place);
  if (unlike !== undefined) throw unlike;
  if (entries !== undefined && allowlist?.owned !== true) {
    throw unownedList(link, placeOf(spec, `${path}.allowlist`));
  }

  checkWider(spec, resolved, entries, link, options);
  return keepLink(spec, resolved, link, entries, [], options, time);
}

function ours(
  spec: Spec,
  resolved: ResolvedLink,
  entries: readonly AllowEntry[] | undefined,
  options: PlanOptions,
  time: ReadingTime,
): LinkPlan {
  const { name, region, subnetIds, loadBalancerId, marked, link } = resolved;
  const { own, others, unlike } = marked;
  const [taken] = others;
  const owner = taken && linkOwner(region, taken);
  if (taken !== undefined && owner !== undefined && own.length === 0) {
    throw otherSpecsLink(spec, taken, owner, placeOf(spec, `links.${name}`));
  }

  const notes = unlike.map(({ id }) => `link ${id} carries the mark of ${name} in a changed form: it is not changed`);
  const current = options.replaceFailed === true && link?.state === 'failed' ? undefined : link;
  const replaced = own.filter((one) => one !== current);
  checkWider(spec, resolved, entries, current, options);
  if (current !== undefined) {
    const plan = keepLink(spec, resolved, current, entries, replaced, options, time);
    return { ...plan, notes: [...notes, ...plan.notes] };
  }
  if (subnetIds === undefined && loadBalancerId === undefined) {
    throw new InvalidInputError('INVALID_SPEC', `link ${name} has neither an ID nor what it is created from`, {
      place: placeOf(spec, `links.${name}`),
      remedy: 'Write the ID of the link, or the subnets or the load balancer to create it from.',
    });
  }

  const lookAlike =
    replaced.length > 0
      ? undefined
      : region.links.find((link) => link.owner === undefined && link.name === (resolved.spec.name ?? name));
  if (lookAlike !== undefined) {
    notes.push(
      `link ${lookAlike.id} has the name ${lookAlike.name} but is not managed by this project: it is not changed; write its ID to adopt it`,
    );
  }
  return {
    ...makeLink(spec, resolved, { subnetIds: subnetIds ?? [], loadBalancerId }, entries, replaced, time),
    ...sharedList(spec, resolved, entries, replaced, options),
    notes,
  };
}

/** The allowlist that a new link gets from one that it replaces in the same network, and what is not declared of it. */
function sharedList(
  spec: Spec,
  resolved: ResolvedLink,
  entries: readonly AllowEntry[] | undefined,
  replaced: readonly Link[],
  options: PlanOptions,
): Partial<Pick<LinkPlan, 'entries' | 'extra' | 'allowlistId' | 'sharing'>> {
  const { region, networkId } = resolved;
  if (entries === undefined) return {};

  for (const link of replaced) {
    const group = networkOfLink(region, link) === networkId ? ownGroup(region, link) : undefined;
    if (group === undefined) continue;

    const { extra } = compareEntries(entries, findAllowlist(region, link.id)?.entries ?? []);
    return { entries, extra: extraEntries(spec, resolved, extra, options), allowlistId: group, sharing: link };
  }
  return {};
}

/**
 * Outgoing rules of the link's other groups must not allow more than the list: `link` is undefined where it
 * is to be created.
 */
function checkWider(
  spec: Spec,
  resolved: ResolvedLink,
  entries: readonly AllowEntry[] | undefined,
  link: Link | undefined,
  options: PlanOptions,
): void {
  const { name, region } = resolved;
  // Where the allowlist is not a security group, groups cannot widen it.
  if (entries === undefined || !linkTraits(resolved.clouds, resolved.spec).plans.allowlistNeedsCreation) return;

  const place = placeOf(spec, `links.${name}.allowlist`);
  const allowlist = region.allowlists.find(({ linkId }) => linkId === link?.id);
  const ids = resolved.securityGroupIds ?? (link === undefined ? [] : withoutOwn(link, allowlist));
  const groups = region.securityGroups.filter(({ id }) => ids.includes(id));
  // What the adapter saw counts where a group was not read whole.
  const listed = groups.length < ids.length ? (allowlist?.wider ?? []) : [];
  // A block whose ports are not known yet may need any port.
  const portless = allowEntries(blocksWithoutPorts(spec, resolved, options), portRanges([]));
  const error = ineffective(name, widerRules(groups, [...entries, ...portless]), listed, place);
  if (error !== undefined) throw error;
}

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
