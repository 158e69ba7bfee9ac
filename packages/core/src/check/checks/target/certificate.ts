import { gatewayTraits } from '../../../do/kinds/cloud/gateway-kinds.js';
import type { Certificate } from '../../../do/model/load-balancer.js';
import { stageRoutesOf } from '../../../do/world/routes/deployed-routes.js';
import type { CheckInput, IntegrationView, Missing, RegionIndex } from '../../../do/world/views.js';
import { resourceOf } from '../../../ground/text/texts.js';
import { balancedTargets, type CalledListener } from '../../path/balancers/balancers.js';
import { calledListeners } from '../../path/balancers/called-listeners.js';
import { ENDS_TLS } from '../../path/balancers/listener-protocol.js';
import { CERTIFICATE_CODES, certificateVerdict, type Read } from './certificate-verdict.js';
import { clientCertificateEnds, clientCertificates } from './client-certificates.js';
import { callersShow, passedOn, TLS_CALLERS_CODES } from './tls-callers.js';
import { defineCheck } from '../define-check.js';
import { ofRoutes } from '../../../do/findings/subject.js';
import type { Say } from '../../../do/findings/say.js';
import type { Outcome } from '../../../do/findings/check.js';

const CODES = { ...TLS_CALLERS_CODES, ...CERTIFICATE_CODES };

export const targetCertificate = defineCheck({
  id: 'target/certificate',
  severity: 'error',
  title: 'The certificate of the listener is valid and covers the server name',
  about:
    'With `tls.serverName` the gateway compares that name with the certificate that the listener presents. A ' +
    'wildcard matches exactly one label. If no certificate covers the name, or it has expired, every call ' +
    'fails. A certificate that expires within thirty days is a warning: managed renewal should have renewed ' +
    'it by then. A matching name is not sufficient: the gateway also has to accept the authority of the ' +
    'certificate, and a listener can require a client certificate of the gateway. A client certificate that ' +
    'ends within thirty days is a warning. If a listener passes TLS through to a load balancer, the listener ' +
    'of that load balancer is checked. The certificate of other targets behind it cannot be determined.',
  sources: ['https://www.rfc-editor.org/rfc/rfc9525#section-6.3'],
  codes: CODES,
  *run(input, say) {
    for (const one of balancedTargets(input)) {
      // Whether Alibaba Cloud verifies the certificate of a backend is not documented.
      if (one.balancer.kind === 'classic' || one.target.spec.tls === undefined) continue;

      const listeners = calledListeners(one);
      yield* clientCertificateEnds(say, input, one.about, one.integration, listeners);
      for (const called of listeners) yield* ofListener(say, input, called);
    }
  },
});

function* ofListener(say: Say<typeof CODES>, input: CheckInput, called: CalledListener): Generator<Outcome> {
  const { at, listener, arriving, by } = called;
  const { integration, target, about, balancer } = at;
  const serverName = target.spec.tls?.serverName;
  const name = balancer.name || balancer.id;
  if (arriving === 'tls of the gateway') yield* passedOn(say, about, called, name, serverName);
  if (!ENDS_TLS.has(listener.protocol) || arriving === 'plain') return;

  const forwarder = arriving === 'tls of the gateway' ? undefined : by?.name;
  yield* callersShow(
    say,
    about,
    listener,
    name,
    forwarder === undefined
      ? { name: gatewaysText(integration), certificates: clientCertificates(integration) }
      : { name: forwarder },
  );
  // Load balancers do not verify certificates of their targets.
  if (arriving !== 'tls of the gateway') return;

  const { region } = integration.link;
  const { id, port, certificateIds } = listener;
  if (certificateIds === undefined) {
    const missing = region.missing('listeners', id) ?? {
      what: `the certificates of listener ${id}`,
      remedy:
        'Allow elasticloadbalancing:DescribeListenerCertificates for these credentials, then take the snapshot again.',
      permission: 'elasticloadbalancing:DescribeListenerCertificates',
    };
    yield say.CERTIFICATES_NOT_READ(about, { listener: `port ${port} of ${name}`, serverName }, missing);
    return;
  }

  const read = readCertificates(region, certificateIds);
  const { routeKeys } = target;
  const open = new Set(routeKeys.filter((key) => takesAnyAuthority(integration, key)));
  for (const takesAny of open.size === 0 ? [false] : open.size === routeKeys.length ? [true] : [false, true]) {
    const calls = routeKeys.filter((key) => open.has(key) === takesAny).map((route) => ({ route }));
    yield certificateVerdict(say, input, ofRoutes(about, target, calls), {
      serverName,
      listener: `port ${port} of ${name}`,
      api: gatewaysText(integration),
      takesAny,
      tlsAt: `integrations.${integration.name}.targets.${target.name}.tls`,
      ...read,
    });
  }
}

/** `HTTP APIs`, `REST APIs`. */
function gatewaysText({ spec, link }: IntegrationView): string {
  return `${gatewayTraits(link.region.clouds, spec.gateway).title.replace(/^an? /, '')}s`;
}

/**
 * Whether a route accepts a certificate of any authority. No spec declares that, so it is as it is now, and of an
 * external integration as its stages serve it.
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_TlsConfig.html
 */
function takesAnyAuthority({ spec, gateway, link }: IntegrationView, key: string): boolean {
  if (gateway === undefined) return false;

  const served = spec.owner === 'external' ? stageRoutesOf(link.region.clouds, gateway, spec.gateway) : [];
  const versions = served.length > 0 ? served.map(({ routes }) => routes) : [gateway.routes];
  return versions.every((routes) => routes?.find((one) => one.key === key)?.anyAuthority === true);
}

function readCertificates(region: RegionIndex, ids: readonly string[]): Read {
  const certificates: Certificate[] = [];
  const gone: string[] = [];
  let missing: Missing | undefined;
  for (const id of ids) {
    const found = region.find('certificates', id);
    if (found.is === 'found') {
      certificates.push(found.value);
      // For a certificate with very many names, a list contains only some of them.
      missing ??= region.missing('certificates', id);
    } else if (found.is === 'unknown') missing ??= found.missing;
    // Server certificates of IAM are not in the lists of Certificate Manager.
    else if (id.includes(':iam:'))
      missing ??= { what: `the IAM certificate ${resourceOf(id)}`, remedy: `Check the names of ${resourceOf(id)}.` };
    else gone.push(id);
  }
  return { certificates, gone, missing };
}
