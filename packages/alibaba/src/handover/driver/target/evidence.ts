import type { CallContext } from '@postern/core';
import { CloudError } from '@postern/core/adapter';
import { requireGateway } from '../../../apig/gateway.js';
import type { Session } from '../../../client/session.js';
import { readAppKey } from '../app-key.js';
import { signCall } from './sign-call.js';

/** The address of a gateway: that of its load balancer, the public one first. */
export async function addressOf(session: Session, gatewayId: string, ctx: CallContext): Promise<string | undefined> {
  const { loadBalancers = [] } = await requireGateway(session, gatewayId, ctx);
  const ready = loadBalancers.filter(({ address, status = 'Ready' }) => address !== undefined && status === 'Ready');
  return (ready.find(({ addressType }) => addressType === 'Internet') ?? ready[0])?.address;
}

/** What a gateway reports about the backend of a service, where a health check is on: without one it shows nothing. */
export async function healthOf(
  session: Session,
  serviceId: string,
  ctx: CallContext,
): Promise<'healthy' | 'unhealthy' | 'unknown'> {
  const { healthCheck, healthStatus } = await session.apig(ctx, 'GetService', { path: { serviceId } });
  if (healthCheck?.enable !== true) return 'unknown';
  if (healthStatus === 'Healthy') return 'healthy';
  return healthStatus === 'Unhealthy' ? 'unhealthy' : 'unknown';
}

/** Headers of a call that an app signs. */
export async function signedHeaders(
  session: Session,
  appId: string,
  call: { readonly method: string; readonly path: string; readonly at: number; readonly nonce: string },
  ctx: CallContext,
): Promise<Readonly<Record<string, string>>> {
  const app = await readAppKey(session, appId, ctx);
  if (app === undefined) {
    throw new CloudError('PERMISSION_DENIED', `the secret of app ${appId} cannot be read`, {
      operation: 'DescribeAppSecurity',
    });
  }
  return signCall({ ...call, ...app });
}
