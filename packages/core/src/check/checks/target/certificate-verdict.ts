import type { About } from '../../../do/findings/subject.js';
import type { Certificate } from '../../../do/model/load-balancer.js';
import type { CheckInput, Missing } from '../../../do/world/views.js';
import { resourceOf } from '../../../ground/text/resource.js';
import { DAY_MS } from '../../../ground/text/day.js';
import { certificateEvidence, covers, endOf, SOON_DAYS } from '../certificates.js';
import type { Say } from '../../../do/findings/say-text.js';
import { counted } from '../../../ground/text/counted.js';
import type { Outcome } from '../../../do/findings/check.js';

/** The issuers whose certificates a gateway accepts, the most certain first. */
const TRUST: readonly Certificate['issuer'][] = ['public', 'imported', undefined, 'private'];

/** A listener whose certificates are judged, and what calls it. */
export interface Listened {
  readonly serverName: string | undefined;
  readonly listener: string;
  /** What calls it: `HTTP APIs`. */
  readonly api: string;
  readonly takesAny: boolean;
}

/** The certificates of a listener: those that were found, and those that do not exist. */
export interface Read {
  readonly certificates: readonly Certificate[];
  readonly gone: readonly string[];
  readonly missing?: Missing | undefined;
}

/** Whether one of the certificates covers the server name, is valid, and is of an authority that its caller accepts. */
export function certificateVerdict(
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

/** What is undecided where certificates could not be read. */
export function certificatesNotRead({
  listener,
  serverName,
}: {
  readonly listener: string;
  readonly serverName?: string | undefined;
}): string {
  return `a certificate of the listener on ${listener} covers ${serverName ?? 'the requested name'}`;
}
