import type { Finding } from '../../do/findings/finding.js';
import type { Explanation } from '../../do/findings/explanation.js';

/** `Take the snapshot again with \`postern snapshot\` or \`postern check\`, which read …`; the command may follow. */
const TAKE_AGAIN = /\b([Tt])ake the snapshot again(?: with `postern [^.;]*)?/g;
const NEW_SNAPSHOT = ', with a new snapshot where it reads one';

/**
 * A finding about a snapshot that was taken for the check alone. No snapshot file can be replaced, so the
 * remedy says to run the check again.
 */
export function withLiveRemedy(finding: Finding): Finding {
  return changed(finding, 'un the check again');
}

/** The same for the hops of an explanation: the command is run again. */
export function withLiveHops(explanation: Explanation): Explanation {
  const paths = explanation.paths.map((path) => ({
    ...path,
    hops: path.hops.map((hop) => changed(hop, 'un this again')),
  }));
  return { ...explanation, paths };
}

function changed<T extends { readonly remedy?: string | undefined }>(one: T, again: string): T {
  const { remedy } = one;
  if (remedy === undefined) return one;

  const plain = remedy.replace(NEW_SNAPSHOT, '');
  const text = plain.replace(TAKE_AGAIN, (_, first: string) => `${first === 'T' ? 'R' : 'r'}${again}`);
  return text === remedy ? one : { ...one, remedy: text };
}
