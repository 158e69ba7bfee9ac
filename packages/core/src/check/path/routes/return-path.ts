import { passStep, type End, unknownStep, type PathStep } from '../model/step.js';
import { holds, readSpan } from '../model/span.js';

/** Blocks outside the cloud whose routers return answers, as the spec assumes. */
export interface ReturnPaths {
  readonly blocks: readonly string[];
  /** Reports that a verdict depends on the block with this number. */
  readonly assumed: (index: number) => void;
}

/** The return path from outside the cloud, which no API reports: the spec may declare it. */
export function remoteAnswer({ blocks, assumed }: ReturnPaths, behind: string, to: End, from: End): PathStep {
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
        what: `the return path for ${from.text} behind ${behind}`,
        remedy: `Check the routers behind ${behind}, then write ${to.text}, or its block, under assume.returnPaths.`,
      },
    );
  }

  assumed(index);
  return passStep('path/return', 'answer', () => ({
    kind: 'assumption',
    id: `assume.returnPaths[${index}]`,
    text: `${blocks[index] ?? ''} returns answers`,
  }));
}
