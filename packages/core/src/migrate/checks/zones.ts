import { part, thing } from '../../findings/subject.js';
import { movesAsOne } from '../../kinds/gateway/gateway-kinds.js';
import { aboutGateway } from '../about-gateway.js';
import { answeringZones, type AnsweringZones } from '../answering-zones.js';
import type { LinkView } from '../../world/views.js';
import type { Outcome } from '../../findings/check.js';
import { subnetsOf, subnetsOfNetwork, subnetsThatWouldDo } from '../../world/subnets-of.js';
import { subnetEvidence } from '../../findings/evidence.js';
import { fails, holds, unsure } from '../../findings/outcome.js';
import type { Subnet } from '../../model/network.js';
import type { MigrationCheck, MigrationInput } from '../migration-input.js';

/** `migrate/zones`. */
export const migrateZones: MigrationCheck = {
  id: 'migrate/zones',
  title: 'The link to move to stands in every zone in which a backend answers, or in which the old link stands',
  severity: 'warning',
  about:
    'A link calls load balancers in all of their zones, so that a zone without a subnet of the link is still reached, across zones: no call fails because of that. But the zone helps no longer when the others ' +
    'fail, and a load balancer without cross-zone load balancing sends its targets there only what comes in there. Subnets of a link never change, so this can be mended only by another link. Where the ' +
    'old link stands in a zone in which no backend answers, losing that is a note, unless one zone is left; where no link can stand in a zone, too.',
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancers.html#cross-zone-load-balancing',
  ],
  *run(input) {
    const { check, gateway, from, to, future } = input;
    if (movesAsOne(gateway) || to.link === undefined) return;
    const { id } = to.link;
    const about = aboutGateway(gateway, thing('link', id));
    const next = subnetsOf(to);
    if (next.missing !== undefined) {
      yield unsure(about, `${id} stands in every zone in which a backend answers`, next.missing);
      return;
    }
    const stands = new Set(next.found.map(({ zone }) => zone));
    const backends: Answering[] = [];
    let open = false;
    for (const view of future.targets) {
      // What is in another network answers nobody in this one, and is said elsewhere.
      const other = view.target?.networkId;
      if (other !== undefined && to.networkId !== undefined && other !== to.networkId) continue;
      const found = answeringZones(future, view);
      if (found.is === 'found') backends.push({ name: view.name, ...found.value });
      else if (found.is === 'unknown') {
        open = true;
        const part = aboutGateway(gateway, thing('backend', view.name));
        yield unsure(part, `${id} stands in every zone in which ${view.name} answers`, found.missing);
      }
    }
    const before = from === undefined ? undefined : subnetsOf(from);
    if (before?.missing !== undefined && from?.link !== undefined) {
      open = true;
      const old = from.link.id;
      yield unsure(aboutGateway(gateway, thing('link', old)), `${id} stands in every zone of ${old}`, before.missing);
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
    yield holds(check, about, () => ({
      message: `${id} stands in ${wanted.join(', ')}: wherever a backend answers and the old link stands`,
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
function lacks({ gateway, from, to, region }: MigrationInput, zone: string, { next, old, backends }: Lacking): Outcome {
  const id = to.link?.id ?? 'the new link';
  const before = from?.link?.id ?? 'the old link';
  const left = [...new Set(next.map((subnet) => subnet.zone))];
  const names = backends.map(({ name }) => name);
  const zonal = backends.filter((one) => one.zonal).map(({ name }) => name);
  const there = [
    ...(names.length === 0 ? [] : [`${listed(names)} ${names.length === 1 ? 'answers' : 'answer'}`]),
    ...(old.length === 0 ? [] : [`${before} stands`]),
  ].join(' and ');
  const then = names.length === 0 ? 'calls come' : 'calls get there across zones,';
  const alone = zonal.length === 0 ? '' : `; targets of ${listed(zonal)} there get only calls that come in there`;
  const placed = region.find('zones', zone);
  const refused = placed.is === 'found' && placed.value.servesLinks === false;
  return fails(aboutGateway(gateway, thing('link', id), part('zone', zone)), {
    message: `${id} has no subnet in ${zone}, where ${there}: ${then} from ${listed(left)} only${alone}`,
    evidence: [
      ...next.map((subnet) => subnetEvidence(subnet, `of ${id}`)),
      ...old.map((subnet) => subnetEvidence(subnet, `of ${before}`)),
      ...backends.slice(0, 10).map(({ evidence }) => evidence),
    ],
    remedy: refused
      ? `No link can stand in ${zone}: have ${listed(names) || 'the backends'} answer in ${listed(left)}, too.`
      : `Make a link that stands in ${zone}, too${wouldDo(to, zone)}, and move to that one: the subnets of a link never change.`,
    ...(refused || (names.length === 0 && left.length > 1) ? { severity: 'note' } : {}),
  });
}

/** `, such as in subnet-c (euw1-az3)`; empty where no subnet of the zone would do. */
function wouldDo({ region, networkId }: LinkView, zone: string): string {
  if (networkId === undefined) return '';
  const others = subnetsOfNetwork(region, networkId).filter((subnet) => subnet.zone !== zone);
  const [subnet] = subnetsThatWouldDo(region, networkId, { zones: new Set(others.map((one) => one.zone)) });
  return subnet === undefined ? '' : `, such as in ${subnet}`;
}

/** Five at most, and how many more. */
function listed(names: readonly string[]): string {
  const more = names.length - 5;
  return more > 0
    ? `${names.slice(0, 5).join(', ')} and ${more} more`
    : names.join(', ').replace(/, ([^,]*)$/, ' and $1');
}
