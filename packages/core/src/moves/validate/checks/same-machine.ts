import { followed } from '../../../do/kinds/id-kinds.js';
import { fail, pass, unknown, type Say } from '../../../do/findings/say.js';
import { part, thing } from '../../../do/findings/subject.js';
import type { LinkView, Missing } from '../../../do/world/views.js';
import { askedFor, splitQuery } from '../../../do/model/discovered.js';
import { interfaceAt } from '../../../check/path/sources/interface-end.js';
import { aboutGateway, type MigrationInput, migrationCheck } from '../migration.js';
import { arrivalText, holderText, type Arrival, type Holder } from '../moved-integrations.js';
import { exitsOf } from '../exit-networks.js';
import { useEvidence } from '../../../do/world/uses/use-texts.js';
import type { MovedBackend } from '../../../do/world/uses/gateway-uses.js';
import { standsInSubnets } from '../../../do/world/link-facts.js';
import type { Outcome } from '../../../do/findings/check.js';

const CODES = {
  OTHER_MACHINE: fail(
    'the network of {address} is {present} now and {later} after the move, where {held}: it is not the same machine',
    'Move to a link in {present}, or add routes to {networkId} that send {address} to {present} (a peering, a transit gateway), or point {value} to a load balancer or machine in {networkId2|the new network} that serves the same.',
  ),
  MACHINE_NOT_KNOWN: unknown('{address} is the same machine for {linkId} and for {linkId2}'),
  SAME_MACHINE: pass('{address} is in {network} for both links'),
};

export const migrateSameMachine = migrationCheck({
  id: 'migrate/same-machine',
  severity: 'error',
  title: 'Each backend address is the same machine for both links',
  about:
    'A private address identifies a machine only together with the network that calls arrive in. Some ' +
    'backends are called by an address alone. For a link in another VPC, the ' +
    'same address is another machine, unless routes of both VPCs (a peering, a transit gateway) reach one ' +
    'network. For a move within one VPC, only routes that certainly differ are reported here. `path/*` ' +
    'reports what is not known of the path.',
  codes: CODES,
  *run(input, say) {
    const { from, to, backends } = input;
    // Other links do not call plain addresses.
    if (from === undefined || !callsAddresses(from) || !callsAddresses(to)) return;

    for (const backend of backends) {
      for (const address of new Set(addressesOf(input, backend)))
        yield* judge(say, input, backend, { from, to, address });
    }
  },
});

const callsAddresses = (view: LinkView): boolean => view.link !== undefined && standsInSubnets(view);

/** The plain addresses that a backend is called by; none if a load balancer or an authorization is named. */
function addressesOf({ future, region }: MigrationInput, { name, target }: MovedBackend): readonly string[] {
  if (target?.kind === 'service') {
    const [id, query] = splitQuery(target.id);
    const found = region.find('services', id);
    const { instances = [] } = found.is === 'found' ? found.value : {};
    // Discovery does not return unhealthy instances.
    const called = askedFor(id, instances, query).instances.filter(({ healthy }) => healthy !== false);
    return called.flatMap(({ address, ipv6Address }) => address ?? ipv6Address ?? []);
  }
  if (target !== undefined) return [];

  return future.targets.flatMap(({ name: part, spec }) => {
    const ref = followed(spec.ref);
    return 'address' in ref && (part === name || part.startsWith(`${name} `)) ? [ref.address] : [];
  });
}

interface Moved {
  readonly from: LinkView;
  readonly to: LinkView;
  readonly address: string;
}

function* judge(
  say: Say<typeof CODES>,
  input: MigrationInput,
  { name, uses }: MovedBackend,
  moved: Moved,
): Generator<Outcome> {
  const { from, to, address } = moved;
  const { check, gateway } = input;
  const about = aboutGateway(
    gateway,
    thing('backend', name),
    ...(name.includes(address) ? [] : [part('address', address)]),
  );
  const [old, next] = [exitsOf(check, from, address), exitsOf(check, to, address)];
  const isOneNetwork = from.networkId !== undefined && from.networkId === to.networkId;
  // Calls that do not arrive reach no other machine either: `path/*` reports the rest.
  if (next.places.length === 0 && next.missing === undefined) return;

  const known = new Set(old.places.map(arrivalText));
  const other = next.places.find((place) => !known.has(arrivalText(place)));
  const isKnown = old.missing === undefined && old.places.length > 0;
  const evidenceOf = (kind: string, at: Arrival) => ({
    kind,
    id: arrivalText(at),
    text: holderText(address, holderAt(input, at, address)),
  });
  if (other !== undefined && isKnown) {
    const holder = holderAt(input, other, address);
    yield say.OTHER_MACHINE(
      about,
      {
        address,
        oldNetworks: old.places,
        newNetworks: next.places,
        holder,
        networkId: to.networkId ?? to.name,
        value: uses[0]?.name ?? name,
        networkId2: to.networkId,
      },
      {
        evidence: [
          ...old.places.map((at) => evidenceOf('old network', at)),
          ...next.places.map((at) => evidenceOf('new network', at)),
          ...useEvidence(uses),
        ],
        words: {
          present: networksText(old.places),
          later: networksText(next.places),
          held: holderText(address, holder),
        },
      },
    );
    return;
  }
  if (isOneNetwork && (next.missing !== undefined || other !== undefined)) return;

  const [only, ...more] = next.places;
  const missing = next.missing ?? (isKnown ? undefined : (old.missing ?? neverArrives(from, address)));
  const on = { address, linkId: from.link?.id ?? from.name, linkId2: to.link?.id ?? to.name };
  const evidence = useEvidence(uses);
  if (missing !== undefined) yield say.MACHINE_NOT_KNOWN(about, on, missing, evidence);
  else if (more.length > 0 || old.places.length > 1) {
    if (!isOneNetwork) yield say.MACHINE_NOT_KNOWN(about, on, several(address, next.places), evidence);
  } else {
    const network = only === undefined ? '' : arrivalText(only);
    yield say.SAME_MACHINE(about, { address, only }, { evidence, words: { network } });
  }
}

function holderAt({ region }: MigrationInput, at: Arrival, address: string): Holder {
  const own = at.kind === 'network' ? interfaceAt(region, at.id, address) : undefined;
  return { at, resource: own?.attachedTo ?? own?.id };
}

function neverArrives({ name, link }: LinkView, address: string): Missing {
  const what = `the machine at ${address} (the routes of ${link?.id ?? name} do not reach it)`;
  return { what, remedy: `Check which machine has ${address}.` };
}

function several(address: string, places: readonly Arrival[]): Missing {
  return {
    what: `which of ${places.map(arrivalText).join(' and ')} each call to ${address} reaches`,
    remedy: `Route ${address} to one network from all subnets of the link.`,
  };
}

function networksText(networks: readonly Arrival[]): string {
  return networks.map(arrivalText).join(' and ');
}
