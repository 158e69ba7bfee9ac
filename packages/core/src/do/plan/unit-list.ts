import { defined } from '../../ground/defined.js';
import type { RegionSnapshot } from '../snapshot/snapshot.js';
import type { Step, Unit, Plan } from './plan.js';
import type { UnitPart } from './plan-part.js';
import type { UnitRef } from './references.js';
import { isSamePlace } from '../model/traits.js';
import { gatewayId } from '../kinds/gateway/gateway-spec.js';
import type { Spec } from '../spec.js';

interface Entry {
  readonly unit: UnitRef;
  readonly region: RegionSnapshot;
  readonly steps: Step[];
  readonly dependsOn: Set<string>;
}

/** The units of some parts, in an order in which each follows what it awaits. One without steps is left out. */
export function unitsOf(parts: readonly UnitPart[]): readonly Unit[] {
  const entries = new Map<string, Entry>();
  for (const { unit: given, region, steps, dependsOn = [], first } of parts) {
    if (steps.length === 0) continue;

    const unit = unitIn(entries, given, region);
    const entry = entries.get(unit.id) ?? { unit, region, steps: [], dependsOn: new Set() };
    entries.set(unit.id, entry);
    if (first === true) entry.steps.unshift(...steps);
    else entry.steps.push(...steps);
    for (const other of dependsOn) if (other !== unit.id) entry.dependsOn.add(other);
    // What moved to another region leaves the former one after it works there.
    if (unit !== given) entry.dependsOn.add(given.id);
  }
  for (const { region, dependsOn } of entries.values())
    for (const former of [...dependsOn].map((other) => formerId(other, region)))
      if (entries.has(former) && entries.get(former)?.dependsOn !== dependsOn) dependsOn.add(former);
  return inOrder(entries);
}

/** The unit of a part: one unit has steps of one region alone. */
function unitIn(entries: ReadonlyMap<string, Entry>, unit: UnitRef, region: RegionSnapshot): UnitRef {
  const first = entries.get(unit.id);
  return first === undefined || isSamePlace(first.region, region) ? unit : { ...unit, id: formerId(unit.id, region) };
}

function formerId(id: string, { provider, region, account }: RegionSnapshot): string {
  return `${id}@${provider}/${region}/${account}`;
}

/** Depth first, in the order in which units were added; what is awaited but has no steps is nothing to wait for. */
function inOrder(entries: ReadonlyMap<string, Entry>): readonly Unit[] {
  const done = new Map<string, Unit>();
  const visit = (id: string, path: readonly string[]): void => {
    const entry = entries.get(id);
    // Links await integrations only for deletion, integrations await links only for creation: a circle is a defect.
    if (path.includes(id)) throw new Error(`units await each other: ${[...path, id].join(' → ')}`);
    if (entry === undefined || done.has(id)) return;

    const dependsOn = [...entry.dependsOn].filter((other) => entries.has(other)).toSorted();
    for (const other of dependsOn) visit(other, [...path, id]);
    const { provider, product, region, account } = entry.region;
    const service = { provider, ...defined({ product }), region };
    done.set(id, { ...entry.unit, ...service, account, dependsOn, steps: entry.steps });
  };
  for (const id of entries.keys()) visit(id, []);
  return [...done.values()];
}

/** Steps after which calls get to their targets as before: a name, a mark, a wait, something that no declared route uses. */
const WITHOUT_EFFECT: ReadonlySet<Step['kind']> = new Set<Step['kind']>(['adopt', 'rename', 'tag', 'delete']);

/** What a plan changes, and what depends on that: names of links and integrations, IDs of gateways. */
export interface TouchedParts {
  readonly integrations: ReadonlySet<string>;
  readonly links: ReadonlySet<string>;
  readonly gateways: ReadonlySet<string>;
}

/**
 * The integrations whose routes or targets a plan changes; all integrations of a link that is created, replaced or gets
 * another allowlist; the links and gateways of these; a gateway that is deployed.
 */
export function touchedParts({ units }: Pick<Plan, 'units'>, spec: Spec): TouchedParts {
  const changing = units.filter(({ steps }) => steps.some(({ kind }) => !WITHOUT_EFFECT.has(kind)));
  const named = (...kinds: readonly Unit['kind'][]): ReadonlySet<string> =>
    new Set(changing.flatMap(({ kind, name }) => (kinds.includes(kind) ? [name] : [])));
  const [ownLinks, own] = [named('link', 'link-narrowing'), named('integration')];
  const touched = Object.entries(spec.integrations).filter(([name, { link }]) => own.has(name) || ownLinks.has(link));
  return {
    integrations: new Set(touched.map(([name]) => name)),
    links: new Set([...ownLinks, ...touched.map(([, { link }]) => link)]),
    gateways: new Set([...named('gateway'), ...touched.map(([, { gateway }]) => gatewayId(gateway))]),
  };
}

/** The links of a spec whose calls a plan may change: where they are, there is something to check. */
export function linksToCheck(plan: Pick<Plan, 'units'>, spec: Spec): ReadonlySet<string> {
  const { links, gateways } = touchedParts(plan, spec);
  const ofGateways = Object.values(spec.integrations).filter(({ gateway }) => gateways.has(gatewayId(gateway)));
  return new Set([...links, ...ofGateways.map(({ link }) => link)]);
}
