import { linkReasons } from './reasons/link.js';
import type { Link } from '../../do/model/link.js';
import type { Verdict } from '../../do/findings/finding.js';
import type { Caller } from './sources/caller.js';
import { unknownStep, type PathStep } from './model/step.js';

const VERDICTS: Readonly<Record<Link['state'], Verdict>> = {
  ready: 'pass',
  pending: 'unknown',
  inactive: 'fail',
  failed: 'fail',
  deleting: 'fail',
  unknown: 'unknown',
};

/** The first step of a trace: the state of the link, or that it is unknown; undefined where the link is known not to exist yet. */
export function startStep({ name, link, unseen }: Pick<Caller, 'name' | 'link' | 'unseen'>): PathStep | undefined {
  if (link !== undefined) return linkStep(link);

  return unseen && unknownStep('path/link', 'link', { kind: 'link', id: name }, unseen);
}

/**
 * Whether a link carries calls at all.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html
 */
function linkStep({ id, state, nativeState, reason }: Link): PathStep {
  const verdict = VERDICTS[state];
  return {
    check: 'path/link',
    hop: 'link',
    verdict,
    describe: () => ({
      kind: 'link',
      id,
      text: nativeState,
      ...(verdict === 'pass'
        ? {}
        : {
            ...(verdict === 'fail' ? { code: 'BAD_STATE' } : {}),
            ...linkReasons.LINK_STATE({ link: id, state, nativeState, reason }),
          }),
    }),
  };
}
