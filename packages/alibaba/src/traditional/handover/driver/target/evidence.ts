import { CloudError, type CallContext } from '@postern/core/internal/adapter';
import { requireGateway } from '../../../../cloud-native/gateway.js';
import type { Session } from '../../../../client/session.js';
import { readAppKey } from '../source/source-apps.js';
import { createHmac } from 'node:crypto';

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

/** A call without a body, as it is signed. */
export interface SignedCall {
  readonly method: string;
  /** With its query, whose parameters are in alphabetical order. */
  readonly path: string;
  readonly key: string;
  readonly secret: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly nonce: string;
}

/**
 * Headers of a call that is signed as apps sign it, which both gateways verify.
 * @see https://help.aliyun.com/document_detail/29475.html
 */
export function signCall({ method, path, key, secret, at, nonce }: SignedCall): Readonly<Record<string, string>> {
  const signed = { 'x-ca-key': key, 'x-ca-nonce': nonce, 'x-ca-timestamp': String(at) };
  const lines = Object.entries(signed).map(([name, value]) => `${name}:${value}`);
  const text = [method, '*/*', '', '', '', ...lines, path].join('\n');
  return {
    accept: '*/*',
    ...signed,
    'x-ca-signature-headers': Object.keys(signed).join(','),
    'x-ca-signature': createHmac('sha256', secret).update(text).digest('base64'),
  };
}
