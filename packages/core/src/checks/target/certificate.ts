import { stating, type Judgement, type Statement } from '../../findings/statement.js';
import type { targetCertificateWords } from './words/certificate.words.js';
import type { About } from '../../findings/subject.js';
import type { Certificate } from '../../model/load-balancer.js';
import { gatewayKind } from '../../kinds/gateway/gateway-kinds.js';
import { GATEWAY_KINDS } from '../../kinds/gateway/gateway-table.js';
import { servedOn } from '../../world/routes/served.js';
import type { CheckInput, IntegrationView, Missing, RegionIndex, TargetView } from '../../world/views.js';
import type { Evidence } from '../../findings/finding.js';
import { resourceOf } from '../../text/resource.js';
import { balancedTargets } from '../../network/balancers/balancers.js';
import { calledListeners, ENDS_TLS, type CalledListener } from '../../network/balancers/called-listeners.js';
import { callersShow, passedOn } from './tls-callers.js';
import { DAY_MS } from '../../text/day.js';

const { fails, holds, unsure } = stating<(typeof targetCertificateWords)['says']>();

/** ACM renews managed certificates sixty days before they expire: one with less than thirty was not renewed. */
const SOON_DAYS = 30;

/** The issuers whose certificates a gateway accepts, the most certain first. */
const TRUST: readonly Certificate['issuer'][] = ['public', 'imported', undefined, 'private'];

/** `target/certificate`. */
export const targetCertificate: Judgement = {
  id: 'target/certificate',
  severity: 'error',
  *run(input) {
    for (const one of balancedTargets(input)) {
      // Whether Alibaba Cloud verifies the certificate of a backend is not documented.
      if (one.balancer.kind === 'classic' || one.target.spec.tls === undefined) continue;
      for (const called of calledListeners(one)) yield* ofListener(input, called);
    }
  },
};

function* ofListener(input: CheckInput, called: CalledListener): Generator<Statement> {
  const { at, listener, arriving, by } = called;
  const { integration, target, about, balancer } = at;
  const serverName = target.spec.tls?.serverName;
  const name = balancer.name || balancer.id;
  if (arriving === 'tls of the gateway') yield* passedOn(about, called, name, serverName);
  if (!ENDS_TLS.has(listener.protocol) || arriving === 'plain') return;
  yield* callersShow(
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
    yield unsure(about, 'CERTIFICATES_NOT_READ', { listener: `port ${port} of ${name}`, serverName }, missing);
    return;
  }
  yield verdict(input, about, {
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
  input: CheckInput,
  about: About,
  { serverName, listener, api, takesAny, certificates, gone, missing }: Read & Listened,
): Statement {
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
      return unsure(about, 'CERTIFICATES_NOT_READ', { listener, serverName }, missing, { evidence });
    const names = certificates.flatMap((one) => one.names);
    return fails(about, 'NOT_COVERED', {
      params: { listener, serverName, names, firstName: names[0] },
      evidence: evidence.length > 0 ? evidence : [{ kind: 'listener', id: listener, text: 'no certificate' }],
    });
  }
  const days = Math.floor((endOf(best) - now) / DAY_MS);
  const own = [certificateEvidence(best)];
  if (best.valid === false || days < 0) {
    if (missing !== undefined)
      return unsure(about, 'CERTIFICATES_NOT_READ', { listener, serverName }, missing, { evidence });
    return fails(about, 'NOT_VALID', {
      params: {
        listener,
        serverName,
        names: best.names,
        days,
        notAfter: best.notAfter?.slice(0, 10),
        nativeState: best.nativeState,
        resourceOf: resourceOf(best.id),
      },
      evidence: own,
    });
  }
  if (best.valid === undefined && endOf(best) === Number.POSITIVE_INFINITY) {
    const what = `the validity of ${best.id}`;
    return unsure(
      about,
      'VALIDITY_NOT_READ',
      { listener },
      { what, remedy: `Check whether ${resourceOf(best.id)} is valid.` },
      { evidence: own },
    );
  }
  if (best.issuer === 'private' && !takesAny) {
    if (missing !== undefined)
      return unsure(about, 'CERTIFICATES_NOT_READ', { listener, serverName }, missing, { evidence });
    return fails(about, 'PRIVATE_AUTHORITY', {
      params: { listener, serverName, names: best.names, api },
      evidence: own,
    });
  }
  if (days < SOON_DAYS) {
    return fails(about, 'EXPIRES', {
      params: {
        listener,
        serverName,
        names: best.names,
        notAfter: best.notAfter?.slice(0, 10),
        days,
        resourceOf: resourceOf(best.id),
      },
      evidence: own,
      severity: 'warning',
    });
  }
  if (best.issuer !== 'public' && !takesAny) {
    const what = `the issuer of ${resourceOf(best.id)}${best.issuer === 'imported' ? ' (an imported certificate)' : ''}`;
    const remedy =
      best.issuer === 'imported'
        ? `Check that a public certificate authority issued ${resourceOf(best.id)}: ${api} accept no other.`
        : 'Take the snapshot again with `postern snapshot`, which reads it.';
    return unsure(about, 'AUTHORITY_NOT_READ', { listener }, { what, remedy }, { evidence: own, severity: 'warning' });
  }
  return holds(input, about, 'COVERED', () => ({ params: { listener, serverName, names: best.names }, evidence: own }));
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
