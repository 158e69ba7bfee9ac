import { collectPages, unlessGone, type Gaps, type CallContext, isPort } from '@postern/core/internal/adapter';
import type { DiscoveryService, ServiceInstance } from '@postern/core/internal/snapshot';
import type { InstanceOutput } from '../../sdk-types.js';
import type { CloudMapService } from '../target.js';
import { listAll } from '../../client/list-all.js';
import { sent, type Session } from '../../client/session.js';

/**
 * Cloud Map's services with their instances, and with `health` the state of those that are checked: one or two calls for each.
 */
export function withInstances(
  session: Session,
  services: readonly CloudMapService[],
  { health: withHealth }: { readonly health: boolean },
  gaps: Gaps,
  ctx: CallContext,
): Promise<readonly DiscoveryService[]> {
  return Promise.all(
    services.map(async ({ arn, serviceId, name, healthCheck, raw }): Promise<DiscoveryService> => {
      const attempt = <T>(what: string, read: () => Promise<T>) =>
        gaps.attempt({ what: `${what} of Cloud Map service ${arn}`, of: 'services', id: arn }, () =>
          unlessGone(read()),
        );
      const [instances, health] = await Promise.all([
        attempt('instances', () => listInstances(session, serviceId, ctx)),
        healthCheck === 'none' || !withHealth
          ? new Map()
          : attempt('health', () => listHealth(session, serviceId, ctx)),
      ]);
      return { id: arn, name, healthCheck, instances: instances?.map((one) => toInstance(one, health)), raw };
    }),
  );
}

/**
 * The attributes that API Gateway calls an instance by.
 * @see https://docs.aws.amazon.com/cloud-map/latest/api/API_RegisterInstance.html (Attributes)
 */
function toInstance(
  { Id: id, Attributes = {} }: InstanceOutput,
  health: ReadonlyMap<string, string> | undefined,
): ServiceInstance {
  const port = Number(Attributes['AWS_INSTANCE_PORT'] ?? Number.NaN);
  const said = health?.get(id);
  return {
    id,
    address: Attributes['AWS_INSTANCE_IPV4'],
    ipv6Address: Attributes['AWS_INSTANCE_IPV6'],
    port: port === 0 || isPort(port) ? port : undefined,
    attributes: { ...Attributes },
    healthy: said === 'HEALTHY' ? true : said === 'UNHEALTHY' ? false : undefined,
  };
}

function listInstances(session: Session, serviceId: string, ctx: CallContext): Promise<InstanceOutput[]> {
  return listAll(session, ctx, `instances of ${serviceId}`, 'servicediscovery', 'ListInstances', {
    ServiceId: serviceId,
  });
}

async function listHealth(session: Session, serviceId: string, ctx: CallContext): Promise<ReadonlyMap<string, string>> {
  const what = `health of the instances of ${serviceId}`;
  const operation = 'GetInstancesHealthStatus';
  // Its pages hold members of an object.
  const states = await collectPages(ctx, { what, operation }, async (token) => {
    const page = await session.call(ctx, 'servicediscovery', operation, {
      ServiceId: serviceId,
      MaxResults: 100,
      ...(token && { NextToken: token }),
    });
    return { items: Object.entries(sent(page.Status, 'Status', operation)), next: page.NextToken };
  });

  return new Map(states);
}
