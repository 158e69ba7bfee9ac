import type { MoveEvent, MoveResult } from '@postern/core/internal/moves';
import { counted, displayText } from '@postern/core/internal/report';
import { showSteps } from '../apply/show-steps.js';
import { note, printLines } from '../output/print.js';
import type { Io } from '../process/io.js';

/**
 * Shows a move while it happens, and says at its end where it stands. Returns the exit status: 1 where a step failed or
 * what was switched returned. `textOf` says where it stands.
 */
export async function showMove(
  io: Io,
  events: AsyncGenerator<MoveEvent, MoveResult, undefined>,
  json: boolean,
  textOf: (result: MoveResult) => string = standing,
  noun = 'Move',
): Promise<{ readonly status: number; readonly result: MoveResult | undefined }> {
  let result: MoveResult | undefined;
  try {
    await showSteps<MoveEvent, MoveResult>(io, events, {
      as: json ? 'json' : 'text',
      textsOf: (event) => {
        const isContinued = event.type === 'move.started' && event.continued === true;
        return isContinued ? [`${noun} ${event.move} is continued.`] : phaseText(event);
      },
      onResult: (ended) => (result = ended),
    });
  } finally {
    // Also after an interruption: the reader must know where the move stands.
    for (const text of result?.notes ?? []) note(io, text);
    if (result !== undefined && !json) {
      const { edits = [] } = result;
      if (edits.length > 0) printLines(io, noun === 'Shift' ? EDIT_TARGET : EDIT_LINK);
      printLines(io, ...edits.map((text) => `  ${displayText(text)}`), displayText(textOf(result)));
    }
  }
  const isDone = result !== undefined && result.state !== 'failed' && result.failures.length === 0;
  return { status: isDone ? 0 : 1, result };
}

/** `switch: 2 units from vlink1 to vlink2`: that a phase begins. */
export function phaseText(event: MoveEvent): readonly string[] {
  return event.type === 'move.phase' ? [`${event.phase}: ${event.message}`] : [];
}

const EDIT_LINK = 'Edit what declares the link, or the next run of that tool undoes the move:';
const EDIT_TARGET = 'Edit what declares the target, or the next run of that tool undoes the shift:';

/** `3 units are on apigateway-hz-2 …`: where the move stands, and what to do. */
function standing({ move, state, onNew, onOld, elsewhere, drainedAt, removed, usersOfOld }: MoveResult): string {
  const left = elsewhere.length === 0 ? '' : `, ${elsewhere.length} on neither`;
  const where = `${counted(onNew.length, 'unit')} on the new link, ${onOld.length} on the old one${left}`;
  const gone = removed.length === 0 ? '' : ` ${counted(removed.length, 'entry', 'entries')} removed.`;
  switch (state) {
    case 'draining':
      return `Moved: ${where}. Finish after ${drainedAt ?? 'the drain'}: postern migrate finish ${move}`;
    case 'finished': {
      const users = usersOfOld ?? [];
      const used =
        users.length === 0
          ? 'Nothing uses the old link any more.'
          : `The old link is still used by ${users.join(', ')}.`;
      return `Finished: ${where}.${gone} ${used}`;
    }
    case 'rolled-back':
      return `Rolled back: ${where}.${gone}`;
    case 'aborted':
      return `Aborted: ${where}. Keep it with postern migrate finish ${move}, or return with postern migrate rollback ${move}`;
    case 'left':
      return `Left as it is: ${where}. Nothing was changed, and nothing continues or returns it.`;
    case 'failed':
      return `Not done: ${where}. Continue with the same command, or return with postern migrate rollback ${move}`;
  }
}
