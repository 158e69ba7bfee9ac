import type { SourceDomain } from '../../source/source.js';
import { DAY_MS } from '@postern/core/cloud';
import type { About } from '../assessment.js';
import { say, type Found, type HandoverRule } from '../rule.js';
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

/** A rule for each domain. */
const each = (
  row: Pick<HandoverRule, 'id' | 'classic' | 'apig' | 'codes'>,
  find: (domain: SourceDomain, view: AssessView) => Found | undefined,
): HandoverRule => ({
  ...row,
  *find(view) {
    for (const domain of view.source.group.domains) {
      const found = find(domain, view);
      if (found !== undefined) yield found;
    }
  },
});

const certificate = each(
  {
    id: 'domain/certificate',
    classic: 'a custom domain with a certificate of Certificate Management Service; an uploaded certificate',
    apig: 'a domain HTTPS with `certIdentifier`; an uploaded one is uploaded there first',
    codes: {
      CERTIFICATE_KEPT: 'exact',
      CERTIFICATE_UPLOADED: 'changed',
      CERTIFICATE_ORIGIN: 'unknown',
      CERTIFICATE_EXPIRED: 'blocked',
      CERTIFICATE_MISSING: 'blocked',
      HTTP_ONLY: 'exact',
    },
  },
  (domain, view) => {
    const about = aboutDomain(domain, 'certificate');
    const { certificate: one, name } = domain;
    const target = `domain ${name}, HTTPS`;
    if (one === undefined) {
      const needs = stagesOf(view, domain).filter((stage) =>
        (view.stages.get(stage) ?? []).some(
          ({ deployment }) => !deployment.protocols.includes('HTTP') && deployment.protocols.length > 0,
        ),
      );
      return needs.length === 0
        ? say.exact('HTTP_ONLY', aboutDomain(domain), {
            target: `domain ${name}, HTTP`,
            message: `${name} has no certificate, and serves HTTP on both sides.`,
          })
        : say.blocked('CERTIFICATE_MISSING', about, {
            affects: ['callers'],
            who: 'platform',
            message: `${name} has no certificate, and stage ${needs.join(', ')} has APIs that take HTTPS only.`,
            remedy:
              'Add a certificate for the domain to Certificate Management Service. A waiver leaves the domain out.',
          });
    }
    if (one.validUntil !== undefined && Date.parse(one.validUntil) <= view.now) {
      return say.blocked('CERTIFICATE_EXPIRED', about, {
        affects: ['callers'],
        who: 'platform',
        message: `The certificate ${one.name} of ${name} expired at ${one.validUntil}.`,
        remedy: 'Renew it in Certificate Management Service. A waiver leaves the domain out.',
      });
    }
    if (one.from === 'managed') {
      return say.exact('CERTIFICATE_KEPT', about, {
        target: `${target}, certificate ${one.id}`,
        message: `${name} uses the certificate ${one.name} of Certificate Management Service on both sides${soon(one.validUntil, view.now)}.`,
      });
    }
    return one.from === 'uploaded'
      ? say.changed('CERTIFICATE_UPLOADED', about, {
          target,
          who: 'platform',
          message: `The certificate ${one.name} of ${name} was uploaded to the classic service. APIG refers to Certificate Management Service only.`,
          remedy: 'Upload the certificate with its key there, and name it when the plan is made.',
        })
      : say.unknown('CERTIFICATE_ORIGIN', about, {
          target,
          who: 'platform',
          message: `Whether the certificate ${one.name} of ${name} is in Certificate Management Service is not known.`,
          remedy: 'Look it up there, and name it when the plan is made.',
        });
  },
);

function soon(until: string | undefined, now: number): string {
  if (until === undefined) return '';
  const days = Math.floor((Date.parse(until) - now) / DAY_MS);
  return days <= 30 ? `; it expires in ${days} days` : '';
}

const mutual = each(
  {
    id: 'domain/mutual-tls',
    classic: 'mutual TLS: callers show a certificate',
    apig: '`mTLSEnabled` with the same authority',
    codes: { MUTUAL_TLS: 'exact' },
  },
  (domain) =>
    domain.mutualTls
      ? say.exact('MUTUAL_TLS', aboutDomain(domain), {
          target: 'mTLSEnabled, clientCACert',
          message: `Callers of ${domain.name} show a certificate on both sides. The certificate of the authority is needed when the plan is made.`,
        })
      : undefined,
);

const http = each(
  {
    id: 'domain/http-and-https',
    classic: 'a domain that serves HTTP and HTTPS',
    apig: 'a domain HTTPS with `forceHttps` false',
    codes: { PORT_80: 'changed' },
  },
  (domain, view) =>
    domain.certificate !== undefined &&
    !domain.redirectsHttp &&
    stagesOf(view, domain).some((stage) =>
      (view.stages.get(stage) ?? []).some(({ deployment }) => deployment.protocols.includes('HTTP')),
    )
      ? say.changed('PORT_80', aboutDomain(domain), {
          target: 'forceHttps: false',
          affects: ['callers'],
          who: 'platform',
          message: `${domain.name} serves HTTP and HTTPS. A domain of the protocol HTTPS keeps port 80 open while forceHttps is false [I].`,
          remedy: 'Call port 80 of the target before the switch.',
        })
      : undefined,
);

const bound = each(
  {
    id: 'domain/bound-stage',
    classic: 'a domain that is bound to one stage (`BindStageName`)',
    apig: 'none; one target gateway for the stage does the same',
    codes: { BOUND_TO_STAGE: 'blocked' },
  },
  (domain) =>
    domain.stage === undefined
      ? undefined
      : say.blocked('BOUND_TO_STAGE', aboutDomain(domain), {
          affects: ['callers'],
          who: 'platform',
          message: `${domain.name} is bound to stage ${domain.stage}. Domains of APIG have no stage; the name can lead to one gateway only.`,
          remedy: `Hand over stage ${domain.stage} to a gateway of its own, and waive this: the name then leads to that gateway.`,
        }),
);

const ocsp = each(
  { id: 'domain/ocsp', classic: 'OCSP of a domain', apig: 'none', codes: { OCSP: 'blocked' } },
  (domain) =>
    domain.ocsp
      ? say.blocked('OCSP', aboutDomain(domain), {
          affects: ['callers'],
          who: 'platform',
          message: `${domain.name} checks or staples OCSP. APIG does not; the provider says not to migrate such domains yet.`,
          remedy: 'A waiver means that revoked certificates of callers are accepted.',
        })
      : undefined,
);

const clientName = each(
  {
    id: 'domain/client-name',
    classic: 'the name in the certificate of a caller, passed to the backend',
    apig: 'none',
    codes: { CLIENT_NAME: 'blocked' },
  },
  (domain) =>
    domain.passesClientName
      ? say.blocked('CLIENT_NAME', aboutDomain(domain), {
          affects: ['backend'],
          who: 'backend',
          message: `${domain.name} passes the name in the certificate of the caller to the backend. APIG does not.`,
          remedy:
            'Let the backend tell callers apart by the consumer (X-Mse-Consumer). A waiver means that it gets no name.',
        })
      : undefined,
);

const wildcard = each(
  {
    id: 'domain/wildcard-pattern',
    classic: 'parameters from a wildcard domain (`WildcardDomainPatterns`)',
    apig: 'none',
    codes: { WILDCARD_PATTERN: 'blocked' },
  },
  (domain) =>
    domain.wildcardPatterns.length > 0
      ? say.blocked('WILDCARD_PATTERN', aboutDomain(domain), {
          affects: ['backend'],
          who: 'backend',
          message: `${domain.name} takes parameters from the name: ${domain.wildcardPatterns.join(', ')}. APIG does not.`,
          remedy: 'Let the backend read the Host header. A waiver means that it gets no parameter.',
        })
      : undefined,
);

const state = each(
  {
    id: 'domain/state',
    classic: 'a domain that the service reports as abnormal',
    apig: 'a domain that must be filed, and owned by the account',
    codes: { DOMAIN_ABNORMAL: 'blocked' },
  },
  (domain) =>
    domain.problem === undefined
      ? undefined
      : say.blocked('DOMAIN_ABNORMAL', aboutDomain(domain), {
          affects: ['callers'],
          who: 'platform',
          message: `${domain.name} is ${domain.problem}: the service reports that its owner has to correct it.`,
          remedy: 'Check the ICP filing and the owner of the domain. A waiver leaves the domain out.',
        }),
);

const dns = each(
  {
    id: 'domain/dns-record',
    classic: "a name that is not a CNAME of the group's domain",
    apig: 'a CNAME of the domain of the gateway',
    codes: { DNS_RECORD: 'changed' },
  },
  (domain) =>
    domain.byCname === false
      ? say.changed('DNS_RECORD', aboutDomain(domain), {
          target: 'CNAME of the access domain name of the gateway',
          affects: ['callers'],
          who: 'network',
          message: `The service does not see ${domain.name} as a CNAME of the group's domain: an A record, a proxy, or another name stands between.`,
          remedy: 'Find who holds the record. With an A record no weights are possible: the switch is one step.',
        })
      : undefined,
);

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
