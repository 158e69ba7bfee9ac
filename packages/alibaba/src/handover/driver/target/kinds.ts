import type { HandoverKind, HandoverObject, FoundObject } from '../../run/driver.js';
import { authorizationKind, consumerKind } from './consumers.js';
import { gatewayKind, domainKind, ruleKind } from './gateways.js';
import { type KindMethods, differing, REMOVED, shortId, type At } from './kind.js';
import { policyKind } from './policies.js';
import { apiKind, publicationKind, routeKind } from './routes.js';
import { listServices, deleteService } from '../../../apig/services.js';
import { sent } from '../../../client/plain.js';

/** The longest name [U]: that of a gateway. */
const LONGEST = 64;

/** Services have neither tags nor a description, so that the name holds the mark: `orders-vpc-h0f1e2d3c`. */
function nameOf({ object, place }: At<'service'>): string {
  const mark = `-h${shortId(place)}`;
  return `${object.name.slice(0, LONGEST - mark.length)}${mark}`;
}

/** Services with the addresses of the plan. A health check is what the target itself reports about its backend. */
const serviceKind: KindMethods<'service'> = {
  find: async (at): Promise<FoundObject | undefined> => {
    const { object, place, session, ctx, fresh } = at;
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
    const serviceConfigs = [{ name: nameOf(at), addresses: object.planned.addresses }];
    const body = { gatewayId: place.gatewayId, sourceType: object.planned.kind, serviceConfigs };
    const { serviceIds } = await session.apig(ctx, 'CreateService', { body });
    return sent(serviceIds?.[0], 'serviceIds', 'CreateService', true);
  },
  settle: async ({ object, session, ctx }, serviceId) => {
    const { healthCheck, protocol } = object.planned;
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
  remove: async ({ session, ctx }, serviceId) => {
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
