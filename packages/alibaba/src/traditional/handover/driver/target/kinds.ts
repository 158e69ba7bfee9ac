import { CloudError } from '@postern/core/internal/adapter';
import type { HandoverKind, HandoverObject, FoundObject, ObjectOf } from '../../run/driver.js';
import { authorizationKind, consumerKind } from './consumers.js';
import { gatewayKind, domainKind, ruleKind } from './gateways.js';
import { type KindMethods, differing, keptFor, REMOVED, shortId, type At } from './kind.js';
import { policyKind } from './policies.js';
import { apiKind, publicationKind, routeKind } from './routes.js';
import {
  createService,
  deleteService,
  listServices,
  listSources,
  withSource,
} from '../../../../cloud-native/services.js';
import { NACOS } from '../../../../cloud-native/cloud/sources.js';
import { isService } from '../../../../cloud-native/cloud/targets.js';
import { sent } from '../../../../client/plain.js';

/** The longest name [U]: that of a gateway. */
const LONGEST = 64;

/** Services have neither tags nor a description, so that the name holds the mark: `orders-vpc-h0f1e2d3c`. */
function nameOf({ object, place }: At<'service'>): string {
  const mark = `-h${shortId(place)}`;
  return `${object.name.slice(0, LONGEST - mark.length)}${mark}`;
}

/** Looks a service of a registry up on the gateway: by its source, which has the address that the classic service calls. */
async function lookUp({ object, place, session, ctx, fresh }: At<'service'>, registered: Registered) {
  const gatewayId = place.gatewayId;
  const sources = await place.once('sources', () => listSources(session, gatewayId, ctx), fresh);
  const [address = ''] = object.planned.addresses;
  const source = sources.find((one) => one.type === NACOS && hostOf(one.address) === hostOf(address));
  if (source === undefined) {
    const others = sources.flatMap((one) => (one.type === NACOS ? `${one.id} (${one.address})` : []));
    throw new CloudError('NOT_FOUND', `gateway ${gatewayId} has no source with the address ${address}`, {
      operation: 'ListSources',
      remedy: `Add that registry to the gateway as a source, and run again. Its Nacos sources: ${others.join(', ') || 'none'}.`,
    });
  }

  const services = await place.once('services', () => listServices(session, gatewayId, ctx), fresh);
  const ref = { kind: 'nacos', source: source.id, ...registered } as const;
  return { source, found: withSource(services, sources).find((one) => isService(one, ref, sources)) };
}

type Registered = NonNullable<ObjectOf<'service'>['planned']['registered']>;

const hostOf = (address: string): string => address.replace(/:\d+$/, '').toLowerCase();

/** Services with the addresses of the plan. A health check is what the target itself reports about its backend. */
const serviceKind: KindMethods<'service'> = {
  find: async (at): Promise<FoundObject | undefined> => {
    const { object, place, session, ctx, fresh } = at;
    const { registered } = object.planned;
    if (registered !== undefined) {
      const { found } = await lookUp(at, registered);
      // It has no mark: whoever calls what is registered there shares it.
      return found && { id: found.id, differs: [], isOurs: true };
    }

    const name = nameOf(at);
    const services = await place.once('services', () => listServices(session, place.gatewayId, ctx), fresh);
    const found = services.find((one) => one.name === name);
    if (found === undefined) return undefined;

    const { kind, addresses } = object.planned;
    const differs = differing(found.row, { sourceType: kind, addresses: [...addresses] });
    return { id: found.id, differs, isOurs: true };
  },
  create: async (at) => {
    const { object, place, session, ctx } = at;
    const { registered } = object.planned;
    if (registered !== undefined) {
      const { service: name, namespace, group: groupName } = registered;
      const { source } = await lookUp(at, registered);
      const wanted = { sourceType: NACOS, name, namespace, groupName, sourceId: source.id } as const;
      return (await createService(session, place.gatewayId, wanted, ctx)).id;
    }

    const serviceConfigs = [{ name: nameOf(at), addresses: object.planned.addresses }];
    const body = { gatewayId: place.gatewayId, sourceType: object.planned.kind, serviceConfigs };
    const { serviceIds } = await session.apig(ctx, 'CreateService', { body });
    return sent(serviceIds?.[0], 'serviceIds', 'CreateService', true);
  },
  settle: async ({ object, session, ctx }, serviceId) => {
    const { healthCheck, protocol, registered } = object.planned;
    if (registered !== undefined) return 'done';

    const path = { serviceId };
    const row = await session.apig(ctx, 'GetService', { path });
    const isChecked = healthCheck === undefined || row.healthCheck?.enable === true;
    if (isChecked && row.protocol === protocol) return 'done';

    const healthCheckConfig = {
      enable: true,
      interval: 5,
      timeout: 3,
      healthyThreshold: 1,
      unhealthyThreshold: 3,
      ...healthCheck,
    };
    await session.apig(ctx, 'UpdateService', {
      path,
      body: { protocol, ...(healthCheck === undefined ? {} : { healthCheckConfig }) },
    });
    return 'done';
  },
  remove: async ({ object, session, ctx }, serviceId) => {
    if (object.planned.registered !== undefined) return keptFor('it has no mark, and others may use it');

    await deleteService(session, serviceId, ctx);
    return REMOVED;
  },
};

const KINDS: { readonly [K in HandoverKind]: KindMethods<K> } = {
  gateway: gatewayKind,
  rule: ruleKind,
  service: serviceKind,
  domain: domainKind,
  api: apiKind,
  route: routeKind,
  policy: policyKind,
  publication: publicationKind,
  consumer: consumerKind,
  authorization: authorizationKind,
};

/** How objects of the kind of `object` are found, created and deleted. */
export function methodsOf(object: HandoverObject): KindMethods<HandoverKind> {
  return KINDS[object.kind] as unknown as KindMethods<HandoverKind>;
}
