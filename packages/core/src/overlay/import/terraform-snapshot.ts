import { isOfPlan } from '../../do/world/index/gap-facts.js';
import type { Gateway } from '../../do/model/gateway.js';
import type { Link } from '../../do/model/link.js';
import type { Listener } from '../../do/model/load-balancer.js';
import type { ResourceList } from '../../do/snapshot/resources/resources.js';
import type { RegionSnapshot, Snapshot } from '../../do/snapshot/snapshot.js';
import { sortSnapshot } from '../../do/snapshot/arrange.js';
import type { Instance } from '../declared/values.js';
import { markedRegions, withApis } from './with-apis.js';
import { UnknownAttribute, type Choose } from '../draft/choice.js';
import type { Laid } from '../lay/laid.js';
import { layPlan } from '../lay/lay-plan.js';
import { unmasked } from '../lay/masks.js';
import { emptyBase, UNKNOWN_ACCOUNT, type DefaultPlace, renamer } from '../lay/places.js';
import { planSet, type PlanSet } from '../rows/plan-set.js';
import type { PlansOption } from '../rows/plans-of-cloud.js';
import type { TerraformDocument } from '../terraform/document.js';
import { terraformPlan } from '../terraform/plan.js';

/** What a plan or state describes, in the form of a snapshot. */
export interface TerraformSnapshot {
  readonly snapshot: Snapshot;
  /** What is not in it, a sentence each: the address, and why. */
  readonly left: readonly string[];
  /** What a reader must know besides, a sentence each. */
  readonly notes: readonly string[];
}

/** The lists that a spec is written from: what is missing from another one is not missing from the spec. */
const OF_SPEC: readonly ResourceList[] = ['links', 'gateways', 'targets', 'allowlists'];

/**
 * What there is after a plan, or according to a state, laid over a snapshot where one is given: `specFromSnapshot` makes a
 * spec of it. What a plan deletes is not in it, and neither is what has no ID before the apply. Pure.
 *
 * ```ts
 * const { snapshot, left } = terraformSnapshot(readTerraform(text), undefined, { plans: [plans] });
 * const yaml = specFromSnapshot(snapshot, { project: 'shop', left });
 * ```
 *
 * @throws {InvalidInputError} `INVALID_INPUT` where the region of a resource is not known, or without types.
 */
export function terraformSnapshot(
  document: TerraformDocument,
  base: Snapshot | undefined,
  options: DefaultPlace & PlansOption,
): TerraformSnapshot {
  const set = planSet(options);
  const { base: over } = unmasked(document, base, options.account);
  const plan = withApis(terraformPlan(document), over, set.imports.apis);
  const laid = layPlan(plan, plan.instances, over ?? emptyBase(plan), options, undecided, set);
  const left = new Left();
  for (const one of plan.partial) left.sentence(`what is not in the plan: ${one}`);
  const regions = markedRegions(laid.snapshot.regions, plan.instances, set.imports.facts).map((region) =>
    existing(region, laid, left),
  );
  for (const { address, what } of laid.unknownRoutes) left.add(address, what);
  for (const one of plan.instances) unread(one, left, set);
  const renamed = renamer(laid);
  return {
    snapshot: sortSnapshot({ ...laid.snapshot, regions }),
    left: left.sentences().map(renamed),
    notes: [...plan.notes, ...laid.notes].map(renamed),
  };
}

/** A spec cannot have one of several values. */
const undecided: Choose = ({ address, attribute, alternatives, every, reading, isMap }) => {
  const values =
    every === true
      ? 'its stages have different values'
      : `it is one of ${alternatives.length} values${isMap === true ? ' of a map or object' : ''}`;
  throw new UnknownAttribute(address, attribute, [reading?.open ?? values], every !== true);
};

/** Sentences, one for all addresses with the same reason. */
class Left {
  readonly #addresses = new Map<string, string[]>();

  add(address: string, why: string): void {
    this.#addresses.set(why, [...(this.#addresses.get(why) ?? []), address]);
  }

  sentence(text: string): void {
    this.#addresses.set(text, []);
  }

  sentences(): readonly string[] {
    return [...this.#addresses].map(([why, addresses]) => {
      if (addresses.length === 0) return why;

      const more = addresses.length > SHOWN ? ` and ${addresses.length - SHOWN} more` : '';
      return `${addresses.slice(0, SHOWN).join(', ')}${more}: ${why}`;
    });
  }
}

const SHOWN = 3;

/** A region without what has no ID yet. */
function existing(region: RegionSnapshot, { symbols, routes: addresses }: Laid, left: Left): RegionSnapshot {
  /** The address of what an ID was made up for; `<ARN>:<port>` of a load balancer has its ARN in it. */
  const addressOf = (id: string | undefined): string | undefined =>
    id === undefined ? undefined : (symbols.get(id) ?? symbols.get(id.replace(/[:?][^:/?]*$/, '')));
  const isThere = ({ id }: Pick<Link | Gateway, 'id'>): boolean => {
    const address = addressOf(id);
    if (address !== undefined) left.add(address, 'the ID is known after the apply');
    return address === undefined;
  };
  const allThere = (ids: readonly string[]): boolean => ids.every((id) => addressOf(id) === undefined);
  const links = region.links.filter(isThere).map((link): Link => {
    const { subnetIds, securityGroupIds, loadBalancerIds } = link;
    if (allThere([...subnetIds, ...securityGroupIds, ...(loadBalancerIds ?? [])])) return link;

    // Without what it was created from, a spec gives the link by its ID.
    return { ...link, subnetIds: [], securityGroupIds: [], ...(loadBalancerIds && { loadBalancerIds: [] }) };
  });
  const gateways = region.gateways.filter(isThere).map((gateway): Gateway => {
    const routes = gateway.routes.filter(({ id, key, linkId, targetId }) => {
      const [what, address] =
        addressOf(linkId) === undefined ? ['target', addressOf(targetId)] : ['link', addressOf(linkId)];
      if (address === undefined) return true;

      const own = addresses.get(`${gateway.id} ${id}`) ?? `route ${key} of ${gateway.id}`;
      left.add(own, `the ID of its ${what} ${address} is known after the apply`);
      return false;
    });
    return routes.length === gateway.routes.length ? gateway : { ...gateway, routes };
  });
  const ofPlan = region.gaps.filter(isOfPlan);
  for (const { of, what } of ofPlan) if (OF_SPEC.includes(of as ResourceList)) left.sentence(what);
  return {
    ...region,
    listeners: region.listeners.map(withoutCompared),
    account: region.account === UNKNOWN_ACCOUNT ? '' : region.account,
    links,
    gateways,
    gaps: region.gaps.filter((one) => !ofPlan.includes(one)),
  };
}

/** A listener without the values that its rules compare headers and query strings with: they may be secrets. */
function withoutCompared(listener: Listener): Listener {
  const rules = listener.rules?.map((rule) => ({
    ...rule,
    conditions: rule.conditions.map(({ values, ...one }) =>
      values === undefined || one.kind === 'header' || one.kind === 'query' ? one : { ...one, values },
    ),
  }));
  return rules === undefined ? listener : { ...listener, rules };
}

/** What a spec would have, and no row reads. */
function unread({ address, mode, type, after }: Instance, left: Left, set: PlanSet): void {
  if (mode === 'data' || after === undefined || set.row(type) !== undefined) return;

  const [, list] = set.of(type)?.terraform.opaqueTypes.find(([beginning]) => type.startsWith(beginning)) ?? [];
  if (list !== undefined && OF_SPEC.includes(list)) left.add(address, `${type} is not read`);
}
