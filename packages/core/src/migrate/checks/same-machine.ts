import { stating, type Judgement, type Statement } from '../../findings/statement.js';
import type { migrateSameMachineWords } from './words/same-machine.words.js';
import { part, thing } from '../../findings/subject.js';
import type { LinkView, Missing } from '../../world/views.js';
import { askedFor, splitQuery } from '../../model/discovered.js';
import { interfaceAt } from '../../network/sources/interface-at.js';
import { aboutGateway } from '../about-gateway.js';
import { arrivalText, holderText, type Arrival, type Holder } from '../arrival.js';
import { exitsOf } from '../come-out.js';
import type { MigrationInput } from '../migration-input.js';
import { useEvidence, type MovedBackend } from '../../world/uses/gateway-uses.js';
import { standsInSubnets } from '../../world/link-facts.js';

const { fails, holds, unsure } = stating<(typeof migrateSameMachineWords)['says']>();

/** `migrate/same-machine`. */
export const migrateSameMachine: Judgement<MigrationInput> = {
  id: 'migrate/same-machine',
  severity: 'error',
  *run(input) {
    const { from, to, backends } = input;
    // Other links do not call plain addresses.
    if (from === undefined || !callsAddresses(from) || !callsAddresses(to)) return;
    for (const backend of backends) {
      for (const address of new Set(addressesOf(input, backend))) yield* judge(input, backend, { from, to, address });
    }
  },
};

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
  return future.targets.flatMap((view) =>
    'address' in view.spec.ref && (view.name === name || view.name.startsWith(`${name} `))
      ? [view.spec.ref.address]
      : [],
  );
}

interface Moved {
  readonly from: LinkView;
  readonly to: LinkView;
  readonly address: string;
}

function* judge(input: MigrationInput, { name, uses }: MovedBackend, moved: Moved): Generator<Statement> {
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
    yield fails(about, 'OTHER_MACHINE', {
      params: {
        address,
        oldNetworks: old.places,
        newNetworks: next.places,
        holder: holderAt(input, other, address),
        networkId: to.networkId ?? to.name,
        value: uses[0]?.name ?? name,
        networkId2: to.networkId,
      },
      evidence: [
        ...old.places.map((at) => evidenceOf('old network', at)),
        ...next.places.map((at) => evidenceOf('new network', at)),
        ...useEvidence(uses),
      ],
    });
    return;
  }
  if (isOneNetwork && (next.missing !== undefined || other !== undefined)) return;
  const [only, ...more] = next.places;
  const missing = next.missing ?? (isKnown ? undefined : (old.missing ?? neverArrives(from, address)));
  if (missing !== undefined)
    yield unsure(
      about,
      'MACHINE_NOT_KNOWN',
      { address, linkId: from.link?.id ?? from.name, linkId2: to.link?.id ?? to.name },
      missing,
      { evidence: useEvidence(uses) },
    );
  else if (more.length > 0 || old.places.length > 1) {
    if (!isOneNetwork)
      yield unsure(
        about,
        'MACHINE_NOT_KNOWN',
        { address, linkId: from.link?.id ?? from.name, linkId2: to.link?.id ?? to.name },
        several(address, next.places),
        { evidence: useEvidence(uses) },
      );
  } else {
    yield holds(check, about, 'SAME_MACHINE', () => ({ params: { address, only }, evidence: useEvidence(uses) }));
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
