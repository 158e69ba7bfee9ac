import { fail, pass, unknown, type Say } from '../../../do/findings/say.js';
import { part, thing } from '../../../do/findings/subject.js';
import { aboutGateway, type MigrationInput, migrationCheck } from '../migration.js';
import { answeringZones, type AnsweringZones } from '../answering-zones.js';
import type { LinkView } from '../../../do/world/views.js';
import { subnetsOf, subnetsOfNetwork, subnetsThatWouldDo } from '../../../do/world/subnets-of.js';
import { subnetEvidence } from '../../../do/findings/evidence.js';
import type { Subnet } from '../../../do/model/network.js';
import { fewText } from '../../../ground/text/quantities.js';
import type { Outcome } from '../../../do/findings/check.js';

const CODES = {
  ZONES_NOT_READ: unknown('{id} has a subnet in every zone in which a backend answers'),
  BACKEND_ZONES_NOT_READ: unknown('{id} has a subnet in every zone in which {target} answers'),
  OLD_ZONES_NOT_READ: unknown('{id} has a subnet in every zone of {old}'),
  ZONES_COVERED: pass('{id} has subnets in {wanted}: every zone of the backends and of the old link'),
  ZONE_LACKING: fail(
    '{id} has no subnet in {zone}, where [{answering} {backends?answers:answer}][if areBoth:  and ][{old} has a subnet]: [if answering: calls reach it across zones,|calls come] from {remaining} only[; targets of {zonal} there receive only calls that arrive there]',
    [
      'if refused: Make {answering|the backends} answer in {remaining} as well: no link can have a subnet in {zone}.',
      'Create a link that also has a subnet in {zone}[, such as {subnet}], and move to that link: the subnets of a link never change.',
    ],
  ),
};

export const migrateZones = migrationCheck({
  id: 'migrate/zones',
  severity: 'warning',
  title: 'The link to move to has a subnet in every zone of the backends and of the old link',
  about:
    'A link calls load balancers in all of their zones. A zone without a subnet of the link is still reached, across zones, so no call fails for that reason. But the zone does not help when the other zones ' +
    'fail. A load balancer without cross-zone load balancing sends its targets in that zone only the calls that arrive there. Subnets of a link never change, so only another link fixes this. If the ' +
    'old link has a subnet in a zone in which no backend answers, the loss of that zone is a note, unless only one zone is left. A zone that supports no links is a note as well.',
  codes: CODES,
  *run(input, say) {
    const { gateway, from, to, future } = input;
    if (input.region.clouds.gateway(gateway.kind).movesAsOne || to.link === undefined) return;

    const { id } = to.link;
    const about = aboutGateway(gateway, thing('link', id));
    const next = subnetsOf(to);
    if (next.missing !== undefined) {
      yield say.ZONES_NOT_READ(about, { id }, next.missing);
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
        yield say.BACKEND_ZONES_NOT_READ(part, { id, target: view.name }, found.missing);
      }
    }
    const before = from === undefined ? undefined : subnetsOf(from);
    if (before?.missing !== undefined && from?.link !== undefined) {
      open = true;
      const old = from.link.id;
      yield say.OLD_ZONES_NOT_READ(aboutGateway(gateway, thing('link', old)), { id, old }, before.missing);
    }
    const old = before?.found ?? [];
    const wanted = [...new Set([...backends.flatMap(({ zones }) => zones), ...old.map(({ zone }) => zone)])].toSorted();
    const lacking = wanted.filter((zone) => !stands.has(zone));
    for (const zone of lacking) {
      yield lacks(say, input, zone, {
        next: next.found,
        old: old.filter((subnet) => subnet.zone === zone),
        backends: backends.filter(({ zones }) => zones.includes(zone)),
      });
    }
    if (lacking.length > 0 || open) return;

    yield say.ZONES_COVERED(
      about,
      { id, wanted },
      next.found.map((subnet) => subnetEvidence(subnet)),
    );
  },
});

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
  say: Say<typeof CODES>,
  { gateway, from, to, region }: MigrationInput,
  zone: string,
  { next, old, backends }: Lacking,
): Outcome {
  const id = to.link?.id ?? 'the new link';
  const before = from?.link?.id ?? 'the old link';
  const left = [...new Set(next.map((subnet) => subnet.zone))];
  const placed = region.find('zones', zone);
  const refused = placed.is === 'found' && placed.value.servesLinks === false;
  const names = backends.map(({ name }) => name);
  const zonal = backends.filter((one) => one.zonal).map(({ name }) => name);
  return say.ZONE_LACKING(
    aboutGateway(gateway, thing('link', id), part('zone', zone)),
    {
      id,
      zone,
      backends: names,
      old: old.length === 0 ? undefined : before,
      left,
      zonal,
      refused,
      subnet: wouldDo(to, zone),
    },
    {
      evidence: [
        ...next.map((subnet) => subnetEvidence(subnet, `of ${id}`)),
        ...old.map((subnet) => subnetEvidence(subnet, `of ${before}`)),
        ...backends.slice(0, 10).map(({ evidence }) => evidence),
      ],
      severity: refused || (backends.length === 0 && left.length > 1) ? 'note' : undefined,
      words: {
        answering: fewText(names, 5, ' and '),
        areBoth: backends.length > 0 && old.length > 0,
        remaining: fewText(left, 5, ' and '),
        zonal: fewText(zonal, 5, ' and '),
      },
    },
  );
}

/** `subnet-c (euw1-az3)`; undefined if no subnet of the zone is suitable. */
function wouldDo({ region, networkId }: LinkView, zone: string): string | undefined {
  if (networkId === undefined) return undefined;

  const others = subnetsOfNetwork(region, networkId).filter((subnet) => subnet.zone !== zone);
  return subnetsThatWouldDo(region, networkId, { zones: new Set(others.map((one) => one.zone)) })[0];
}
