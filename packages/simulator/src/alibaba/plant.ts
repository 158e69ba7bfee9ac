import { form, isText, oneOf, optional, text, type MemberForm } from '../simulation/dispatch/planted-members.js';
import type { AlibabaCall } from './operation/operation.js';
import { registeredAs } from './cloud-native/control/registry.js';
import type { RegistryRow } from './cloud-native/control/state.js';
import { domainsOfGroup } from './traditional/control/group.js';

/** What happens outside of the simulated account, or inside of the service, so that no call of the account can do it. */
export type PlantedAlibaba =
  /**
   * A domain of a user's own leads to an API group: by a CNAME of the group's own domain, or by the address of the instance that the
   * group is on now.
   */
  | {
      readonly kind: 'custom-domain';
      readonly groupId: string;
      readonly name: string;
      readonly by: 'cname' | 'address';
    }
  /** A group of another account has a domain. */
  | { readonly kind: 'domain-of-another-account'; readonly name: string; readonly ownerId: string }
  /**
   * What the service finds at the end of the moves of a group (`*`: of each group), a minute or two after they began: a status and an
   * error. Without a status its own checks decide again.
   */
  | {
      readonly kind: 'group-move';
      readonly groupId: string;
      readonly status?: string | undefined;
      readonly error?: string | undefined;
    }
  /**
   * Certificate Management Service has a certificate, for names with commas between: `api.example.com,*.example.com`. It is valid for a
   * year, unless it has expired.
   */
  | { readonly kind: 'certificate'; readonly names: string; readonly is?: 'valid' | 'expired' | undefined }
  /**
   * A Nacos instance of Microservices Engine has a service, of the namespace `public`, with instances: `10.0.1.7:8080,10.0.1.8:8080`.
   * Without a text it has none any more.
   */
  | {
      readonly kind: 'nacos-service';
      readonly instanceId: string;
      readonly group: string;
      readonly service: string;
      readonly instances?: string | undefined;
    }
  /** A Nacos instance of Microservices Engine runs, or is released: gateways cannot follow it any more. */
  | { readonly kind: 'nacos-instance'; readonly instanceId: string; readonly is: 'running' | 'released' }
  /** Whether what is in use can be deleted from Cloud-native API Gateway, which no source says. By default it cannot. */
  | { readonly kind: 'apig-deletions'; readonly are: 'refused' | 'allowed' };

type Members<Kind> = Omit<Extract<PlantedAlibaba, { kind: Kind }>, 'kind'>;

const status = form('a string of at most 64 characters', (value) => isText(value) && value.length <= 64);
const domain = form('a host name', (value) => isText(value) && /^(\*\.)?([a-z0-9-]{1,63}\.)+[a-z]{2,63}$/.test(value));

const names = form(
  'host names with commas between',
  (value) => isText(value) && value.split(',').every((one) => domain(one) === undefined),
);

const endpoints = form(
  'addresses with ports, with commas between',
  (value) => isText(value) && value.split(',').every((one) => /^[0-9a-f.:[\]]+:\d{1,5}$/i.test(one)),
);

export const PLANTED_FORMS: {
  readonly [Kind in PlantedAlibaba['kind']]: { readonly [Member in keyof Members<Kind>]-?: MemberForm };
} = {
  'custom-domain': { groupId: text, name: domain, by: oneOf('cname', 'address') },
  'domain-of-another-account': { name: domain, ownerId: text },
  'group-move': { groupId: text, status: optional(status), error: optional(text) },
  certificate: { names, is: optional(oneOf('valid', 'expired')) },
  'nacos-service': { instanceId: text, group: text, service: text, instances: optional(endpoints) },
  'nacos-instance': { instanceId: text, is: oneOf('running', 'released') },
  'apig-deletions': { are: oneOf('refused', 'allowed') },
};

/**
 * Lets something happen in a region that no call causes.
 * @returns the ID of the group, the domain, or the identifier of the certificate
 * @throws {RangeError} for a group that does not exist, and for a domain that a group has
 */
export function plant(call: AlibabaCall, planted: PlantedAlibaba): string {
  const { state, region, now } = call;
  if (planted.kind === 'certificate') return plantCertificate(call, planted);
  if (planted.kind === 'nacos-service' || planted.kind === 'nacos-instance')
    return plantNacos(state.apig.registries, planted);
  if (planted.kind === 'apig-deletions') {
    state.apig.settings.set('deletions', planted.are);
    return planted.are;
  }

  const { groups, strangeMigrations, domainsOfOthers } = state.cloudApi;
  const taken = (name: string): RangeError | undefined => {
    const owner = [...groups.values()].find((one) => domainsOfGroup(one, region).some((row) => row.name === name));
    return owner && new RangeError(`${name} is a domain of ${owner.id}.`);
  };
  if (planted.kind === 'domain-of-another-account') {
    const refused = taken(planted.name);
    if (refused) throw refused;

    domainsOfOthers.set(planted.name, planted.ownerId);
    return planted.name;
  }

  const { groupId } = planted;
  const group = groups.get(groupId);
  if (planted.kind === 'group-move') {
    if (groupId !== '*' && !group) throw unknown(groupId);

    const { status: result, error = '' } = planted;
    if (result === undefined) strangeMigrations.delete(groupId);
    else strangeMigrations.set(groupId, { status: result, error });
    return groupId;
  }
  if (!group) throw unknown(groupId);

  const { name, by } = planted;
  const refused = taken(name);
  if (refused) throw refused;

  const domains = [...(group.domains ?? []), { name, kind: 'custom', cname: by === 'cname' } as const];
  groups.set(groupId, { ...group, domains, modifiedAt: now });
  return groupId;
}

const unknown = (groupId: string): RangeError => new RangeError(`There is no API group ${groupId}.`);

function plantNacos(
  registries: Map<string, RegistryRow>,
  planted: Extract<PlantedAlibaba, { kind: 'nacos-service' | 'nacos-instance' }>,
): string {
  const { instanceId } = planted;
  const { services = new Map(), isReleased = false } = registries.get(instanceId) ?? {};
  if (planted.kind === 'nacos-instance') {
    registries.set(instanceId, { instanceId, isReleased: planted.is === 'released', services });
    return instanceId;
  }

  const { group, service, instances } = planted;
  const at = registeredAs('public', group, service);
  registries.set(instanceId, {
    instanceId,
    isReleased,
    services: new Map([...services, [at, instances?.split(',') ?? []]]),
  });
  return instanceId;
}

const YEAR_MS = 365 * 86_400_000;

function plantCertificate(
  { state, region, now, id }: AlibabaCall,
  { names: text, is = 'valid' }: Extract<PlantedAlibaba, { kind: 'certificate' }>,
): string {
  const of = text.split(',').map((name) => name.trim());
  const identifier = `${id('1', 7, 'decimal')}-${region}`;
  const validUntil = is === 'expired' ? now - 1 : now + YEAR_MS;
  const validity = { validFrom: validUntil - YEAR_MS, validUntil, isChainCompleted: true };
  state.apig.certificates.set(identifier, { identifier, name: of[0] ?? '', names: of, ...validity });
  return identifier;
}
