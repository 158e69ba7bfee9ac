import { stating, type Judgement, type Statement } from '../../findings/statement.js';
import type { migrateZonesWords } from './words/zones.words.js';
import { part, thing } from '../../findings/subject.js';
import { movesAsOne } from '../../kinds/gateway/gateway-kinds.js';
import { aboutGateway } from '../about-gateway.js';
import { answeringZones, type AnsweringZones } from '../answering-zones.js';
import type { LinkView } from '../../world/views.js';
import { subnetsOf, subnetsOfNetwork, subnetsThatWouldDo } from '../../world/subnets-of.js';
import { subnetEvidence } from '../../findings/evidence.js';
import type { Subnet } from '../../model/network.js';
import type { MigrationInput } from '../migration-input.js';

const { fails, holds, unsure } = stating<(typeof migrateZonesWords)['says']>();

/** `migrate/zones`. */
export const migrateZones: Judgement<MigrationInput> = {
  id: 'migrate/zones',
  severity: 'warning',
  *run(input) {
    const { check, gateway, from, to, future } = input;
    if (movesAsOne(gateway) || to.link === undefined) return;
    const { id } = to.link;
    const about = aboutGateway(gateway, thing('link', id));
    const next = subnetsOf(to);
    if (next.missing !== undefined) {
      yield unsure(about, 'ZONES_NOT_READ', { id }, next.missing);
      return;
    }
    const stands = new Set(next.found.map(({ zone }) => zone));
    const backends: Answering[] = [];
    let open = false;
    for (const view of future.targets) {
      // A backend in another network does not answer calls in this one. Another check reports it.
      const other = view.target?.networkId;
      if (other !== undefined && to.networkId !== undefined && other !== to.networkId) continue;
      const found = answeringZones(future, view);
      if (found.is === 'found') backends.push({ name: view.name, ...found.value });
      else if (found.is === 'unknown') {
        open = true;
        const part = aboutGateway(gateway, thing('backend', view.name));
        yield unsure(part, 'BACKEND_ZONES_NOT_READ', { id, target: view.name }, found.missing);
      }
    }
    const before = from === undefined ? undefined : subnetsOf(from);
    if (before?.missing !== undefined && from?.link !== undefined) {
      open = true;
      const old = from.link.id;
      yield unsure(aboutGateway(gateway, thing('link', old)), 'OLD_ZONES_NOT_READ', { id, old }, before.missing);
    }
    const old = before?.found ?? [];
    const wanted = [...new Set([...backends.flatMap(({ zones }) => zones), ...old.map(({ zone }) => zone)])].toSorted();
    const lacking = wanted.filter((zone) => !stands.has(zone));
    for (const zone of lacking) {
      yield lacks(input, zone, {
        next: next.found,
        old: old.filter((subnet) => subnet.zone === zone),
        backends: backends.filter(({ zones }) => zones.includes(zone)),
      });
    }
    if (lacking.length > 0 || open) return;
    yield holds(check, about, 'ZONES_COVERED', () => ({
      params: { id, wanted },
      evidence: next.found.map((subnet) => subnetEvidence(subnet)),
    }));
  },
};

interface Answering extends AnsweringZones {
  readonly name: string;
}

interface Lacking {
  /** The subnets of the link to move to. */
  readonly next: readonly Subnet[];
  /** Those of the old link in the zone. */
  readonly old: readonly Subnet[];
  /** The backends that answer there. */
  readonly backends: readonly Answering[];
}

/** The link has no subnet in a zone. */
function lacks(
  { gateway, from, to, region }: MigrationInput,
  zone: string,
  { next, old, backends }: Lacking,
): Statement {
  const id = to.link?.id ?? 'the new link';
  const before = from?.link?.id ?? 'the old link';
  const left = [...new Set(next.map((subnet) => subnet.zone))];
  const placed = region.find('zones', zone);
  const refused = placed.is === 'found' && placed.value.servesLinks === false;
  return fails(aboutGateway(gateway, thing('link', id), part('zone', zone)), 'ZONE_LACKING', {
    params: {
      id,
      zone,
      backends: backends.map(({ name }) => name),
      old: old.length === 0 ? undefined : before,
      left,
      zonal: backends.filter((one) => one.zonal).map(({ name }) => name),
      refused,
      subnet: wouldDo(to, zone),
    },
    evidence: [
      ...next.map((subnet) => subnetEvidence(subnet, `of ${id}`)),
      ...old.map((subnet) => subnetEvidence(subnet, `of ${before}`)),
      ...backends.slice(0, 10).map(({ evidence }) => evidence),
    ],
    ...(refused || (backends.length === 0 && left.length > 1) ? { severity: 'note' } : {}),
  });
}

/** `subnet-c (euw1-az3)`; undefined if no subnet of the zone is suitable. */
function wouldDo({ region, networkId }: LinkView, zone: string): string | undefined {
  if (networkId === undefined) return undefined;
  const others = subnetsOfNetwork(region, networkId).filter((subnet) => subnet.zone !== zone);
  return subnetsThatWouldDo(region, networkId, { zones: new Set(others.map((one) => one.zone)) })[0];
}
