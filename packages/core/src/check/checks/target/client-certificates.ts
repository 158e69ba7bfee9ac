import type { About } from '../../../do/findings/subject.js';
import type { Evidence } from '../../../do/findings/finding.js';
import type { Outcome } from '../../../do/findings/check.js';
import type { Say } from '../../../do/findings/say-text.js';
import { deployedStage } from '../../../do/kinds/gateway/gateway-spec.js';
import type { StageCertificate } from '../../../do/model/gateway.js';
import type { CheckInput, IntegrationView } from '../../../do/world/views.js';
import { counted } from '../../../ground/text/counted.js';
import { DAY_MS } from '../../../ground/text/day.js';
import { resourceOf } from '../../../ground/text/resource.js';
import type { CalledListener } from '../../path/balancers/balanced-target.js';
import { ENDS_TLS, PASSES_TLS_ON } from '../../path/balancers/listener-protocol.js';
import { endOf, SOON_DAYS } from '../certificates.js';

export const CLIENT_CERTIFICATE_CODES = [
  'STAGE_WITHOUT_CERTIFICATE',
  'STAGES_NOT_READ',
  'TRUST_NOT_READ',
  'CLIENT_CERTIFICATE_EXPIRES',
] as const;

/** The client certificates of the stages by which callers reach an integration. */
export interface ClientCertificates {
  /** The names of stages that have none. */
  readonly without: readonly string[];
  /** Whether the certificates of all stages were read. */
  readonly areRead: boolean;
  readonly presented: readonly (StageCertificate & { readonly id: string; readonly stage: string })[];
}

/** Undefined where gateways of this kind never present one. */
export function clientCertificates({ spec, gateway, link }: IntegrationView): ClientCertificates | undefined {
  if (link.region.clouds.gatewayOf(spec.gateway).presentsCertificate !== true) return undefined;
  const named = deployedStage(spec.gateway);
  const stages = (gateway?.stages ?? []).filter(({ name }) => named === undefined || name === named);
  // A stage that does not exist is created without a certificate.
  const isNew = gateway !== undefined && named !== undefined && stages.length === 0;
  return {
    without: isNew
      ? [named]
      : stages.flatMap(({ name, clientCertificate: one }) => (one !== undefined && one.id === undefined ? name : [])),
    areRead: isNew || (stages.length > 0 && stages.every(({ clientCertificate }) => clientCertificate !== undefined)),
    presented: stages.flatMap(({ name: stage, clientCertificate: { id, notAfter } = {} }) =>
      id === undefined ? [] : { id, notAfter, stage },
    ),
  };
}

/** Whether stages present a certificate to a listener that requires one. */
export function* stagesShow(
  say: Say,
  about: About,
  { without, areRead, presented }: ClientCertificates,
  { port, name, by }: { readonly port: number; readonly name: string; readonly by: string },
  evidence: readonly Evidence[],
): Generator<Outcome> {
  if (without.length > 0) {
    yield say.fail(about, 'STAGE_WITHOUT_CERTIFICATE', { port, name, stages: without }, (p) => ({
      message: `port ${p.port} of ${p.name} requires a client certificate, and the stage ${p.stages.join(', ')} presents none`,
      remedy: `Generate a client certificate for the gateway, add it to the trust store of the listener, and set it on the stage ${p.stages.join(', ')}; or write a listener of ${p.name} without mutual TLS.`,
      evidence,
    }));
    return;
  }
  if (!areRead) {
    const remedy = 'Take the snapshot again with `postern snapshot`, which reads them.';
    const missing = { what: `the client certificates of the stages of these ${by}`, remedy };
    yield say.unknown(about, 'STAGES_NOT_READ', { port, name }, missing, (p) => ({
      whether: `the stages present the client certificate that port ${p.port} of ${p.name} requires`,
      evidence,
    }));
    return;
  }
  const ids = [...new Set(presented.map(({ id }) => resourceOf(id)))];
  const missing = {
    what: `the trust store of port ${port} of ${name}`,
    remedy: `Check that the trust store contains the client certificate ${ids.join(', ')}, or the authority that issued it.`,
  };
  yield say.unknown(about, 'TRUST_NOT_READ', { port, name, certificates: ids }, missing, (p) => ({
    whether: `port ${p.port} of ${p.name} accepts the client certificate ${p.certificates.join(', ')}`,
    severity: 'warning',
    evidence,
  }));
}

/**
 * Client certificates that have ended, or will soon, where a listener requires one, or a target that is not a load balancer of the
 * snapshot may require one. A generated certificate ends after 365 days, and API Gateway does not renew it.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/getting-started-client-side-ssl-authentication.html
 */
export function* clientCertificateEnds(
  say: Say,
  { now }: Pick<CheckInput, 'now'>,
  about: About,
  integration: IntegrationView,
  listeners: readonly CalledListener[],
): Generator<Outcome> {
  const { presented = [] } = clientCertificates(integration) ?? {};
  if (presented.length === 0 || !listeners.some(mayRequireOne)) return;
  for (const { id, notAfter, stage } of presented) {
    const days = Math.floor((endOf({ notAfter }) - now) / DAY_MS);
    if (days >= SOON_DAYS) continue;
    const end = notAfter?.slice(0, 10);
    yield say.fail(about, 'CLIENT_CERTIFICATE_EXPIRES', { id, stage, end, days }, (p) => ({
      message: `the client certificate ${p.id} of the stage ${p.stage} ${p.days < 0 ? `expired on ${p.end}` : `expires on ${p.end}, in ${counted(p.days, 'day')}`}`,
      remedy: `Generate a new client certificate, add it to what the backend trusts, and then set it on the stage ${p.stage}.`,
      evidence: [{ kind: 'certificate', id, text: `until ${p.end}` }],
      severity: 'warning',
    }));
  }
}

function mayRequireOne({ arriving, listener, leadsOut }: CalledListener): boolean {
  if (arriving !== 'tls of the gateway') return false;
  if (ENDS_TLS.has(listener.protocol)) return listener.clientCertificates === 'required';
  return leadsOut && PASSES_TLS_ON.has(listener.protocol);
}
