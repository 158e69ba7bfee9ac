import { part, thing } from '../../../do/findings/subject.js';
import { aboutGateway } from '../about-gateway.js';
import { answeringZones, type AnsweringZones } from '../answering-zones.js';
import type { LinkView } from '../../../do/world/views.js';
import { subnetsOf, subnetsOfNetwork, subnetsThatWouldDo } from '../../../do/world/subnets-of.js';
import { subnetEvidence } from '../../../do/findings/evidence.js';
import type { Subnet } from '../../../do/model/network.js';
import type { MigrationInput } from '../migration-input.js';
import { migrationCheck } from '../migration-check.js';
import type { Say } from '../../../do/findings/say-text.js';
import { fewText } from '../../../ground/text/few-text.js';
import type { Outcome } from '../../../do/findings/check.js';

/** `migrate/zones`. */
export const migrateZones = migrationCheck({
  id: 'migrate/zones',
  severity: 'warning',
  title: 'The link to move to has a subnet in every zone of the backends and of the old link',
  about:
    'A link calls load balancers in all of their zones. A zone without a subnet of the link is still reached, across zones, so no call fails for that reason. But the zone does not help when the other zones ' +
    'fail. A load balancer without cross-zone load balancing sends its targets in that zone only the calls that arrive there. Subnets of a link never change, so only another link fixes this. If the ' +
    'old link has a subnet in a zone in which no backend answers, the loss of that zone is a note, unless only one zone is left. A zone that supports no links is a note as well.',
  codes: ['ZONES_NOT_READ', 'BACKEND_ZONES_NOT_READ', 'OLD_ZONES_NOT_READ', 'ZONES_COVERED', 'ZONE_LACKING'],
  *run(input, say) {
    const { gateway, from, to, future } = input;
    if (input.region.clouds.movesAsOne(gateway) || to.link === undefined) return;
    const { id } = to.link;
    const about = aboutGateway(gateway, thing('link', id));
    const next = subnetsOf(to);
    if (next.missing !== undefined) {
      yield say.unknown(
        about,
        'ZONES_NOT_READ',
        { id },
        next.missing,
        (p) => `${p.id} has a subnet in every zone in which a backend answers`,
      );
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
        yield say.unknown(
          part,
          'BACKEND_ZONES_NOT_READ',
          { id, target: view.name },
          found.missing,
          (p) => `${p.id} has a subnet in every zone in which ${p.target} answers`,
        );
      }
    }
    const before = from === undefined ? undefined : subnetsOf(from);
    if (before?.missing !== undefined && from?.link !== undefined) {
      open = true;
      const old = from.link.id;
      yield say.unknown(
        aboutGateway(gateway, thing('link', old)),
        'OLD_ZONES_NOT_READ',
        { id, old },
        before.missing,
        (p) => `${p.id} has a subnet in every zone of ${p.old}`,
      );
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
    yield say.pass(
      about,
      'ZONES_COVERED',
      () => ({ id, wanted }),
      (p) => ({
        message: `${p.id} has subnets in ${p.wanted.join(', ')}: every zone of the backends and of the old link`,
        evidence: next.found.map((subnet) => subnetEvidence(subnet)),
      }),
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
  say: Say,
  { gateway, from, to, region }: MigrationInput,
  zone: string,
  { next, old, backends }: Lacking,
): Outcome {
  const id = to.link?.id ?? 'the new link';
  const before = from?.link?.id ?? 'the old link';
  const left = [...new Set(next.map((subnet) => subnet.zone))];
  const placed = region.find('zones', zone);
  const refused = placed.is === 'found' && placed.value.servesLinks === false;
  return say.fail(
    aboutGateway(gateway, thing('link', id), part('zone', zone)),
    'ZONE_LACKING',
    {
      id,
      zone,
      backends: backends.map(({ name }) => name),
      old: old.length === 0 ? undefined : before,
      left,
      zonal: backends.filter((one) => one.zonal).map(({ name }) => name),
      refused,
      subnet: wouldDo(to, zone),
    },
    (p) => {
      const there = [
        ...(p.backends.length === 0
          ? []
          : [`${fewText(p.backends, 5, ' and ')} ${p.backends.length === 1 ? 'answers' : 'answer'}`]),
        ...(p.old === undefined ? [] : [`${p.old} has a subnet`]),
      ];
      const calls = p.backends.length === 0 ? 'calls come' : 'calls reach it across zones,';
      const targets =
        p.zonal.length === 0
          ? ''
          : `; targets of ${fewText(p.zonal, 5, ' and ')} there receive only calls that arrive there`;
      return {
        message: `${p.id} has no subnet in ${p.zone}, where ${there.join(' and ')}: ${calls} from ${fewText(p.left, 5, ' and ')} only${targets}`,
        remedy: p.refused
          ? `Make ${fewText(p.backends, 5, ' and ') || 'the backends'} answer in ${fewText(p.left, 5, ' and ')} as well: no link can have a subnet in ${p.zone}.`
          : `Create a link that also has a subnet in ${p.zone}${p.subnet === undefined ? '' : `, such as ${p.subnet}`}, and move to that link: the subnets of a link never change.`,
        evidence: [
          ...next.map((subnet) => subnetEvidence(subnet, `of ${id}`)),
          ...old.map((subnet) => subnetEvidence(subnet, `of ${before}`)),
          ...backends.slice(0, 10).map(({ evidence }) => evidence),
        ],
        ...(refused || (backends.length === 0 && left.length > 1) ? { severity: 'note' } : {}),
      };
    },
  );
}

/** `subnet-c (euw1-az3)`; undefined if no subnet of the zone is suitable. */
function wouldDo({ region, networkId }: LinkView, zone: string): string | undefined {
  if (networkId === undefined) return undefined;
  const others = subnetsOfNetwork(region, networkId).filter((subnet) => subnet.zone !== zone);
  return subnetsThatWouldDo(region, networkId, { zones: new Set(others.map((one) => one.zone)) })[0];
}
