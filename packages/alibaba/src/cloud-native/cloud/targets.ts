import type { AlibabaTarget } from '../../cloud/target-types.js';
import {
  checkPort,
  readAddress,
  InvalidInputError,
  PosternError,
  UnsupportedError,
  type TargetPlace,
} from '@postern/core/internal/kinds';
import type { Target, TargetRef, RegionSnapshot } from '@postern/core/internal/library';
import { backendRefusals } from '../../cloud/target-ref.js';
import {
  DEFAULT_GROUP,
  isNamed,
  PUBLIC,
  sameNamespace,
  sourceFor,
  sourcesOf,
  type NacosRef,
  type Source,
} from './sources.js';

/** Where a service leads to: a machine or a load balancer, whose address is looked up; addresses; a name; or a registry. */
export type ServiceRef =
  | NacosRef
  | { readonly kind: 'instance'; readonly instanceId: string; readonly port: number }
  | { readonly kind: 'addresses'; readonly addresses: readonly string[]; readonly port: number }
  | { readonly kind: 'dnsName'; readonly dnsName: string; readonly port: number };

/**
 * Reads a reference to the backend of a service. Addresses may be public: a gateway reaches them through a NAT gateway.
 * @see https://www.alibabacloud.com/help/en/api-gateway/cloud-native-api-gateway/user-guide/service/
 * @throws {InvalidInputError} `INVALID_INPUT`, `INVALID_ADDRESS`. {UnsupportedError} for a backend of AWS.
 */
export function parseServiceRef(given: TargetRef): ServiceRef {
  const ref = given as AlibabaTarget;
  if ('nacos' in ref) {
    const { source, namespace = PUBLIC, group = DEFAULT_GROUP, service } = ref.nacos;
    return { kind: 'nacos', source, namespace, group, service };
  }
  if (!('port' in ref)) {
    throw new UnsupportedError(
      'a gateway of Alibaba Cloud calls machines, load balancers, addresses, names and services of Nacos only',
      { remedy: 'Write instance, address, addresses or dnsName, with a port; or nacos.' },
    );
  }

  const { port } = ref;
  checkPort(port);
  if ('instance' in ref) return { kind: 'instance', instanceId: ref.instance, port };
  if ('dnsName' in ref) return { kind: 'dnsName', dnsName: ref.dnsName, port };

  const addresses = 'address' in ref ? [ref.address] : [...new Set(ref.addresses)].toSorted();
  const wrong = addresses.find((text) => readAddress(text) === undefined);
  if (wrong !== undefined || addresses.length === 0) {
    throw new InvalidInputError('INVALID_ADDRESS', `${wrong ?? 'an empty list'} is not an address`, {
      remedy: 'Write IP addresses, or dnsName for a name.',
    });
  }

  return { kind: 'addresses', addresses, port };
}

/**
 * The endpoints of a service for a reference, as the service lists them: `10.0.1.7:8080`; of an instance its address is needed.
 * Those of a registry change without a change of the service: none.
 */
export function endpointsOf(ref: ServiceRef, address?: string): readonly string[] {
  if (ref.kind === 'nacos') return [];

  const hosts =
    ref.kind === 'addresses'
      ? ref.addresses
      : ref.kind === 'dnsName'
        ? [ref.dnsName]
        : address === undefined
          ? []
          : [address];
  return hosts.map((host) => `${host}:${ref.port}`).toSorted();
}

/** As {@link endpointsOf}, of a reference as a spec has it; none where the rules refuse it. */
export function endpointsOfRef(ref: TargetRef, addressOf: (id: string) => string | undefined): readonly string[] {
  try {
    const parsed = parseServiceRef(ref);
    return endpointsOf(parsed, parsed.kind === 'instance' ? addressOf(parsed.instanceId) : undefined);
  } catch {
    return [];
  }
}

/** Whether a target is the service of a registry that a reference means. One may not tell from which source it is. */
export function isService(
  { registered }: Pick<Target, 'registered'>,
  ref: NacosRef,
  sources: readonly Source[],
): boolean {
  if (registered === undefined) return false;

  const { service, group = DEFAULT_GROUP, namespace, source } = registered;
  if (service !== ref.service || group !== ref.group || !sameNamespace(namespace, ref.namespace)) return false;

  const text = ref.source;
  if (source === undefined || text === undefined || source === text) return true;

  return sources.some((one) => one.id === source && isNamed(one, text));
}

/** Sources are of one gateway: a new one has none. One that is not named matters only where a service is to be created. */
function sourceRefusals(ref: NacosRef, { link, target }: TargetPlace): readonly PosternError[] {
  if (link === undefined)
    return [
      new PosternError(
        'NOT_FOUND',
        `a gateway that does not exist yet has no Nacos source for service ${ref.service}`,
        {
          remedy: 'Apply the link without this target, add the source to the gateway, and then add the target.',
        },
      ),
    ];

  const sources = sourcesOf(link);
  if (sources === undefined || (target !== undefined && ref.source === undefined)) return [];

  const found = sourceFor(ref, sources, link.id);
  return 'fault' in found ? [found.fault] : [];
}

/** Why a reference is never valid, from a snapshot alone. */
export function serviceRefusals(ref: TargetRef, place: TargetPlace, region: RegionSnapshot): readonly PosternError[] {
  try {
    const parsed = parseServiceRef(ref);
    return [
      ...(parsed.kind === 'nacos' ? sourceRefusals(parsed, place) : []),
      ...(parsed.kind === 'instance' ? backendRefusals(ref, { ...place, networkId: undefined }, region) : []),
      ...serverName(place),
    ];
  } catch (error) {
    if (error instanceof InvalidInputError || error instanceof UnsupportedError) return [error];

    throw error;
  }
}

/** Why a spec cannot name a service. Its endpoints have several ports, or the cloud finds them: in a cluster, a function. */
export function unwrittenService({ id, name = '', resourceType = 'an unknown type', endpoints }: Target): string {
  const what = `its target is service ${name} (${id})`;
  return endpoints === undefined
    ? `${what} of type ${resourceType}, which a spec cannot express. Keep it where it is declared: Postern does not change what no spec declares`
    : `${what} with ${endpoints.join(', ')}, and a spec names addresses on one port, or one name. Lead the route to a service for each port`;
}

/** The name that a certificate is checked for is a policy of the service, which Postern does not write yet. */
function serverName({ use }: TargetPlace): readonly PosternError[] {
  const named = use?.tls?.serverName;
  if (named === undefined || named === '') return [];

  return [
    new UnsupportedError(`the server name ${named} cannot be set on a service of a gateway`, {
      remedy: 'Write tls: {}, and set the name with a ServiceTls policy in the console.',
    }),
  ];
}
