import { entryOf } from '../../../ground/json.js';
import { gatewayId } from '../../kinds/gateway/gateway-spec.js';
import type { Gateway } from '../../model/gateway.js';
import type { Owner } from '../../model/owner.js';
import { mayDelete } from '../../model/ownership.js';
import type { Spec } from '../../spec.js';
import type { RegionSnapshot } from '../../snapshot/snapshot.js';
import { counted, fewText } from '../../../ground/text/quantities.js';
import { linkOwner, markedNames } from '../../world/resolve/link-identity.js';
import type { LeftOut as ExcludedParts } from '../plan.js';

/** What the plan of a `part` of `spec` leaves out. `regions` show the part, so `undeclared` may lack resources elsewhere. */
export function excludedParts(spec: Spec, part: Spec, regions: readonly RegionSnapshot[]): ExcludedParts {
  const links = Object.keys(spec.links).filter((name) => !Object.hasOwn(part.links, name));
  const integrations = Object.keys(spec.integrations).filter((name) => !Object.hasOwn(part.integrations, name));
  const targets = Object.entries(part.integrations).flatMap(([name, { targets: named, routes }]) => {
    const whole = spec.integrations[name];
    const served = new Set(Object.values(routes));
    return Object.keys(whole?.targets ?? {})
      .filter((target) => !Object.hasOwn(named, target) || (isServed(whole?.routes, target) && !served.has(target)))
      .map((target) => `${name}/${target}`);
  });
  return { links, integrations, targets, undeclared: regions.flatMap((region) => undeclaredIn(spec, region)) };
}

/** What a plan leaves out, as notes. */
export function excludedNotes(only: readonly string[], left: ExcludedParts): readonly string[] {
  const { links, integrations, targets, undeclared } = left;
  const counts = [
    [links, 'link'],
    [integrations, 'integration'],
    [targets, 'target'],
  ] as const;
  const named = counts.flatMap(([names, what]) => (names.length === 0 ? [] : [counted(names.length, what)]));
  const rest = named.length === 0 ? 'nothing that the spec declares' : `${fewText(named, 5, ' and ')} of the spec`;
  const notes = [`this is the plan of ${fewText(only, 5)} only: it leaves out ${rest}`];
  if (undeclared.length === 0) return notes;

  const what = `${counted(undeclared.length, 'resource')} that the spec no longer declares`;
  return [...notes, `--only deletes none of ${what}: ${fewText(undeclared, 5)}`];
}

function isServed(routes: Readonly<Record<string, string>> = {}, target: string): boolean {
  return Object.values(routes).includes(target);
}

/** Resources of the spec in a region that it does not declare any more: a plan of the whole spec deletes them. */
function undeclaredIn(spec: Spec, region: RegionSnapshot): readonly string[] {
  const isOwn = (mark: Owner | undefined): mark is Owner => mayDelete(mark, { project: spec.project, spec: spec.spec });
  const names = new Set(Object.keys(spec.links).flatMap((name) => markedNames(spec, name)));
  const links = region.links.flatMap((link) => {
    const owner = linkOwner(region, link);
    return isOwn(owner) && !names.has(owner.integration) ? [`link ${owner.integration} (${link.id})`] : [];
  });
  const routes = region.gateways.flatMap((gateway) => {
    const declared = declaredKeys(spec, gateway);
    const gone = gateway.routes.filter(({ owner, key }) => isOwn(owner) && !declared.has(key));
    return gone.map(({ key }) => `route ${key} on ${gateway.id}`);
  });
  const targets = region.targets.flatMap(({ id, owner }) => {
    if (!isOwn(owner)) return [];

    const { integration, name = '' } = owner;
    const declared = entryOf(spec.integrations, integration)?.targets ?? {};
    return Object.hasOwn(declared, name) ? [] : [`target ${name} of ${integration} (${id})`];
  });
  return [...links, ...routes, ...targets];
}

function declaredKeys({ integrations }: Spec, { id }: Gateway): ReadonlySet<string> {
  const here = Object.values(integrations).filter(({ gateway }) => gatewayId(gateway) === id);
  return new Set(here.flatMap(({ routes }) => Object.keys(routes)));
}
