import { blocked, changed, exact, type HandoverRule, unknown, ruleForEach } from '../rule.js';
import { DAY_MS } from '@postern/core/internal/cloud';
import type { SourceDomain } from '../../source/source.js';
import type { About } from '../assessment.js';
import type { AssessView } from '../view.js';

/** The stages that a domain serves: its own, or all. */
export function stagesOf(view: Pick<AssessView, 'stages'>, domain: Pick<SourceDomain, 'stage'>): readonly string[] {
  const all = [...view.stages.keys()];
  return domain.stage === undefined ? all : all.filter((stage) => stage === domain.stage);
}

const aboutDomain = ({ name, stage }: SourceDomain, kind: 'domain' | 'certificate' = 'domain'): About => ({
  source: { kind, id: name, name },
  stage,
  apis: [],
});

const domainRule = ruleForEach((view) => view.source.group.domains);

/** The certificate of each domain, or what it means that it has none. */
const certificate = domainRule({
  id: 'domain/certificate',
  classic: 'a custom domain with a certificate of Certificate Management Service; an uploaded certificate',
  apig: 'a domain HTTPS with `certIdentifier`; an uploaded one is uploaded there first',
  codes: {
    CERTIFICATE_KEPT: exact(
      '{domain} uses the certificate {certificate} of Certificate Management Service on both sides[; it expires in {days} days].',
      { target: 'domain {domain}, HTTPS, certificate {id}' },
    ),
    CERTIFICATE_UPLOADED: changed(
      'The certificate {certificate} of {domain} was uploaded to the classic service. APIG refers to Certificate Management Service only.',
      {
        target: 'domain {domain}, HTTPS',
        who: 'platform',
        remedy: 'Upload the certificate with its key there, and name it when the plan is made.',
      },
    ),
    CERTIFICATE_ORIGIN: unknown(
      'Whether the certificate {certificate} of {domain} is in Certificate Management Service is not known.',
      {
        target: 'domain {domain}, HTTPS',
        who: 'platform',
        remedy: 'Look it up there, and name it when the plan is made.',
      },
    ),
    CERTIFICATE_EXPIRED: blocked('The certificate {certificate} of {domain} expired at {until}.', {
      affects: ['callers'],
      who: 'platform',
      remedy: 'Renew it in Certificate Management Service. A waiver leaves the domain out.',
    }),
    CERTIFICATE_MISSING: blocked('{domain} has no certificate, and stage {stages} has APIs that take HTTPS only.', {
      affects: ['callers'],
      who: 'platform',
      remedy: 'Add a certificate for the domain to Certificate Management Service. A waiver leaves the domain out.',
    }),
    HTTP_ONLY: exact('{domain} has no certificate, and serves HTTP on both sides.', {
      target: 'domain {domain}, HTTP',
    }),
  },
  find: (one, say, view) => {
    const about = aboutDomain(one, 'certificate');
    const { certificate: has, name: domain } = one;
    if (has === undefined) {
      const stages = stagesOf(view, one).filter((stage) =>
        (view.stages.get(stage) ?? []).some(
          ({ deployment }) => !deployment.protocols.includes('HTTP') && deployment.protocols.length > 0,
        ),
      );
      return stages.length === 0
        ? say.HTTP_ONLY(aboutDomain(one), { domain })
        : say.CERTIFICATE_MISSING(about, { domain, stages });
    }

    const { id, name: certificate, validUntil: until } = has;
    if (until !== undefined && Date.parse(until) <= view.now)
      return say.CERTIFICATE_EXPIRED(about, { certificate, domain, until });
    if (has.from === 'managed')
      return say.CERTIFICATE_KEPT(about, { domain, certificate, id, days: daysLeft(until, view.now) });

    return has.from === 'uploaded'
      ? say.CERTIFICATE_UPLOADED(about, { certificate, domain })
      : say.CERTIFICATE_ORIGIN(about, { certificate, domain });
  },
});

/** Full days until a certificate expires, in its last month. */
function daysLeft(until: string | undefined, now: number): number | undefined {
  if (until === undefined) return undefined;

  const days = Math.floor((Date.parse(until) - now) / DAY_MS);
  return days <= 30 ? days : undefined;
}

const mutual = domainRule({
  id: 'domain/mutual-tls',
  classic: 'mutual TLS: callers show a certificate',
  apig: '`mTLSEnabled` with the same authority',
  codes: {
    MUTUAL_TLS: exact(
      'Callers of {domain} show a certificate on both sides. The certificate of the authority is needed when the plan is made.',
      { target: 'mTLSEnabled, clientCACert' },
    ),
  },
  find: (one, say) => (one.mutualTls ? say.MUTUAL_TLS(aboutDomain(one), { domain: one.name }) : undefined),
});

const http = domainRule({
  id: 'domain/http-and-https',
  classic: 'a domain that serves HTTP and HTTPS',
  apig: 'a domain HTTPS with `forceHttps` false',
  codes: {
    PORT_80: changed(
      '{domain} serves HTTP and HTTPS. A domain of the protocol HTTPS keeps port 80 open while forceHttps is false [I].',
      {
        target: 'forceHttps: false',
        affects: ['callers'],
        who: 'platform',
        remedy: 'Call port 80 of the target before the switch.',
      },
    ),
  },
  find: (one, say, view) =>
    one.certificate !== undefined &&
    !one.redirectsHttp &&
    stagesOf(view, one).some((stage) =>
      (view.stages.get(stage) ?? []).some(({ deployment }) => deployment.protocols.includes('HTTP')),
    )
      ? say.PORT_80(aboutDomain(one), { domain: one.name })
      : undefined,
});

const bound = domainRule({
  id: 'domain/bound-stage',
  classic: 'a domain that is bound to one stage (`BindStageName`)',
  apig: 'none; one target gateway for the stage does the same',
  codes: {
    BOUND_TO_STAGE: blocked(
      '{domain} is bound to stage {stage}. Domains of APIG have no stage; the name can lead to one gateway only.',
      {
        affects: ['callers'],
        who: 'platform',
        remedy: 'Hand over stage {stage} to a gateway of its own, and waive this: the name then leads to that gateway.',
      },
    ),
  },
  find: (one, say) =>
    one.stage === undefined ? undefined : say.BOUND_TO_STAGE(aboutDomain(one), { domain: one.name, stage: one.stage }),
});

const ocsp = domainRule({
  id: 'domain/ocsp',
  classic: 'OCSP of a domain',
  apig: 'none',
  codes: {
    OCSP: blocked(
      '{domain} checks or staples OCSP. APIG does not; the provider says not to migrate such domains yet.',
      {
        affects: ['callers'],
        who: 'platform',
        remedy: 'A waiver means that revoked certificates of callers are accepted.',
      },
    ),
  },
  find: (one, say) => (one.ocsp ? say.OCSP(aboutDomain(one), { domain: one.name }) : undefined),
});

const clientName = domainRule({
  id: 'domain/client-name',
  classic: 'the name in the certificate of a caller, passed to the backend',
  apig: 'none',
  codes: {
    CLIENT_NAME: blocked('{domain} passes the name in the certificate of the caller to the backend. APIG does not.', {
      affects: ['backend'],
      who: 'backend',
      remedy:
        'Let the backend tell callers apart by the consumer (X-Mse-Consumer). A waiver means that it gets no name.',
    }),
  },
  find: (one, say) => (one.passesClientName ? say.CLIENT_NAME(aboutDomain(one), { domain: one.name }) : undefined),
});

const wildcard = domainRule({
  id: 'domain/wildcard-pattern',
  classic: 'parameters from a wildcard domain (`WildcardDomainPatterns`)',
  apig: 'none',
  codes: {
    WILDCARD_PATTERN: blocked('{domain} takes parameters from the name: {patterns}. APIG does not.', {
      affects: ['backend'],
      who: 'backend',
      remedy: 'Let the backend read the Host header. A waiver means that it gets no parameter.',
    }),
  },
  find: (one, say) =>
    one.wildcardPatterns.length > 0
      ? say.WILDCARD_PATTERN(aboutDomain(one), { domain: one.name, patterns: one.wildcardPatterns })
      : undefined,
});

const state = domainRule({
  id: 'domain/state',
  classic: 'a domain that the service reports as abnormal',
  apig: 'a domain that must be filed, and owned by the account',
  codes: {
    DOMAIN_ABNORMAL: blocked('{domain} is {problem}: the service reports that its owner has to correct it.', {
      affects: ['callers'],
      who: 'platform',
      remedy: 'Check the ICP filing and the owner of the domain. A waiver leaves the domain out.',
    }),
  },
  find: (one, say) =>
    one.problem === undefined
      ? undefined
      : say.DOMAIN_ABNORMAL(aboutDomain(one), { domain: one.name, problem: one.problem }),
});

const dns = domainRule({
  id: 'domain/dns-record',
  classic: "a name that is not a CNAME of the group's domain",
  apig: 'a CNAME of the domain of the gateway',
  codes: {
    DNS_RECORD: changed(
      "The service does not see {domain} as a CNAME of the group's domain: an A record, a proxy, or another name stands between.",
      {
        target: 'CNAME of the access domain name of the gateway',
        affects: ['callers'],
        who: 'network',
        remedy: 'Find who holds the record. With an A record no weights are possible: the switch is one step.',
      },
    ),
  },
  find: (one, say) => (one.byCname === false ? say.DNS_RECORD(aboutDomain(one), { domain: one.name }) : undefined),
});

export const domainRules: readonly HandoverRule[] = [
  certificate,
  mutual,
  http,
  bound,
  ocsp,
  clientName,
  wildcard,
  state,
  dns,
];
