import type { CallContext } from '@postern/core';
import type { DiscoveryService } from '@postern/core/snapshot';
import type { ServiceOutput } from '../sdk-types.js';
import { listAll } from '../client/list-all.js';
import { plain, sent } from '../client/plain.js';
import type { Session } from '../client/session.js';

/** A service of AWS Cloud Map. */
export interface CloudMapService {
  readonly arn: string;
  /** `srv-…` */
  readonly serviceId: string;
  readonly name?: string | undefined;
  readonly healthCheck: DiscoveryService['healthCheck'];
  readonly raw: unknown;
}

/** One service by its id (`srv-…`). @throws {CloudError} `NOT_FOUND` */
export async function getService(session: Session, id: string, ctx: CallContext): Promise<CloudMapService> {
  const { Service } = await session.call(ctx, 'servicediscovery', 'GetService', { Id: id });
  return toService(sent(Service, 'Service', 'GetService'));
}

/** All services of the region; a page holds a hundred at most. */
export async function listServices(session: Session, ctx: CallContext): Promise<readonly CloudMapService[]> {
  const services = await listAll(session, ctx, 'Cloud Map services', {
    service: 'servicediscovery',
    operation: 'ListServices',
    input: { MaxResults: 100 },
    member: 'Services',
    key: 'Arn',
  });

  return services.map(toService);
}

function toService(service: ServiceOutput): CloudMapService {
  const { HealthCheckConfig, HealthCheckCustomConfig } = service;
  return {
    arn: service.Arn ?? '',
    serviceId: service.Id ?? '',
    name: service.Name,
    healthCheck: HealthCheckConfig !== undefined ? 'native' : HealthCheckCustomConfig !== undefined ? 'custom' : 'none',
    raw: plain(service),
  };
}
