import { InvalidInputError, isPosternError, PosternError } from '@postern/core/internal/library';
import type { Approval } from '@postern/fleet/internal/fleet';
import { displayText } from '@postern/core/internal/report';
import { confirm, requireAnswer } from '../../apply/confirm.js';
import { authorOf, chooseRun, openFleet } from '../../fleet/open-fleet.js';
import { approvalLines } from '../../fleet/run-lines.js';
import type * as grammar from './grammar.js';
import type { CallOf } from '../../grammar/options.js';
import { printJson, printLines } from '../../output/print.js';

/** `postern fleet approve`: answers what a run waits for, or lists it. */
export async function run({ io, args, options }: CallOf<typeof grammar.approve>): Promise<number> {
  const { json, yes } = options;
  const isList = args.length === 0;
  if (!isList) requireAnswer(io, options, 'Read the question with `postern fleet approve`, then add --yes.');
  const client = await openFleet(io, options);
  const { run: id, approvals } = await chooseRun(client, options.run, 'open');
  const open = approvals.filter(({ answer }) => answer === undefined);
  if (isList) {
    if (json === true) printJson(io, { run: id, approvals: open });
    else if (open.length === 0) printLines(io, `Run ${displayText(id)} waits for no approval.`);
    else printLines(io, ...open.flatMap((one) => approvalLines(one)).map((line) => displayText(line)));
    return 0;
  }

  const asked = approvalNamed(approvals, args.join(' '));
  const verb = options.refuse === true ? 'Refuse' : 'Approve';
  if (yes !== true) {
    printLines(io, ...approvalLines(asked).map((line) => displayText(line)));
    if (!(await confirm(displayText(`${verb} ${asked.id}?`)))) return 1;
  }
  const author = authorOf(io, options);
  const answer = { ...author, approved: options.refuse !== true };
  const state = await client.approve(id, asked.id, answer).catch((error: unknown) => {
    if (!isPosternError(error, 'PERMISSION_DENIED')) throw error;

    const remedy = 'Ask a user of `approvals.by`, or name yourself with --as.';
    throw new PosternError(error.code, error.message, { cause: error, remedy });
  });
  const answered = state.approvals.find((one) => one.id === asked.id);
  if (json === true) printJson(io, { run: id, approval: answered });
  else printLines(io, displayText(`${verb}d by ${author.by}: ${asked.id}`));
  return 0;
}

/** The approval with this ID, or the only open one about this subject. */
function approvalNamed(approvals: readonly Approval[], text: string): Approval {
  const open = approvals.filter(({ answer }) => answer === undefined);
  const found = open.find(({ id }) => id === text);
  if (found !== undefined) return found;

  const [only, ...others] = open.filter(({ subject }) => subject === text);
  if (only !== undefined && others.length === 0) return only;

  const ids = (only === undefined ? open : [only, ...others]).map(({ id }) => id).join(', ');
  if (only !== undefined) {
    throw new InvalidInputError('AMBIGUOUS', `approve: several approvals are about ${displayText(text)}`, {
      remedy: `Write one of ${displayText(ids)}.`,
    });
  }

  const answer = approvals.find(({ id }) => id === text)?.answer;
  throw new PosternError(
    'NOT_FOUND',
    answer === undefined
      ? `approve: no open approval is ${displayText(text)}`
      : displayText(`approve: ${text} was ${answer.approved ? 'approved' : 'refused'} by ${answer.by} at ${answer.at}`),
    { remedy: ids === '' ? 'The run waits for no approval.' : `Write one of ${displayText(ids)}.` },
  );
}
