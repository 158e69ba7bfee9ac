import type { Evidence } from '../../do/findings/finding.js';
import type { Certificate } from '../../do/model/load-balancer.js';

/** ACM renews managed certificates sixty days before they expire: one with less than thirty was not renewed. */
export const SOON_DAYS = 30;

/** The expiry in milliseconds since 1970; infinity if there is none. */
export function endOf({ notAfter }: Pick<Certificate, 'notAfter'>): number {
  const end = notAfter === undefined ? Number.NaN : Date.parse(notAfter);
  return Number.isNaN(end) ? Number.POSITIVE_INFINITY : end;
}

/** A certificate as evidence: its names, its state and its end. */
export function certificateEvidence({ id, names, notAfter, nativeState }: Certificate): Evidence {
  const words = [names.join(', '), nativeState, notAfter === undefined ? undefined : `until ${notAfter.slice(0, 10)}`];
  return { kind: 'certificate', id, text: words.filter((word) => word !== undefined && word !== '').join(', ') };
}

/** Whether a name of a certificate covers a host: a wildcard matches exactly the first label. */
export function covers(name: string, host: string): boolean {
  const [pattern, wanted] = [name.toLowerCase(), host.toLowerCase().replace(/\.$/, '')];
  if (!pattern.startsWith('*.')) return pattern === wanted;

  const dot = wanted.indexOf('.');
  return dot > 0 && wanted.slice(dot) === pattern.slice(1);
}
