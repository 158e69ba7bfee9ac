import { gatewayTraits } from '../../../do/kinds/cloud/gateway-kinds.js';
import type { About } from '../../../do/findings/subject.js';
import type { Evidence } from '../../../do/findings/finding.js';
import type { Outcome } from '../../../do/findings/check.js';
import { fail, unknown, type Say } from '../../../do/findings/say.js';
import { deployedStage, stagesNamed } from '../../../do/kinds/gateway/gateway-spec.js';
import type { Stage, StageCertificate } from '../../../do/model/gateway.js';
import type { CheckInput, IntegrationView } from '../../../do/world/views.js';
import { counted, DAY_MS } from '../../../ground/text/quantities.js';
import { resourceOf } from '../../../ground/text/texts.js';
import type { CalledListener } from '../../path/balancers/balancers.js';
import { ENDS_TLS, PASSES_TLS_ON } from '../../path/balancers/listener-protocol.js';
import { endOf, SOON_DAYS } from '../certificates.js';

export const CLIENT_CERTIFICATE_CODES = {
  STAGE_WITHOUT_CERTIFICATE: fail(
    'port {port} of {name} requires a client certificate, and the stage {stages} presents none',
    'Generate a client certificate for the gateway, add it to the trust store of the listener, and set it on the stage {stages}; or write a listener of {name} without mutual TLS.',
  ),
  STAGES_NOT_READ: unknown('the stages present the client certificate that port {port} of {name} requires'),
  TRUST_NOT_READ: unknown('port {port} of {name} accepts the client certificate {certificates}', 'warning'),
  CLIENT_CERTIFICATE_END_NOT_READ: unknown(
    'the client certificate {id} of the stage {stage} ends within 30 days',
    'warning',
  ),
  CLIENT_CERTIFICATE_EXPIRES: fail(
    'the client certificate {id} of the stage {stage} [expires on {end}, in {left}|expired on {end}]',
    'Generate a new client certificate, add it to what the backend trusts, and then set it on the stage {stage}.',
    'warning',
  ),
};

/** The client certificates of the stages by which callers reach an integration. */
export interface ClientCertificates {
  /** The names of stages that have none. */
  readonly without: readonly string[];
  /** Whether the certificates of all stages were read. */
  readonly areRead: boolean;
  readonly presented: readonly (StageCertificate & { readonly id: string; readonly stage: string })[];
}

type Presenting = Pick<Stage, 'name' | 'clientCertificate'>;

/** Undefined where gateways of this kind never present one. */
export function clientCertificates({ spec, gateway, link }: IntegrationView): ClientCertificates | undefined {
  if (gatewayTraits(link.region.clouds, spec.gateway).presentsCertificate !== true) return undefined;

  const named = deployedStage(spec.gateway);
  const declared = spec.owner === 'external' ? undefined : spec.stageSettings?.clientCertificate;
  const there = stagesNamed(gateway, spec.gateway);
  // A stage that does not exist is created, with the certificate that is declared.
  const created = gateway !== undefined && named !== undefined && there.length === 0 ? named : undefined;
  const all: readonly Presenting[] = created === undefined ? there : [{ name: created, clientCertificate: {} }];
  const stages = all.map((one): Presenting =>
    declared === undefined || one.clientCertificate?.id === declared
      ? one
      : { name: one.name, clientCertificate: { id: declared } },
  );
  return {
    without: stages.flatMap(({ name, clientCertificate: one }) =>
      one !== undefined && one.id === undefined ? name : [],
    ),
    areRead: stages.length > 0 && stages.every(({ clientCertificate }) => clientCertificate !== undefined),
    presented: stages.flatMap(({ name: stage, clientCertificate: { id, notAfter } = {} }) =>
      id === undefined ? [] : { id, notAfter, stage },
    ),
  };
}

/** Whether stages present a certificate to a listener that requires one. */
export function* stagesShow(
  say: Say<typeof CLIENT_CERTIFICATE_CODES>,
  about: About,
  { without, areRead, presented }: ClientCertificates,
  on: { readonly port: number; readonly name: string },
  by: string,
  evidence: readonly Evidence[],
): Generator<Outcome> {
  if (without.length > 0) {
    yield say.STAGE_WITHOUT_CERTIFICATE(about, { ...on, stages: without }, evidence);
    return;
  }
  if (!areRead) {
    const remedy = 'Take the snapshot again with `postern snapshot`, which reads them.';
    const missing = { what: `the client certificates of the stages of these ${by}`, remedy };
    yield say.STAGES_NOT_READ(about, on, missing, evidence);
    return;
  }

  const ids = [...new Set(presented.map(({ id }) => resourceOf(id)))];
  const missing = {
    what: `the trust store of port ${on.port} of ${on.name}`,
    remedy: `Check that the trust store contains the client certificate ${ids.join(', ')}, or the authority that issued it.`,
  };
  yield say.TRUST_NOT_READ(about, { ...on, certificates: ids }, missing, evidence);
}

/**
 * Client certificates that have ended, or will soon, where a listener requires one, or a target that is not a load balancer of the
 * snapshot may require one. A generated certificate ends after 365 days, and API Gateway does not renew it.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/getting-started-client-side-ssl-authentication.html
 */
export function* clientCertificateEnds(
  say: Say<typeof CLIENT_CERTIFICATE_CODES>,
  { now }: Pick<CheckInput, 'now'>,
  about: About,
  integration: IntegrationView,
  listeners: readonly CalledListener[],
): Generator<Outcome> {
  const { presented = [] } = clientCertificates(integration) ?? {};
  if (presented.length === 0 || !listeners.some(mayRequireOne)) return;

  for (const { id, notAfter, stage } of presented) {
    const missing = notAfter === undefined ? integration.link.region.missing('certificates', id) : undefined;
    if (missing?.failed === true) yield say.CLIENT_CERTIFICATE_END_NOT_READ(about, { id, stage }, missing);
    const days = Math.floor((endOf({ notAfter }) - now) / DAY_MS);
    if (days >= SOON_DAYS) continue;

    const end = notAfter?.slice(0, 10);
    yield say.CLIENT_CERTIFICATE_EXPIRES(
      about,
      { id, stage, end, days },
      {
        evidence: [{ kind: 'certificate', id, text: `until ${end}` }],
        words: { left: days >= 0 && counted(days, 'day') },
      },
    );
  }
}

function mayRequireOne({ arriving, listener, leadsOut }: CalledListener): boolean {
  if (arriving !== 'tls of the gateway') return false;
  if (ENDS_TLS.has(listener.protocol)) return listener.clientCertificates === 'required';

  return leadsOut && PASSES_TLS_ON.has(listener.protocol);
}
