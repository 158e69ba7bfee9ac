import type { Check, Outcome } from '../../../do/findings/check.js';
import type { Evidence, Mending } from '../../../do/findings/finding.js';
import { hopMessage } from '../../../do/findings/hop-message.js';
import { PATH_CODES } from '../../path/model/path-codes.js';
import { COUNTED, type PathStatement, type Stop } from '../../path/results/outcomes.js';
import type { CheckInput } from '../../../do/world/views.js';
import { linkMending } from '../link-mending.js';
import type { PathJudgement } from './index.js';
import { pathRules } from './words/index.js';
import { saidOf } from './words/said.js';

/** A check of the family `path/*`: its judgement and its texts. */
export function wordedPath({ id, severity, run }: PathJudgement): Check {
  const rule = pathRules[id];
  const outcomesOf: Check['run'] = (input) => run(input).map((statement) => pathOutcome(statement, input));
  return { id, severity, ...rule, codes: PATH_CODES, run: outcomesOf };
}

/** A pass that is counted only has no sentence. */
const PASS: Outcome = { verdict: 'pass', subject: '', message: '', evidence: [] };

/** A statement with its sentences. */
export function pathOutcome(statement: PathStatement, input: CheckInput): Outcome {
  if (statement === COUNTED) return PASS;
  const { verdict, severity, about, subject, integration, stop, from, to } = statement;
  const evidence = evidenceOf(statement);
  const rest = { verdict, severity, about, subject, integration, evidence };
  if (stop !== undefined) {
    const said = stopSaid(stop);
    return { ...rest, ...said, mendedBy: said.mendedBy ?? linkMendingOf(statement, input) };
  }
  return { ...rest, message: `from ${from} to ${to}: ${evidence.map(({ hop, id }) => `${hop} (${id})`).join(', ')}` };
}

/** The same fact is a failure of `link/state` or `link/inactive`. */
function linkMendingOf({ stop, about }: PathStatement, { links, now }: CheckInput): Mending | undefined {
  if (stop?.at.every(({ why }) => why?.code === 'LINK_STATE') !== true) return undefined;
  const view = links.find(({ name }) => about.some(({ kind, id }) => kind === 'link' && id === name));
  return view && linkMending(view, now);
}

/** The hops, of which one may name the reason of another one. */
function evidenceOf({ evidence, asides }: PathStatement): readonly Evidence[] {
  if (asides === undefined) return evidence;
  return evidence.map((one, at) => {
    const described = asides.get(at);
    return { ...one, text: (described && saidOf(described)?.text) ?? one.text };
  });
}

function stopSaid({ at, others, ofLink }: Stop): Pick<Outcome, 'code' | 'params' | 'message' | 'remedy' | 'mendedBy'> {
  const [hop] = at;
  const said = saidOf(hop);
  const all = at.map((one) => (one === hop ? said : saidOf(one)));
  const remedies = [...new Set(all.flatMap((one) => one?.remedy ?? []))];
  const more = others === 0 ? '' : `; the same on ${others} other ${others === 1 ? 'path' : 'paths'} of this link`;
  return {
    code: hop.why?.code ?? 'STOPPED',
    params: { hop: hop.hop, ...said?.params, others },
    message: hopMessage(hop.hop, `${said?.because ?? hop.text}${ofLink ? '' : more}`),
    ...(remedies.length === 0 ? {} : { remedy: remedyText(remedies) }),
    // The calls pass only when every cause has ended.
    ...(all.every((one) => one?.mendedBy === 'apply') ? { mendedBy: 'apply' } : {}),
  };
}

/**
 * A link has at most ten subnets. The limit is above that, because a cause left out of the remedy would still
 * stop the calls.
 */
const REMEDIES = 12;

function remedyText(remedies: readonly string[]): string {
  const more = remedies.length - REMEDIES;
  return [...remedies.slice(0, REMEDIES), ...(more > 0 ? [`Do the same for ${more} more.`] : [])].join(' ');
}
