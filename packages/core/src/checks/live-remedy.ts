import type { Finding } from './finding.js';

/** `Take the snapshot again with \`postern snapshot\` or \`postern check\`, which read …`; what it is read with may follow. */
const TAKE_AGAIN = /\b([Tt])ake the snapshot again(?: with `postern [^.;]*)?/g;
const NEW_SNAPSHOT = ', with a new snapshot where it reads one';

/**
 * A finding about a snapshot that was taken for the check alone: there is no file to take again, so its remedy says to run the check
 * again.
 */
export function withLiveRemedy(finding: Finding): Finding {
  const { remedy } = finding;
  if (remedy === undefined) return finding;
  const text = remedy
    .replace(NEW_SNAPSHOT, '')
    .replace(TAKE_AGAIN, (_, first: string) => (first === 'T' ? 'Run the check again' : 'run the check again'));
  return text === remedy ? finding : { ...finding, remedy: text };
}
