import type { End } from '../end.js';
import { holds, readSpan } from '../span.js';
import { unknownStep, type Step } from '../step.js';

/** Blocks outside the cloud of which the spec says that their routers send answers back. */
export interface ReturnPaths {
  readonly blocks: readonly string[];
  /** Says that a verdict rests on the block with this number. */
  readonly assumed: (index: number) => void;
}

export const NO_RETURN_PATHS: ReturnPaths = { blocks: [], assumed: () => undefined };

/** The way back from outside the cloud, which no API tells: the spec may. */
export function remoteAnswer({ blocks, assumed }: ReturnPaths, behind: string, to: End, from: End): Step {
  const index = blocks.findIndex((text) => {
    const block = readSpan(text);
    return block !== undefined && holds(block, to.span);
  });
  if (index === -1) {
    return unknownStep(
      'path/return',
      'answer',
      { kind: 'address', id: to.text },
      {
        what: `whether the routers behind ${behind} send answers for ${from.text} back`,
        remedy: `Check it there, then write ${to.text}, or its block, under assume.returnPaths.`,
      },
    );
  }
  assumed(index);
  return {
    check: 'path/return',
    hop: 'answer',
    verdict: 'pass',
    tell: () => ({
      kind: 'assumption',
      id: `assume.returnPaths[${index}]`,
      text: `${blocks[index] ?? ''} sends answers back`,
    }),
  };
}
