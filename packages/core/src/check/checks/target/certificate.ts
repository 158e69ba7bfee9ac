import type { About } from '../../../do/findings/subject.js';
import type { Certificate } from '../../../do/model/load-balancer.js';
import { gatewayKind } from '../../../do/kinds/gateway/gateway-kinds.js';
import { GATEWAY_KINDS } from '../../../do/kinds/gateway/gateway-table.js';
import { servedOn } from '../../../do/world/routes/served.js';
import type { CheckInput, IntegrationView, Missing, RegionIndex, TargetView } from '../../../do/world/views.js';
import type { Evidence } from '../../../do/findings/finding.js';
import { resourceOf } from '../../../ground/text/resource.js';
import { balancedTargets } from '../../path/balancers/balancers.js';
import { calledListeners, ENDS_TLS } from '../../path/balancers/called-listeners.js';
import { type CalledListener } from '../../path/balancers/balanced-target.js';
import { callersShow, passedOn, TLS_CALLERS_CODES } from './tls-callers.js';
import { DAY_MS } from '../../../ground/text/day.js';
import { defineCheck } from '../define-check.js';
import type { Say } from '../../../do/findings/say.js';
import { counted } from '../../../ground/text/counted.js';
import type { Outcome } from '../../../do/findings/check.js';

/** ACM renews managed certificates sixty days before they expire: one with less than thirty was not renewed. */
const SOON_DAYS = 30;

/** The issuers whose certificates a gateway accepts, the most certain first. */
const TRUST: readonly Certificate['issuer'][] = ['public', 'imported', undefined, 'private'];

/** `target/certificate`. */
export const targetCertificate = defineCheck({
  id: 'target/certificate',
  severity: 'error',
  title: 'The certificate of the listener is valid and covers the server name',
  about:
    'With `tls.serverName` the gateway compares that name with the certificate that the listener presents. ' +
    'A wildcard matches exactly one label. If no certificate covers the name, or it has expired, every call fails ' +
    '("Host name does not match the certificate subject provided by the peer"). A certificate that expires within thirty days is a ' +
    'warning: managed renewal should have renewed it by then. A matching name is not sufficient. HTTP APIs accept only certificates ' +
    'of public certificate authorities, and have no client certificate for a listener that requires one. An integration of a REST API with ' +
    '`tlsConfig.insecureSkipVerification` accepts those of any authority, if the name and the dates are right. ' +
    'If a listener passes TLS through to a load balancer, the listener of that load balancer is checked. The certificate of other targets ' +
    'behind it cannot be determined.',
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-extensions-integration-tls-config.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vs-rest.html',
    'https://docs.aws.amazon.com/apigateway/latest/api/API_TlsConfig.html',
    'https://docs.aws.amazon.com/acm/latest/userguide/managed-renewal.html',
    'https://www.rfc-editor.org/rfc/rfc9525#section-6.3',
  ],
  codes: [
    ...TLS_CALLERS_CODES,
    'CERTIFICATES_NOT_READ',
    'NOT_COVERED',
    'NOT_VALID',
    'VALIDITY_NOT_READ',
    'PRIVATE_AUTHORITY',
    'EXPIRES',
    'AUTHORITY_NOT_READ',
    'COVERED',
  ],
  *run(input, say) {
    for (const one of balancedTargets(input)) {
      // Whether Alibaba Cloud verifies the certificate of a backend is not documented.
      if (one.balancer.kind === 'classic' || one.target.spec.tls === undefined) continue;
      for (const called of calledListeners(one)) yield* ofListener(say, input, called);
    }
  },
});

function* ofListener(say: Say, input: CheckInput, called: CalledListener): Generator<Outcome> {
  const { at, listener, arriving, by } = called;
  const { integration, target, about, balancer } = at;
  const serverName = target.spec.tls?.serverName;
  const name = balancer.name || balancer.id;
  if (arriving === 'tls of the gateway') yield* passedOn(say, about, called, name, serverName);
  if (!ENDS_TLS.has(listener.protocol) || arriving === 'plain') return;
  yield* callersShow(
    say,
    about,
    listener,
    name,
    (arriving === 'tls of the gateway' ? undefined : by?.name) ?? gatewaysText(integration),
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
    yield say.unknown(
      about,
      'CERTIFICATES_NOT_READ',
      { listener: `port ${port} of ${name}`, serverName },
      missing,
      certificatesNotRead,
    );
    return;
  }
  yield verdict(say, input, about, {
    serverName,
    listener: `port ${port} of ${name}`,
    api: gatewaysText(integration),
    takesAny: takesAnyAuthority(integration, target),
    ...readCertificates(region, certificateIds),
  });
}

/** `HTTP APIs`, `REST APIs`. */
function gatewaysText({ spec }: IntegrationView): string {
  return `${GATEWAY_KINDS[gatewayKind(spec.gateway)].title.replace(/^an? /, '')}s`;
}

/**
 * Whether every route to a target accepts a certificate of any authority. No spec declares that, so it is as it is now, and of an
 * external integration as its stages serve it.
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_TlsConfig.html
 */
function takesAnyAuthority({ spec, gateway }: IntegrationView, { routeKeys }: TargetView): boolean {
  if (gateway === undefined) return false;
  const served = spec.owner === 'external' ? servedOn(gateway, spec.gateway) : [];
  const versions = served.length > 0 ? served.map(({ routes }) => routes) : [gateway.routes];
  const found = routeKeys.flatMap((key) => versions.map((routes) => routes?.find((one) => one.key === key)));
  return found.length > 0 && found.every((route) => route?.anyAuthority === true);
}

interface Listened {
  readonly serverName: string | undefined;
  readonly listener: string;
  /** What calls it: `HTTP APIs`. */
  readonly api: string;
  readonly takesAny: boolean;
}

interface Read {
  readonly certificates: readonly Certificate[];
  readonly gone: readonly string[];
  readonly missing?: Missing | undefined;
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

function verdict(
  say: Say,
  input: CheckInput,
  about: About,
  { serverName, listener, api, takesAny, certificates, gone, missing }: Read & Listened,
): Outcome {
  const { now } = input;
  const evidence = [
    ...certificates.map(certificateEvidence),
    ...gone.map((id) => ({ kind: 'certificate', id, text: 'does not exist' })),
  ];
  const fitting = certificates.filter(
    ({ names }) => serverName === undefined || names.some((one) => covers(one, serverName)),
  );
  const byEnd = fitting.toSorted((a, b) => endOf(b) - endOf(a));
  const usable = byEnd.filter(({ valid }) => valid !== false);
  const best = TRUST.map((issuer) => usable.find((one) => one.issuer === issuer)).find((one) => one) ?? fitting[0];
  if (best === undefined) {
    if (missing !== undefined)
      return say.unknown(about, 'CERTIFICATES_NOT_READ', { listener, serverName }, missing, (p) => ({
        whether: certificatesNotRead(p),
        evidence,
      }));
    const names = certificates.flatMap((one) => one.names);
    return say.fail(about, 'NOT_COVERED', { listener, serverName, names, firstName: names[0] }, (p) => ({
      message: `no certificate of the listener on ${p.listener} covers ${p.serverName ?? 'any name'}; covered names: ${p.names.join(', ') || 'none'}`,
      remedy:
        p.firstName === undefined
          ? `Add a certificate for ${p.serverName ?? 'its name'} to the listener on ${p.listener}.`
          : `Write one of the covered names (${p.names.join(', ')}) as tls.serverName and run \`postern apply\`, or add a certificate for ${p.serverName} to the listener on ${p.listener}.`,
      evidence: evidence.length > 0 ? evidence : [{ kind: 'listener', id: listener, text: 'no certificate' }],
    }));
  }
  const days = Math.floor((endOf(best) - now) / DAY_MS);
  const own = [certificateEvidence(best)];
  if (best.valid === false || days < 0) {
    if (missing !== undefined)
      return say.unknown(about, 'CERTIFICATES_NOT_READ', { listener, serverName }, missing, (p) => ({
        whether: certificatesNotRead(p),
        evidence,
      }));
    return say.fail(
      about,
      'NOT_VALID',
      {
        listener,
        serverName,
        names: best.names,
        days,
        notAfter: best.notAfter?.slice(0, 10),
        nativeState: best.nativeState,
        resourceOf: resourceOf(best.id),
      },
      (p) => ({
        message: `the certificate of the listener on ${p.listener} for ${p.serverName ?? p.names.join(', ')} ${p.days < 0 ? `expired on ${p.notAfter}` : `is ${p.nativeState ?? 'not valid'}`}`,
        remedy: `Renew ${p.resourceOf}, or add a valid certificate to that listener.`,
        evidence: own,
      }),
    );
  }
  if (best.valid === undefined && endOf(best) === Number.POSITIVE_INFINITY) {
    const what = `the validity of ${best.id}`;
    return say.unknown(
      about,
      'VALIDITY_NOT_READ',
      { listener },
      { what, remedy: `Check whether ${resourceOf(best.id)} is valid.` },
      (p) => ({ whether: `the certificate of the listener on ${p.listener} is valid`, evidence: own }),
    );
  }
  if (best.issuer === 'private' && !takesAny) {
    if (missing !== undefined)
      return say.unknown(about, 'CERTIFICATES_NOT_READ', { listener, serverName }, missing, (p) => ({
        whether: certificatesNotRead(p),
        evidence,
      }));
    return say.fail(about, 'PRIVATE_AUTHORITY', { listener, serverName, names: best.names, api }, (p) => ({
      message: `the certificate of the listener on ${p.listener} for ${p.serverName ?? p.names.join(', ')} is issued by a private certificate authority, which ${p.api} do not accept`,
      remedy: `Add a certificate of a public certificate authority to the listener on ${p.listener}, such as one that Certificate Manager issues.`,
      evidence: own,
    }));
  }
  if (days < SOON_DAYS) {
    return say.fail(
      about,
      'EXPIRES',
      {
        listener,
        serverName,
        names: best.names,
        notAfter: best.notAfter?.slice(0, 10),
        days,
        resourceOf: resourceOf(best.id),
      },
      (p) => ({
        message: `the certificate of the listener on ${p.listener} for ${p.serverName ?? p.names.join(', ')} expires on ${p.notAfter}, in ${counted(p.days, 'day')}`,
        remedy: `Renew ${p.resourceOf} before ${p.notAfter}.`,
        evidence: own,
        severity: 'warning',
      }),
    );
  }
  if (best.issuer !== 'public' && !takesAny) {
    const what = `the issuer of ${resourceOf(best.id)}${best.issuer === 'imported' ? ' (an imported certificate)' : ''}`;
    const remedy =
      best.issuer === 'imported'
        ? `Check that a public certificate authority issued ${resourceOf(best.id)}: ${api} accept no other.`
        : 'Take the snapshot again with `postern snapshot`, which reads it.';
    return say.unknown(about, 'AUTHORITY_NOT_READ', { listener }, { what, remedy }, (p) => ({
      whether: `the certificate of the listener on ${p.listener} is issued by a public certificate authority`,
      evidence: own,
      severity: 'warning',
    }));
  }
  return say.pass(
    about,
    'COVERED',
    () => ({ listener, serverName, names: best.names }),
    (p) => ({
      message: `the certificate of the listener on ${p.listener} covers ${p.serverName ?? p.names.join(', ')}`,
      evidence: own,
    }),
  );
}

/** The expiry in milliseconds since 1970; infinity if there is none. */
function endOf({ notAfter }: Certificate): number {
  const end = notAfter === undefined ? Number.NaN : Date.parse(notAfter);
  return Number.isNaN(end) ? Number.POSITIVE_INFINITY : end;
}

function certificateEvidence({ id, names, notAfter, nativeState }: Certificate): Evidence {
  const words = [names.join(', '), nativeState, notAfter === undefined ? undefined : `until ${notAfter.slice(0, 10)}`];
  return { kind: 'certificate', id, text: words.filter((word) => word !== undefined && word !== '').join(', ') };
}

/** Whether a name of a certificate covers a host: a wildcard matches exactly the first label. */
function covers(name: string, host: string): boolean {
  const [pattern, wanted] = [name.toLowerCase(), host.toLowerCase().replace(/\.$/, '')];
  if (!pattern.startsWith('*.')) return pattern === wanted;
  const dot = wanted.indexOf('.');
  return dot > 0 && wanted.slice(dot) === pattern.slice(1);
}

function certificatesNotRead({
  listener,
  serverName,
}: {
  readonly listener: string;
  readonly serverName?: string | undefined;
}): string {
  return `a certificate of the listener on ${listener} covers ${serverName ?? 'the requested name'}`;
}
