import type { CallContext } from '@postern/core';
import type { Gaps } from '@postern/core/adapter';
import type { Gateway } from '@postern/core/snapshot';
import { listAll } from '../client/list-all.js';
import type { Session } from '../client/session.js';
import { REST_PAGE } from '../limits.js';

/**
 * Gateways with the ends of the client certificates that their stages present: one list call, where a stage has one that API Gateway
 * generated. The end of one of Certificate Manager, which a stage names by its ARN [I], is not read.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-acm-client-certificates.html
 */
export async function withCertificateEnds(
  session: Session,
  gateways: readonly Gateway[],
  gaps: Gaps,
  ctx: CallContext,
): Promise<readonly Gateway[]> {
  const ids = gateways.flatMap(({ stages }) => stages.flatMap((stage) => stage.clientCertificate?.id ?? []));
  if (ids.every((id) => id.startsWith('arn:'))) return gateways;
  // A gap of these certificates alone: those of listeners are read by other calls.
  const gap = { what: 'client certificates of stages', of: 'certificates', id: ids.join(', ') } as const;
  const listed = await gaps.attempt(gap, () =>
    listAll(session, ctx, 'client certificates', {
      service: 'apigateway',
      operation: 'GetClientCertificates',
      input: { limit: REST_PAGE },
      member: 'items',
      key: 'clientCertificateId',
    }),
  );
  const ends = new Map(listed?.map((one) => [one.clientCertificateId, one.expirationDate] as const));
  const stageOf = (stage: Gateway['stages'][number]): Gateway['stages'][number] => {
    const { id } = stage.clientCertificate ?? {};
    const end = id === undefined ? undefined : ends.get(id);
    return end === undefined ? stage : { ...stage, clientCertificate: { id, notAfter: new Date(end).toISOString() } };
  };
  return gateways.map((gateway) => ({ ...gateway, stages: gateway.stages.map(stageOf) }));
}
